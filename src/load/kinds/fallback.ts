import { z } from "zod";
import { type BreakerOptions, withFallback } from "../../rerank/index.js";
import { flag, number, object, whole } from "../fields.js";
import type { Kind } from "../kind.js";
import type { RerankerSpec } from "../spec.js";

/** One after the other until one answers, see `withFallback`. */
export interface FallbackSpec extends FallbackFields {
  readonly fallback: readonly RerankerSpec[];
}

interface FallbackFields {
  /** Milliseconds that each has to answer. Default: none. */
  readonly timeoutMs?: number | undefined;
  readonly breaker?: BreakerOptions | undefined;
  /** In the end, keep the candidates' order instead of failing. Default: false. */
  readonly passthrough?: boolean | undefined;
}

export const fallbackKind: Kind<unknown, FallbackFields, object> = {
  key: "fallback",
  fields: z.strictObject({
    timeoutMs: number("milliseconds above 0", (ms) => ms > 0),
    breaker: object({
      failures: whole(1),
      coolMs: number("milliseconds, 0 or more", (ms) => ms >= 0),
    }).optional(),
    passthrough: flag(),
  }),
  partFields: z.strictObject({}),
  open: async ({ parts, fields }) =>
    withFallback(
      parts.map(({ reranker }) => reranker),
      fields,
    ),
};
