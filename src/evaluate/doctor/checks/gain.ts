import { Random } from "../../../numbers/random.js";
import { standardDeviation } from "../../statistics/describe.js";
import { queriesNeeded } from "../../statistics/power.js";
import type { Assessment, Check } from "../check.js";
import type { DoctorContext } from "../context.js";
import { average, type Evidence, evidence, FEWEST_QUERIES } from "../evidence.js";
import { type JudgedExaminedQuery, rankingAtDepth } from "../examined-query.js";
import { count, decimal, signed } from "../format.js";
import { bestQuality, quality } from "../quality.js";

/** Shuffles whose mean stands for a random order: enough for few queries with few candidates too. */
const SHUFFLES = 100;

/** Less room than this between a random and the best order leaves nothing to measure. */
const LEAST_ROOM = 0.01;

/** Does the reranker's order beat the first stage's, and does it beat a random one? Paired by query. */
export const gain: Check = {
  id: "gain",
  title: "Does re-ranking help?",
  needs: ["judgments"],
  run(context) {
    const { judged, measure, seed, depth } = context;
    const first = judged.map((query) => quality(measure, query.judged, rankingAtDepth(query, 0)));
    const reranked = judged.map((query) => quality(measure, query.judged, rankingAtDepth(query, depth)));
    const random = randomOrder(context);
    const gains = reranked.map((value, q) => value - first[q]!);
    const overFirst = evidence(gains, seed);
    const overRandom = evidence(
      reranked.map((value, q) => value - random[q]!),
      seed,
    );
    const best = judged.map((query) => bestQuality(measure, query.judged, query.ids));
    const room = average(best) - average(random);
    const figures = {
      queries: judged.length,
      firstStage: average(first),
      reranked: average(reranked),
      randomOrder: average(random),
      gain: overFirst.mean,
      gainLower: overFirst.lower,
      gainUpper: overFirst.upper,
      gainOverRandom: overRandom.mean,
      gainOverRandomLower: overRandom.lower,
      wins: gains.filter((value) => value > 0).length,
      ties: gains.filter((value) => value === 0).length,
      losses: gains.filter((value) => value < 0).length,
    };
    const figure = `${measure.name} ${signed(overFirst.mean)} over the first stage`;
    return { figure, figures, ...judge(measure.name, figures, gains, overFirst, overRandom, room) };
  },
};

function randomOrder({ judged, measure, seed }: DoctorContext): number[] {
  const random = new Random(seed);
  return judged.map((query: JudgedExaminedQuery) => {
    let sum = 0;
    for (let s = 0; s < SHUFFLES; s++) {
      sum += quality(measure, query.judged, random.shuffle([...query.ids]));
    }
    return sum / SHUFFLES;
  });
}

type Judgement = Pick<Assessment, "verdict" | "text" | "advice">;

function judge(
  name: string,
  figures: { readonly [figure in "firstStage" | "reranked" | "randomOrder" | "wins" | "losses"]: number },
  gains: readonly number[],
  overFirst: Evidence,
  overRandom: Evidence,
  room: number,
): Judgement {
  const { firstStage, reranked, randomOrder, wins, losses } = figures;
  const interval = `95 % interval ${signed(overFirst.lower)} to ${signed(overFirst.upper)}`;
  const measured = `${name} is ${decimal(firstStage)} in the first stage's order, ${decimal(reranked)} re-ranked and ${decimal(randomOrder)} shuffled; ${count(wins, "query", "queries")} won, ${losses} lost (${interval}).`;
  if (gains.length < FEWEST_QUERIES) {
    const text = `${measured} With ${count(gains.length, "judged query", "judged queries")} that may be chance; a verdict takes ${FEWEST_QUERIES}.`;
    return { verdict: "unknown", text, advice: "Judge more queries." };
  }
  if (room < LEAST_ROOM) {
    const text = `${measured} Even the best order of the candidates is no better than a random one, so no reranker can show what it can do here.`;
    return { verdict: "unknown", text, advice: "See the recall ceiling first." };
  }
  if (overRandom.lower <= 0 && overFirst.lower > 0) {
    return {
      verdict: "notice",
      text: `${measured} Re-ranking helps, but it is not proven that it does more than a shuffle would.`,
      advice: "Judge more queries, and see why the first stage's order is that poor.",
    };
  }
  if (overRandom.lower <= 0) {
    return {
      verdict: "problem",
      text: `${measured} It is not proven that the reranker's order is better than a shuffle.`,
      advice:
        "Suspect the wiring before the model: scores matched to the wrong documents, a head that was not loaded, the wrong language. `rankwright models inspect` shows the head; rank one query whose answer you know with `rankwright rank`.",
    };
  }
  if (overFirst.upper < 0) {
    return {
      verdict: "problem",
      text: `${measured} Re-ranking makes the results worse.`,
      advice:
        "Serve the first stage's order until `rankwright evaluate --model A --model B` has found a model that beats it; try one that was trained on your language and kind of text.",
    };
  }
  if (overFirst.lower > 0) return { verdict: "ok", text: `${measured} Re-ranking helps.` };
  return {
    verdict: "notice",
    text: `${measured} The interval holds 0: on these queries it is not proven that re-ranking helps.`,
    advice: moreQueries(overFirst.mean, gains),
  };
}

function moreQueries(difference: number, gains: readonly number[]): string {
  const sd = standardDeviation(gains);
  if (difference < LEAST_ROOM || !(sd > 0)) return "Try another model, or judge more queries.";
  const needed = queriesNeeded({ delta: difference, sd });
  return `If the difference is real, about ${needed} judged queries would show it; there are ${gains.length}.`;
}
