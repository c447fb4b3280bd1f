import type { Kind } from "./kind.js";
import { cascadeKind } from "./kinds/cascade.js";
import { fallbackKind } from "./kinds/fallback.js";
import { fuseKind } from "./kinds/fuse.js";
import { hostedKind } from "./kinds/hosted.js";
import { listwiseKind } from "./kinds/listwise.js";
import { modelKind } from "./kinds/model.js";
import { pairwiseKind } from "./kinds/pairwise.js";
import { setwiseKind } from "./kinds/setwise.js";
import { tokenLogitKind } from "./kinds/token-logit.js";
import { topDownKind } from "./kinds/top-down.js";
import { tournamentKind } from "./kinds/tournament.js";

/** Every kind of spec. */
export const KINDS = [
  modelKind,
  cascadeKind,
  fuseKind,
  fallbackKind,
  hostedKind,
  listwiseKind,
  setwiseKind,
  tournamentKind,
  topDownKind,
  pairwiseKind,
  tokenLogitKind,
] as readonly Kind[];
