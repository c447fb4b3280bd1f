import { z } from "zod";
import type { Body, ServeRequest } from "./dialect.js";
import { atLeast, flag, oneOf, priority, text, tokensOrZero } from "./fields.js";
import { notLeft } from "./not-left.js";
import { refuse } from "./refuse.js";

/** What vLLM takes beside query and documents. */
export const vllmExtras = {
  max_tokens_per_query: tokensOrZero,
  max_tokens_per_doc: tokensOrZero,
  truncate_prompt_tokens: atLeast(-1, "pass a whole number from 1, or -1 for the model's own limit"),
  truncation_side: oneOf("right", "left"),
  use_activation: flag,
  priority,
  instruction: text,
  request_id: text,
  user: text,
  // For images and caches that are not here; accepted because clients of vLLM may send them.
  mm_processor_kwargs: z.unknown().optional(),
  cache_salt: z.unknown().optional(),
  padding: z.unknown().optional(),
};

type Extras = z.infer<z.ZodObject<typeof vllmExtras>>;

/**
 * The extras in this server's words. `truncate_prompt_tokens` is a limit on query and document together; it is
 * observed by cutting the document alone to it.
 *
 * @throws RankwrightError INVALID_REQUEST for `truncation_side` left, and for `normalize`, which vLLM has removed
 */
export function readVllmExtras(
  read: Extras,
  body: Body,
): Pick<ServeRequest, "scores" | "maxTokensPerDocument" | "maxTokensPerQuery" | "priority" | "instruction"> {
  notLeft("truncation_side", read.truncation_side);
  if (Object.hasOwn(body, "normalize")) {
    refuse("INVALID_REQUEST", "normalize", body.normalize, "this field is gone; use use_activation");
  }
  const limits = [read.max_tokens_per_doc, read.truncate_prompt_tokens].filter((limit) => limit && limit > 0);
  return {
    scores: read.use_activation === false ? "logit" : "probability",
    maxTokensPerDocument: limits.length > 0 ? Math.min(...(limits as number[])) : undefined,
    maxTokensPerQuery: read.max_tokens_per_query || undefined,
    priority: read.priority ?? undefined,
    instruction: read.instruction ?? undefined,
  };
}
