import { z } from "zod";
import type { RankwrightError } from "../../types/index.js";
import type { Refusal } from "./dialect.js";
import { messageOf } from "./errors.js";

export const teiError = z.object({
  error: z.string(),
  error_type: z.enum([
    "Empty",
    "Validation",
    "Overloaded",
    "Backend",
    "Unhealthy",
    "Unauthorized",
    "NotFound",
  ]),
});

/**
 * Text Embeddings Inference sorts its errors into kinds, each with a status. The last two kinds are ours: it answers
 * a wrong key and a wrong path without a body.
 */
export function refuseLikeTei(error: RankwrightError, status: number): Refusal {
  const [error_type, told] = kindOf(error, status);
  return { status: told, body: { error: messageOf(error), error_type } satisfies z.infer<typeof teiError> };
}

function kindOf({ code }: RankwrightError, status: number): [z.infer<typeof teiError>["error_type"], number] {
  if (code === "EMPTY_QUERY" || code === "NO_DOCUMENTS") return ["Empty", 400];
  switch (status) {
    case 400:
    case 413:
      return ["Validation", 422];
    case 401:
      return ["Unauthorized", status];
    case 404:
      return ["NotFound", status];
    case 429:
      return ["Overloaded", status];
    case 503:
      return ["Unhealthy", status];
    case 500:
      return ["Backend", 424];
    default:
      return ["Backend", status];
  }
}
