import { z } from "zod";
import { fuse } from "../../rerank/index.js";
import { number, oneOf } from "../fields.js";
import type { Kind } from "../kind.js";
import type { RerankerSpec, WithFields } from "../spec.js";

/** One ranking of several, see `fuse`. */
export interface FuseSpec extends FuseFields {
  readonly fuse: readonly WithFields<RerankerSpec, VoterFields>[];
}

interface FuseFields {
  /** Default: `rrf`. */
  readonly method?: "rrf" | "weighted" | undefined;
  /** For `rrf`. Default: 60. */
  readonly k?: number | undefined;
  /** For `weighted`. Default: `min-max`. */
  readonly normalise?: "min-max" | "z-score" | "none" | undefined;
}

interface VoterFields {
  /** Default: 1. */
  readonly weight?: number | undefined;
}

export const fuseKind: Kind<unknown, FuseFields, VoterFields> = {
  key: "fuse",
  fields: z.strictObject({
    method: oneOf("rrf", "weighted"),
    k: number("a number greater than -1", (k) => k > -1),
    normalise: oneOf("min-max", "z-score", "none"),
  }),
  partFields: z.strictObject({
    weight: number("a number that is not negative", (weight) => weight >= 0),
  }),
  open: async ({ parts, fields }) =>
    fuse(
      parts.map(({ reranker, fields: own }) => ({ reranker, ...own })),
      fields,
    ),
};
