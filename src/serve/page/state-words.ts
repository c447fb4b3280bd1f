import type { ModelStatus } from "../models/served-model.js";

/** How a model is doing, as people say it. */
export const STATE_WORDS: Readonly<Record<ModelStatus, string>> = {
  new: "not loaded yet",
  loading: "loading",
  loaded: "loaded",
  idle: "unloaded",
  failed: "failed",
};
