import { fitPlatt } from "../../calibration/platt.js";
import { type PrecisionThreshold, precisionThreshold } from "../../calibration/precision-threshold.js";
import { splitByQuery } from "../../calibration/split-by-query.js";
import { wilsonInterval } from "../../calibration/wilson.js";
import { crossCalibrate } from "../../experiment/cross-calibrate.js";
import type { LabelledScores } from "../../experiment/labelled-scores.js";
import { mean } from "../../statistics/describe.js";
import type { Assessment, Check } from "../check.js";
import { evidence, FEWEST_QUERIES, share } from "../evidence.js";
import { decimal, percent } from "../format.js";
import { labelledScores, shareBeaten } from "../separation.js";

/**
 * How much less of the others a relevant document may beat across queries than within its own. With .05 one
 * in twenty comparisons is decided by the query rather than by the document.
 */
const NOTICEABLE_SHIFT = 0.05;
const LARGE_SHIFT = 0.1;

/** Probabilities that are wrong by more than this mislead whoever reads them. */
const LARGE_ECE = 0.1;

/** What a threshold is to keep: most of what passes should be relevant. */
const PRECISION = 0.8;
/** By how much the precision on other queries may surely miss the target. */
const TOLERATED_MISS = 0.1;

/**
 * Whether one score means the same for every query. A shift from query to query leaves every ranking as it
 * is, but makes a threshold that works for one query useless for the next.
 */
export const calibration: Check = {
  id: "calibration",
  title: "Do scores mean the same for every query?",
  needs: ["judgments"],
  run(context) {
    const labelled = labelledScores(context);
    const all = labelled.flatMap(({ relevant, others }) => [...relevant, ...others]);
    const both = labelled.filter(({ relevant, others }) => relevant.length > 0 && others.length > 0);
    const figures: Record<string, number> = {
      queries: both.length,
      varianceBetweenQueries: betweenQueries(labelled, all),
    };
    if (both.length < FEWEST_QUERIES) {
      const text = `Telling a shift from chance takes ${FEWEST_QUERIES} queries with relevant and other candidates; there are ${both.length}.`;
      return { verdict: "unknown", figure: "not measured", figures, text };
    }
    const shift = acrossQueries(both, figures, context.seed);
    const threshold = onOtherQueries(labelled, figures, context.seed);
    const figure = `${percent(figures.beatenAcross!)} beaten across queries, ${percent(figures.beatenWithin!)} within`;
    return { figure, figures, ...judge(context.scoreScale === "rank", figures, shift, threshold) };
  },
};

/** Share of the variance of all scores that lies between the queries' means (η²). */
function betweenQueries(labelled: readonly LabelledScores[], all: readonly number[]): number {
  if (all.length === 0) return 0;
  const centre = mean(all);
  const total = all.reduce((sum, score) => sum + (score - centre) ** 2, 0);
  const between = labelled.reduce((sum, { relevant, others }) => {
    const scores = [...relevant, ...others];
    return sum + scores.length * (mean(scores) - centre) ** 2;
  }, 0);
  return share(between, total);
}

/** @returns whether relevant documents surely beat fewer others across queries than within their own */
function acrossQueries(
  both: readonly LabelledScores[],
  figures: Record<string, number>,
  seed: number,
): boolean {
  const everybody = Float64Array.from(both.flatMap(({ others }) => others)).sort();
  const beaten = both.map(({ relevant, others }) => {
    const own = Float64Array.from(others).sort();
    return {
      within: mean(relevant.map((score) => shareBeaten(own, score))),
      across: mean(relevant.map((score) => shareBeaten(everybody, score))),
    };
  });
  const shift = evidence(
    beaten.map(({ within, across }) => within - across),
    seed,
  );
  figures.beatenWithin = mean(beaten.map(({ within }) => within));
  figures.beatenAcross = mean(beaten.map(({ across }) => across));
  figures.shift = shift.mean;
  figures.shiftLower = shift.lower;
  figures.shiftUpper = shift.upper;
  return shift.lower > 0;
}

/** Fits a calibration curve and a threshold on half of the queries and tries both on the other half. */
function onOtherQueries(
  labelled: readonly LabelledScores[],
  figures: Record<string, number>,
  seed: number,
): PrecisionThreshold | undefined {
  const { fit } = splitByQuery(
    labelled.map(({ query }) => query),
    seed,
  );
  const seen = flatten(labelled.filter(({ query }) => fit.has(query)));
  const heldOutQueries = labelled.filter(({ query }) => !fit.has(query));
  const curve = fitPlatt(seen.scores, seen.labels);
  figures.plattSlope = curve.a;
  figures.plattOffset = curve.b;
  const found = crossCalibrate(labelled, seed);
  const top = found?.bins.at(-1);
  if (found && top) {
    figures.ece = found.ece;
    figures.promisedInTopBin = top.confidence;
    figures.trueInTopBin = top.accuracy;
  }
  const threshold = precisionThreshold(seen.scores, seen.labels, { target: PRECISION });
  if (!threshold) return undefined;
  figures.threshold = threshold.threshold;
  figures.thresholdRecall = threshold.recall;
  tryThreshold(threshold.threshold, heldOutQueries, figures);
  return threshold;
}

function tryThreshold(
  threshold: number,
  queries: readonly LabelledScores[],
  figures: Record<string, number>,
): void {
  const kept = queries
    .map(({ relevant, others }) => ({
      right: relevant.filter((score) => score >= threshold).length,
      wrong: others.filter((score) => score >= threshold).length,
    }))
    .filter(({ right, wrong }) => right + wrong > 0);
  const right = kept.reduce((sum, query) => sum + query.right, 0);
  const total = kept.reduce((sum, query) => sum + query.right + query.wrong, 0);
  const poor = kept.filter((query) => query.right < query.wrong).length;
  figures.heldOutKept = total;
  figures.heldOutPrecision = share(right, total);
  figures.heldOutPrecisionUpper = total === 0 ? 1 : wilsonInterval(right, total).upper;
  figures.queriesMostlyWrong = share(poor, kept.length);
  figures.queriesWithNothing = share(queries.length - kept.length, queries.length);
}

function flatten(labelled: readonly LabelledScores[]) {
  const scores = labelled.flatMap(({ relevant, others }) => [...relevant, ...others]);
  const labels = labelled.flatMap(({ relevant, others }) => [
    ...relevant.map(() => true),
    ...others.map(() => false),
  ]);
  return { scores, labels };
}

function judge(
  ranksOnly: boolean,
  figures: Readonly<Record<string, number>>,
  shifted: boolean,
  threshold: PrecisionThreshold | undefined,
): Pick<Assessment, "verdict" | "text" | "advice"> {
  const { beatenWithin, beatenAcross, shift, ece, heldOutPrecision, heldOutPrecisionUpper } = figures;
  const kept = threshold
    ? `A threshold fitted for ${percent(PRECISION)} precision keeps ${percent(heldOutPrecision!)} relevant on other queries; for ${percent(figures.queriesMostlyWrong!)} of those most of what it keeps is wrong.`
    : `No threshold is sure to keep ${percent(PRECISION)} relevant.`;
  const calibrated =
    ece === undefined
      ? ""
      : `Calibrated on the other half of the queries, probabilities are off by ${decimal(ece)} (ECE). `;
  const text = `A relevant candidate beats ${percent(beatenWithin!)} of the others of its own query and ${percent(beatenAcross!)} of those of all queries. ${calibrated}${kept}`;
  if (shifted && shift! >= NOTICEABLE_SHIFT) {
    return {
      verdict: shift! >= LARGE_SHIFT ? "problem" : "notice",
      text: `${text} Each query has a zero of its own.`,
      advice:
        "Cut by rank (`--top-n`), not by one score for all queries. If scores were normalised within each query (softmax, min-max), use the model's own: `--scores logit`.",
    };
  }
  if (ranksOnly) {
    return {
      verdict: "notice",
      text: `${text} These scores are ranks: they say which candidate is better, never that none is good.`,
      advice: "Cut by rank (`--top-n`); for a threshold take a pointwise cross-encoder.",
    };
  }
  if (ece !== undefined && ece > LARGE_ECE) {
    const advice = "Do not show calibrated scores as probabilities before they were fitted on more queries.";
    return { verdict: "notice", text, advice };
  }
  if (threshold && heldOutPrecisionUpper! < PRECISION - TOLERATED_MISS) {
    const advice = "Fit the threshold on more queries, or cut by rank (`--top-n`).";
    return { verdict: "notice", text, advice };
  }
  return { verdict: "ok", text };
}
