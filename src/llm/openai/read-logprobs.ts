import { z } from "zod";
import type { TokenLogprob } from "../chat-model.js";

/** Where a server writes null, or nothing at all, for a probability of 0. */
const IMPOSSIBLE = -9999;

const logprob = z
  .number()
  .nullable()
  .transform((value) => Math.min(0, value ?? IMPOSSIBLE));

const alternative = z.object({ token: z.string(), logprob });

const chat = z.object({
  content: z.array(alternative.extend({ top_logprobs: z.array(alternative).nullish().catch(undefined) })),
});

/** As in the older completions, which some servers give for chats too. */
const legacy = z.object({
  tokens: z.array(z.string()),
  token_logprobs: z.array(logprob),
  top_logprobs: z.array(z.record(z.string(), logprob).nullable()).nullish().catch(undefined),
});

/** Undefined where the server gives none, or none that can be read. */
export function readLogprobs(told: unknown): TokenLogprob[] | undefined {
  const { data: list } = chat.safeParse(told);
  if (list !== undefined) {
    return list.content.map(({ token, logprob, top_logprobs }) => ({
      token,
      logprob,
      top: byProbability(top_logprobs ?? []),
    }));
  }
  const { data: columns } = legacy.safeParse(told);
  if (columns === undefined || columns.tokens.length !== columns.token_logprobs.length) return undefined;
  return columns.tokens.map((token, index) => ({
    token,
    logprob: columns.token_logprobs[index]!,
    top: byProbability(
      Object.entries(columns.top_logprobs?.[index] ?? {}).map(([token, logprob]) => ({ token, logprob })),
    ),
  }));
}

function byProbability(alternatives: z.infer<typeof alternative>[]): z.infer<typeof alternative>[] {
  return alternatives.toSorted((a, b) => b.logprob - a.logprob);
}
