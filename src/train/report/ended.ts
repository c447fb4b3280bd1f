import type { TrainReport } from "../trainer/train.js";

/** Why a training ended, as a clause. */
export const ENDED: Readonly<Record<TrainReport["ended"], string>> = {
  done: "all data seen",
  steps: "the limit on updates reached",
  patience: "no better validation for a while",
};
