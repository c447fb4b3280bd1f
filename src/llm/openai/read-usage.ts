import { z } from "zod";
import type { ChatUsage } from "../chat-model.js";

const count = z.int().nonnegative();

const usage = z.object({
  prompt_tokens: count,
  completion_tokens: count.nullish(),
  total_tokens: count.nullish().catch(undefined),
  prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish().catch(undefined),
  /** DeepSeek's name for the same. */
  prompt_cache_hit_tokens: count.nullish().catch(undefined),
});

/** Tokens as billed; undefined where the server does not tell, or tells what cannot be. */
export function readUsage(told: unknown): ChatUsage | undefined {
  const { success, data } = usage.safeParse(told);
  if (!success) return undefined;
  const { prompt_tokens: promptTokens, completion_tokens: completion, total_tokens: total } = data;
  // Some leave the tokens of a model's reasoning, which they bill, out of all but the total.
  const rest = total == null ? undefined : total - promptTokens;
  const completionTokens = completion == null ? rest : Math.max(completion, rest ?? 0);
  if (completionTokens === undefined || completionTokens < 0) return undefined;
  const cached = data.prompt_tokens_details?.cached_tokens ?? data.prompt_cache_hit_tokens;
  return {
    promptTokens,
    completionTokens,
    ...(cached != null && { cachedTokens: Math.min(cached, promptTokens) }),
  };
}
