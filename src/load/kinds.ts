import type { Kind } from "./kind.js";
import { cascadeKind } from "./kinds/cascade.js";
import { fallbackKind } from "./kinds/fallback.js";
import { fuseKind } from "./kinds/fuse.js";
import { modelKind } from "./kinds/model.js";

/** Every kind of spec. */
export const KINDS = [modelKind, cascadeKind, fuseKind, fallbackKind] as readonly Kind[];
