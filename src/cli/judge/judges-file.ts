import { readFile } from "node:fs/promises";
import { z } from "zod";
import { show } from "../../types/index.js";
import { wrongUsage } from "../usage-error.js";

const whole = (least: number) => z.int().min(least);
const amount = z.number().min(0);

const JUDGE = z.strictObject({
  model: z.string().min(1),
  id: z.string().min(1).optional(),
  baseUrl: z.string().min(1).optional(),
  apiKeyEnv: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, "must be the name of an environment variable, not a key")
    .optional(),
  prompt: z.string().min(1).optional(),
  crossPrompt: z.string().min(1).optional(),
  price: z
    .strictObject({
      input: amount.optional(),
      output: amount.optional(),
      cachedInput: amount.optional(),
      call: amount.optional(),
    })
    .optional(),
  logprobs: z.boolean().optional(),
  temperature: z.number().min(0).max(2).optional(),
  seed: whole(0).optional(),
  instruction: z.string().optional(),
  documentWords: whole(8).optional(),
  answerTokens: whole(1).optional(),
  contextTokens: whole(1).optional(),
  concurrency: whole(1).optional(),
  requestsPerMinute: whole(1).optional(),
  tokensPerMinute: whole(1).optional(),
  timeoutMs: whole(1).optional(),
  retries: whole(0).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  extraBody: z.record(z.string(), z.unknown()).optional(),
});

const FILE = z.union([
  z.array(JUDGE).min(1),
  z.strictObject({ currency: z.string().optional(), judges: z.array(JUDGE).min(1) }),
]);

/** A judge as its file describes it. */
export type JudgeSpec = z.infer<typeof JUDGE>;

export interface JudgesFile {
  readonly judges: readonly JudgeSpec[];
  /** Of the prices. */
  readonly currency: string | undefined;
}

/** Reads a list of judges. Values never stand in messages: they may be secrets. @throws RankwrightError WRONG_USAGE */
export async function readJudgesFile(path: string, name: string): Promise<JudgesFile> {
  const refuse = (problem: string) => wrongUsage(`${name}: ${problem}`, { field: "judges" });
  let value: unknown;
  try {
    value = JSON.parse((await readFile(path, "utf8")).replace(/^\uFEFF/, ""));
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse("this is not JSON; write a list of judges");
    throw refuse(`it cannot be read (${(error as NodeJS.ErrnoException).code}); check the path`);
  }
  // A union would only say that neither of its forms fits.
  const form = Array.isArray(value) ? FILE.options[0] : FILE.options[1];
  const { data, error } = form.safeParse(value);
  const issue = error?.issues[0];
  if (issue) throw refuse(problemOf(issue));
  const file = data as z.infer<typeof FILE>;
  const { judges, currency } = Array.isArray(file) ? { judges: file, currency: undefined } : file;
  const ids = judges.map(idOf);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw refuse(`two judges are called ${show(twice)}; give each an id of its own`);
  return { judges, currency };
}

export function idOf({ id, model }: JudgeSpec): string {
  return id ?? model;
}

function problemOf({ path, code, message, ...others }: z.core.$ZodIssue): string {
  const place = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  const keys = code === "unrecognized_keys" ? (others as { keys: readonly string[] }).keys : [];
  const mend = keys.some((key) => /^api_?key$/i.test(key))
    ? "; a key belongs into the environment: name its variable as apiKeyEnv"
    : "";
  return `${place.replace(/^\./, "") || "the file"}: ${message}${mend}`;
}
