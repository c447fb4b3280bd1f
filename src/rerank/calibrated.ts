import { isotonicProbability } from "../evaluate/calibration/isotonic.js";
import { type PlattFit, plattProbability } from "../evaluate/calibration/platt.js";
import { orAborted } from "../files/or-aborted.js";
import {
  RankwrightError,
  type Reranker,
  type RerankResult,
  type ScoreScale,
  show,
  type Warning,
} from "../types/index.js";
import { checkRerankResult } from "./check-rerank-result.js";
import { type CombineOptions, composed } from "./combine/composed.js";
import { type Ranker, toReranker } from "./combine/to-reranker.js";

/** What `fitPlatt` or `fitIsotonic` gave, and what it was fitted to. */
export type Calibration = (PlattFit | IsotonicCurve) & {
  /** Id of the reranker whose scores it was fitted to; another one is refused. */
  readonly model?: string | undefined;
  /** Scale of the scores that it was fitted to. Default: the reranker's. */
  readonly scale?: ScoreScale | undefined;
};

/** `IsotonicFit` as JSON can hold it too. */
interface IsotonicCurve {
  readonly scores: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
}

/** Strictly inside (0, 1), as probabilities of models are. */
const LEAST = Number.MIN_VALUE;
const MOST = 1 - 2 ** -53;

/**
 * Turns a reranker's scores into probabilities of relevance by a curve that was fitted to judged scores of the same
 * model (`fitPlatt`, `fitIsotonic` in rankwright/evaluate). The curve never falls, so that the order stays. Where a
 * result is on another scale, or a fallback gave it, the curve means nothing: scores then stay as they are, with a
 * `not_applied` warning.
 *
 * @throws RankwrightError INVALID_OPTION for a curve that falls or belongs to another reranker
 */
export function calibrated(given: Ranker, calibration: Calibration, options: CombineOptions = {}): Reranker {
  const reranker = toReranker(given, "reranker");
  const curve = curveOf(calibration);
  checkModel(calibration, reranker);
  return composed(
    {
      id: `calibrated(${reranker.id})`,
      scoreScale: "probability",
      members: [reranker],
      async rank(request) {
        const result = await orAborted(reranker.rerank(request), request.signal);
        checkRerankResult(result, { documents: request.documents.length, wanted: request.topN });
        const refused = refusal(result, reranker);
        return {
          results: refused
            ? result.results
            : result.results.map((each) => ({ ...each, score: inside(curve(each.score)) })),
          scoreScale: refused ? result.scoreScale : "probability",
          model: result.model,
          warnings: refused ? [...result.warnings, refused] : result.warnings,
          answers: [result],
          parts: result.parts,
        };
      },
    },
    options,
  );
}

function inside(p: number): number {
  return Math.min(Math.max(p, LEAST), MOST);
}

function refusal({ model, scoreScale, warnings }: RerankResult, reranker: Reranker): Warning | undefined {
  const scale = reranker.scoreScale;
  const fellBack = warnings.some(({ code }) => code === "fallback");
  if (scoreScale === scale && !fellBack) return undefined;
  const message = `the calibration was fitted to ${reranker.id} on the scale ${scale}; ${model} answered on the scale ${scoreScale}, and its scores stay as they are.`;
  return { code: "not_applied", message };
}

/** @throws RankwrightError INVALID_OPTION */
function curveOf(calibration: Calibration): (score: number) => number {
  if (typeof calibration !== "object" || calibration === null) {
    throw invalid("calibration", calibration, "pass what fitPlatt or fitIsotonic gave");
  }
  if ("a" in calibration) {
    const { a, b } = calibration;
    if (!(Number.isFinite(a) && a >= 0)) {
      throw invalid(
        "calibration.a",
        a,
        "give a number of at least 0; a falling curve would turn the ranking round",
      );
    }
    if (!Number.isFinite(b)) throw invalid("calibration.b", b, "give a finite number");
    return (score) => plattProbability({ a, b }, score);
  }
  const { scores, probabilities } = calibration;
  checkKnots("calibration.scores", scores, (value, before) => Number.isFinite(value) && value > before);
  checkKnots(
    "calibration.probabilities",
    probabilities,
    (value, before) => value >= Math.max(0, before) && value <= 1,
  );
  if (scores.length !== probabilities.length) {
    const mend = `give as many as there are scores, ${scores.length}`;
    throw invalid("calibration.probabilities.length", probabilities.length, mend);
  }
  const fit = { scores: Float64Array.from(scores), probabilities: Float64Array.from(probabilities) };
  return (score) => isotonicProbability(fit, score);
}

function checkKnots(
  field: string,
  knots: ArrayLike<number> | undefined,
  follows: (value: number, before: number) => boolean,
): void {
  if (!knots?.length) throw invalid(field, knots, "give at least one number");
  for (let i = 0; i < knots.length; i++) {
    if (follows(knots[i]!, knots[i - 1] ?? Number.NEGATIVE_INFINITY)) continue;
    throw invalid(
      `${field}[${i}]`,
      knots[i],
      "scores must ascend, and probabilities in [0, 1] must not fall",
    );
  }
}

/** @throws RankwrightError INVALID_OPTION */
function checkModel({ model, scale }: Calibration, { id, scoreScale }: Reranker): void {
  if (model !== undefined && model !== id) {
    throw invalid("calibration.model", model, `the reranker is ${id}; fit a calibration to its scores`);
  }
  if (scale !== undefined && scale !== scoreScale) {
    throw invalid("calibration.scale", scale, `the reranker gives scores on the scale ${scoreScale}`);
  }
}

function invalid(field: string, value: unknown, mend: string): RankwrightError {
  return new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; ${mend}`, { field, value });
}
