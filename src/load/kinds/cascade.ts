import { z } from "zod";
import { cascade } from "../../rerank/index.js";
import { whole } from "../fields.js";
import type { Kind } from "../kind.js";
import type { RerankerSpec, WithFields } from "../spec.js";

/** Stages over ever fewer candidates, see `cascade`. */
export interface CascadeSpec {
  readonly cascade: readonly WithFields<RerankerSpec, StageFields>[];
}

interface StageFields {
  /** How many of the stage's best the next one ranks. Default: all. */
  readonly keep?: number | undefined;
}

export const cascadeKind: Kind<unknown, object, StageFields> = {
  key: "cascade",
  fields: z.strictObject({}),
  partFields: z.strictObject({ keep: whole(1) }),
  check(parts) {
    const last = parts.at(-1)?.keep;
    if (last === undefined) return undefined;
    const mend = "after the last stage there is none to keep candidates for; leave it out";
    return { path: `cascade[${parts.length - 1}].keep`, value: last, mend };
  },
  open: async ({ parts }) => cascade(parts.map(({ reranker, fields }) => ({ reranker, ...fields }))),
};
