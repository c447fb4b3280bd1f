import type { Calibration } from "../rerank/index.js";
import type { CascadeSpec } from "./kinds/cascade.js";
import type { FallbackSpec } from "./kinds/fallback.js";
import type { FuseSpec } from "./kinds/fuse.js";
import type { ModelSpec } from "./kinds/model.js";

/**
 * A reranker as JSON: the name of a model, or an object of one of the kinds, nested freely. Every object may have a
 * `calibration`, see `calibrated`.
 */
export type RerankerSpec = string | ((ModelSpec | CascadeSpec | FuseSpec | FallbackSpec) & Calibrated);

interface Calibrated {
  readonly calibration?: Calibration | undefined;
}

/** Fields that an object has beside its own; a name alone has none. */
export type WithFields<Spec, Fields> = Spec extends string ? Spec : Spec & Fields;
