import { z } from "zod";
import type { RankwrightError } from "../../types/index.js";
import type { Refusal, ServeAnswer } from "./dialect.js";
import { messageOf } from "./errors.js";
import { hundreds } from "./ranking.js";

// What versions 1 and 2 of Cohere's interface share.

export const cohereMeta = z.object({
  api_version: z.object({ version: z.string(), is_deprecated: z.boolean(), is_experimental: z.boolean() }),
  billed_units: z.object({ search_units: z.int() }),
  tokens: z.object({ input_tokens: z.int(), output_tokens: z.int() }),
  warnings: z.array(z.string()).optional(),
});

/** @param documents how many were ranked: a search unit is a query with up to 100 of them */
export function metaOf(
  version: "1" | "2",
  answer: ServeAnswer,
  documents: number,
): z.infer<typeof cohereMeta> {
  const { warnings } = answer;
  return {
    api_version: { version, is_deprecated: false, is_experimental: false },
    billed_units: { search_units: hundreds(documents) },
    tokens: { input_tokens: answer.usage.tokens, output_tokens: 0 },
    ...(warnings.length > 0 ? { warnings: warnings.map((warning) => warning.message) } : {}),
  };
}

export const cohereError = z.object({ message: z.string() });

/** Cohere's own sentences where they are known. */
export function refuseLikeCohere(error: RankwrightError, status: number): Refusal {
  return { status, body: { message: sentence(error, status) } satisfies z.infer<typeof cohereError> };
}

function sentence(error: RankwrightError, status: number): string {
  if (error.code === "NO_DOCUMENTS") return "invalid request: list of documents must not be empty";
  if (error.code === "EMPTY_QUERY") return "invalid request: query must not be empty or be only whitespace";
  return status === 400 ? `invalid request: ${messageOf(error)}` : messageOf(error);
}
