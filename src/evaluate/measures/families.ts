import { AP, gmMap } from "./average-precision.js";
import { ndcgRel, Rndcg } from "./averaged-ndcg.js";
import { Bpref, gmBpref } from "./binary-preference.js";
import { NumNonRelJudgedRet, NumQ, NumRel, NumRelRet, NumRet } from "./counts.js";
import { ERR } from "./expected-reciprocal-rank.js";
import { infAP } from "./inferred-ap.js";
import { elevenPoint, IPrec } from "./interpolated-precision.js";
import { Judged } from "./judged.js";
import type { MeasureFamily } from "./measure-family.js";
import { nDCG } from "./ndcg.js";
import { binG, G } from "./normalised-gain.js";
import { P, relativeP } from "./precision.js";
import { Rprec, RprecMult } from "./r-precision.js";
import { RBP } from "./rank-biased-precision.js";
import { R } from "./recall.js";
import { RR } from "./reciprocal-rank.js";
import { SetAP, SetF, SetP, SetRecall, SetRelativeP, Utility } from "./set-measures.js";
import { Success } from "./success.js";

/** Every measure there is; the common ones first. */
export const FAMILIES: readonly MeasureFamily[] = [
  nDCG,
  AP,
  RR,
  P,
  R,
  Success,
  Judged,
  RBP,
  ERR,
  Rprec,
  Bpref,
  infAP,
  IPrec,
  NumQ,
  NumRet,
  NumRel,
  NumRelRet,
  gmMap,
  gmBpref,
  elevenPoint,
  RprecMult,
  relativeP,
  SetP,
  SetRelativeP,
  SetRecall,
  SetAP,
  SetF,
  Utility,
  binG,
  G,
  ndcgRel,
  Rndcg,
  NumNonRelJudgedRet,
];
