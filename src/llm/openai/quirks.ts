import type { RemoteFailure } from "../http/remote-failure.js";

/** What a server or model takes of OpenAI's interface. */
export interface Quirks {
  /** The name of the field that limits the answer; reasoning models know only the newer one. */
  readonly answerLimit: "max_tokens" | "max_completion_tokens";
  readonly systemRole: boolean;
  readonly temperature: boolean;
  readonly seed: boolean;
  readonly stop: boolean;
  /** Alternatives per token at most; -1 where log probabilities cannot be had at all. */
  readonly topLogprobs: number;
  readonly format: "json_schema" | "json_object" | "text";
}

/** Until a server says otherwise. */
export const STANDARD: Quirks = {
  answerLimit: "max_tokens",
  systemRole: true,
  temperature: true,
  seed: true,
  stop: true,
  topLogprobs: 20,
  format: "json_schema",
};

/** The server does not know the field, or not this use of it; a value out of range is another matter. */
const UNSUPPORTED =
  /unsupported|not? support|unrecogni[sz]ed|unknown|not (allowed|permitted|available)|unavailable|extra (inputs|fields)|only the default/i;

type Body = Readonly<Record<string, unknown>>;

interface Rule {
  readonly names: RegExp;
  /** Whatever else the complaint says of it. */
  readonly whatever?: boolean;
  /** The next thing to try; undefined where the request has nothing to do with it, or nothing is left to try. */
  give(quirks: Quirks, body: Body): Partial<Quirks> | undefined;
}

/** What to give up when a server's complaint names it, one thing at a time. */
const RULES: readonly Rule[] = [
  {
    names: /max_tokens/,
    give: (_, body) => ("max_tokens" in body ? { answerLimit: "max_completion_tokens" } : undefined),
  },
  {
    names: /logprobs/i,
    whatever: true,
    give: ({ topLogprobs }, body) => {
      if (!("logprobs" in body)) return undefined;
      return { topLogprobs: topLogprobs > 5 && Number(body.top_logprobs) > 5 ? 5 : -1 };
    },
  },
  {
    names: /response_format|json_schema|json_object|structured|guided|grammar|schema/i,
    whatever: true,
    give: ({ format }, body) => {
      if (!("response_format" in body)) return undefined;
      return { format: format === "json_schema" ? "json_object" : "text" };
    },
  },
  {
    names: /system (role|message|prompt)|\brole\b.{0,20}\bsystem|developer instruction|roles must alternate/i,
    whatever: true,
    give: ({ systemRole }) => (systemRole ? { systemRole: false } : undefined),
  },
  { names: /temperature/i, give: (_, body) => ("temperature" in body ? { temperature: false } : undefined) },
  { names: /\bseed\b/i, give: (_, body) => ("seed" in body ? { seed: false } : undefined) },
  { names: /\bstop\b/i, give: (_, body) => ("stop" in body ? { stop: false } : undefined) },
];

/**
 * What to change so that the request does without what the server refuses. Undefined where the refusal stands.
 * Each change gives something up for good, so that adapting ends.
 */
export function adapt(quirks: Quirks, body: Body, failure: RemoteFailure): Partial<Quirks> | undefined {
  const { status, said } = failure;
  if (status !== 400 && status !== 403 && status !== 422) return undefined;
  if (failure.code === "CONTEXT_EXCEEDED" || failure.code === "CONTENT_REFUSED") return undefined;
  const unsupported = UNSUPPORTED.test(said);
  for (const { names, whatever, give } of RULES) {
    const given = names.test(said) && (whatever || unsupported) ? give(quirks, body) : undefined;
    if (given !== undefined) return given;
  }
  return undefined;
}
