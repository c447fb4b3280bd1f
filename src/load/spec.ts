import type { Calibration } from "../rerank/index.js";
import type { CascadeSpec } from "./kinds/cascade.js";
import type { FallbackSpec } from "./kinds/fallback.js";
import type { FuseSpec } from "./kinds/fuse.js";
import type { HostedSpec } from "./kinds/hosted.js";
import type { ListwiseSpec } from "./kinds/listwise.js";
import type { ModelSpec } from "./kinds/model.js";
import type { PairwiseSpec } from "./kinds/pairwise.js";
import type { SetwiseSpec } from "./kinds/setwise.js";
import type { TokenLogitSpec } from "./kinds/token-logit.js";
import type { TopDownSpec } from "./kinds/top-down.js";
import type { TournamentSpec } from "./kinds/tournament.js";

/**
 * A reranker as JSON: the name of a model, or an object of one of the kinds, nested freely. Every object may have a
 * `calibration`, see `calibrated`.
 */
export type RerankerSpec = string | (KindSpec & Calibrated);

type KindSpec =
  | ModelSpec
  | CascadeSpec
  | FuseSpec
  | FallbackSpec
  | HostedSpec
  | ListwiseSpec
  | SetwiseSpec
  | TournamentSpec
  | TopDownSpec
  | PairwiseSpec
  | TokenLogitSpec;

interface Calibrated {
  readonly calibration?: Calibration | undefined;
}

/** Fields that an object has beside its own; a name alone has none. */
export type WithFields<Spec, Fields> = Spec extends string ? Spec : Spec & Fields;
