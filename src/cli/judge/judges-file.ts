import { readFile } from "node:fs/promises";
import { z } from "zod";
import { flag, number, text, whole } from "../../load/fields.js";
import { show } from "../../types/index.js";
import { wrongUsage } from "../usage-error.js";

const amount = number("a number of at least 0", (value) => value >= 0);

const JUDGE = z.strictObject({
  model: text("the name of a model as the server calls it"),
  id: text("a name for the judge, or leave it out").optional(),
  baseUrl: text("an address such as http://localhost:8000/v1, or leave it out").optional(),
  apiKeyEnv: z
    .string({ error: "must be the name of an environment variable" })
    .regex(/^[A-Za-z_]\w*$/, "must be the name of an environment variable, not a key")
    .optional(),
  prompt: text("the name of a prompt, or a file, or leave it out").optional(),
  crossPrompt: text("the name of a prompt, or a file, or leave it out").optional(),
  price: z
    .strictObject({
      input: amount,
      output: amount,
      cachedInput: amount,
      call: amount,
    })
    .optional(),
  logprobs: flag(),
  temperature: number("a number from 0 to 2", (value) => value >= 0 && value <= 2),
  seed: whole(0),
  instruction: z.string().optional(),
  documentWords: whole(8),
  answerTokens: whole(1),
  contextTokens: whole(1),
  concurrency: whole(1),
  requestsPerMinute: whole(1),
  tokensPerMinute: whole(1),
  timeoutMs: whole(1),
  retries: whole(0),
  headers: z.record(z.string(), z.string()).optional(),
  extraBody: z.record(z.string(), z.unknown()).optional(),
});

const NO_LIST = 'give a list of at least one judge, such as [{"model": "gpt-4o-mini"}]';
const LIST = z.array(JUDGE, { error: NO_LIST }).min(1, { error: NO_LIST });
const FILE = z.union([
  LIST,
  z.strictObject(
    { currency: text("a currency, or leave it out").optional(), judges: LIST },
    { error: fileError },
  ),
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

/** Unknown keys are told by their names. */
function fileError({ code }: z.core.$ZodRawIssue): string | undefined {
  return code === "unrecognized_keys" ? undefined : NO_LIST;
}

function problemOf({ path, code, message, ...others }: z.core.$ZodIssue): string {
  const place = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  const keys = code === "unrecognized_keys" ? (others as { keys: readonly string[] }).keys : [];
  const mend = keys.some((key) => /^api_?key$/i.test(key))
    ? "; a key belongs into the environment: name its variable as apiKeyEnv"
    : "";
  return `${place.replace(/^\./, "") || "the file"}: ${message}${mend}`;
}
