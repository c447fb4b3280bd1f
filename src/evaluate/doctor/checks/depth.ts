import { randomisationTest } from "../../statistics/randomisation.js";
import type { Assessment, Check } from "../check.js";
import type { DoctorContext } from "../context.js";
import { average, type Evidence, evidence, FEWEST_QUERIES } from "../evidence.js";
import { rankingAtDepth } from "../examined-query.js";
import { decimal, signed } from "../format.js";
import { quality } from "../quality.js";

const DEPTHS = [5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000];

/** A fall that nobody would notice, however certain, is not worth a change. */
const LEAST_FALL = 0.01;

const SIGNIFICANT = 0.05;
/**
 * The test is by randomisation: where few queries fall and the others stay as they are, a bootstrap interval
 * leaves out 0 far too easily.
 */
const FLIPS = 10_000;

/** Within this much of the best value, less depth is as good and cheaper. */
const AS_GOOD = 0.005;

interface Point {
  readonly depth: number;
  /** One value per judged query. */
  readonly values: readonly number[];
  readonly mean: number;
}

/**
 * Quality when only the first n candidates are re-ranked, for several n. Rerankers that are good on a first
 * stage's top are often fooled further down (Jacob et al., "Drowning in Documents", arXiv 2411.11767).
 */
export const depth: Check = {
  id: "depth",
  title: "Does quality fall with depth?",
  needs: ["judgments"],
  run(context) {
    const { judged, measure, seed } = context;
    const points = curve(context);
    const untouched = average(
      judged.map((query) => quality(measure, query.judged, rankingAtDepth(query, 0))),
    );
    const full = points.at(-1)!;
    const best = points.reduce((best, point) => (point.mean > best.mean ? point : best), full);
    const enough = points.find((point) => point.mean >= best.mean - AS_GOOD)!;
    const falls = best.values.map((value, q) => value - full.values[q]!);
    const fall = evidence(falls, seed);
    // The best of several depths looks good by chance too: Bonferroni's correction for their number.
    const p = Math.min(1, randomisationTest(falls, { flips: FLIPS, seed }).p * points.length);
    const figures: Record<string, number> = {
      queries: judged.length,
      depth0: untouched,
      bestDepth: best.depth,
      best: best.mean,
      full: full.mean,
      fall: fall.mean,
      fallLower: fall.lower,
      fallUpper: fall.upper,
      fallP: p,
      enoughDepth: enough.depth,
    };
    for (const point of points) figures[`depth${point.depth}`] = point.mean;
    return {
      figure: `best depth ${best.depth} of ${full.depth}`,
      figures,
      ...judge(measure.name, points, untouched, best, enough, { ...fall, p }),
    };
  },
};

function curve({ judged, measure, depth }: DoctorContext): Point[] {
  return [...DEPTHS.filter((n) => n < depth), depth].map((n) => {
    const values = judged.map((query) => quality(measure, query.judged, rankingAtDepth(query, n)));
    return { depth: n, values, mean: average(values) };
  });
}

function judge(
  name: string,
  points: readonly Point[],
  untouched: number,
  best: Point,
  enough: Point,
  fall: Evidence & { readonly p: number },
): Pick<Assessment, "verdict" | "text" | "advice"> {
  const full = points.at(-1)!;
  const line = points.map((point) => `, ${decimal(point.mean)} at ${point.depth}`).join("");
  const measured = `${name} by re-ranked candidates: ${decimal(untouched)} at 0${line}.`;
  if (fall.n < FEWEST_QUERIES) {
    const text = `${measured} Too few judged queries to tell a fall from chance; a verdict takes ${FEWEST_QUERIES}.`;
    return { verdict: "unknown", text };
  }
  if (fall.p <= SIGNIFICANT && fall.mean > LEAST_FALL) {
    const verdict = fall.lower > LEAST_FALL ? "problem" : "notice";
    const text = `${measured} From ${best.depth} to ${full.depth} it falls by ${decimal(fall.mean)} (95 % interval ${signed(fall.lower)} to ${signed(fall.upper)}): further down the model is fooled by documents that it should not like.`;
    if (untouched >= best.mean) {
      return { verdict, text, advice: "No depth is better than none: see whether re-ranking helps at all." };
    }
    const advice = `\`--depth ${best.depth}\`. To go deeper, mix in the first stage's score instead of leaving the order to the model alone.`;
    return { verdict, text, advice };
  }
  const falls = fall.mean > LEAST_FALL ? "It seems to fall, but that may be chance." : "It does not fall.";
  const cheaper =
    enough.depth < full.depth && untouched < best.mean
      ? ` ${enough.depth} candidates are as good as ${full.depth}, for less time.`
      : "";
  return { verdict: "ok", text: `${measured} ${falls}${cheaper}` };
}
