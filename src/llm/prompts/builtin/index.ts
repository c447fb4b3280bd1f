import { CROSS } from "./cross.js";
import { FIRST } from "./first.js";
import { GRADED } from "./graded.js";
import { MXBAI_RERANK } from "./mxbai-rerank.js";
import { PRP } from "./prp.js";
import { QWEN3_RERANKER } from "./qwen3-reranker.js";
import { RANKGPT } from "./rankgpt.js";
import { RANKVICUNA, RANKZEPHYR } from "./rankzephyr.js";
import { SETWISE } from "./setwise.js";
import { TOURRANK } from "./tourrank.js";
import { YES_NO } from "./yes-no.js";
import { ZELO } from "./zelo.js";

/** The templates that come with the package, by name, in the order of `rankwright prompts list`. */
export const BUILTIN_PROMPTS: Readonly<Record<string, string>> = {
  rankgpt: RANKGPT,
  rankzephyr: RANKZEPHYR,
  rankvicuna: RANKVICUNA,
  first: FIRST,
  tourrank: TOURRANK,
  setwise: SETWISE,
  prp: PRP,
  zelo: ZELO,
  cross: CROSS,
  "yes-no": YES_NO,
  graded: GRADED,
  "qwen3-reranker": QWEN3_RERANKER,
  "mxbai-rerank": MXBAI_RERANK,
};
