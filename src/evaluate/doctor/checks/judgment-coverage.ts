import type { Assessment, Check } from "../check.js";
import { average, evidence, FEWEST_QUERIES, share } from "../evidence.js";
import { type JudgedExaminedQuery, rankingAtDepth } from "../examined-query.js";
import { decimal, percent, signed } from "../format.js";
import { quality } from "../quality.js";

const CUTOFF = 10;

/** One document in twenty more without a judgment than the first stage has. */
const NOTICEABLE_GAP = 0.05;
/** Two of the ten: more than what separates good rerankers. */
const LARGE_GAP = 0.2;

/** Where fewer of the first ten are judged, the measure mostly counts holes. */
const LEAST_COVERAGE = 0.6;

/** Whether the judges saw what the reranker puts on top: documents without a judgment count as not relevant. */
export const judgmentCoverage: Check = {
  id: "judgment-coverage",
  title: "Did the judges see what it puts on top?",
  needs: ["judgments"],
  run({ judged, measure, depth, seed }) {
    const queries = judged.filter(({ ids }) => ids.length > 0);
    const rankings = queries.map((query) => ({
      query,
      first: rankingAtDepth(query, 0),
      reranked: rankingAtDepth(query, depth),
    }));
    const first = average(rankings.map(({ query, first }) => coverage(query, first)));
    const reranked = average(rankings.map(({ query, reranked }) => coverage(query, reranked)));
    const gap = evidence(
      rankings.map(({ query, first, reranked }) => coverage(query, first) - coverage(query, reranked)),
      seed,
    );
    const gain = average(rankings.map(({ query, first, reranked }) => gainOf(query, first, reranked)));
    const judgedOnly = average(
      rankings.map(({ query, first, reranked }) =>
        gainOf(query, onlyJudged(query, first), onlyJudged(query, reranked)),
      ),
    );
    const figures = {
      queries: queries.length,
      firstStageJudged: first,
      rerankedJudged: reranked,
      gap: gap.mean,
      gapLower: gap.lower,
      gapUpper: gap.upper,
      gain,
      gainJudgedOnly: judgedOnly,
    };
    const figure = `Judged@${CUTOFF} ${decimal(reranked)}`;
    const text = `Of the first ${CUTOFF} documents, ${percent(first)} are judged in the first stage's order and ${percent(reranked)} re-ranked. Re-ranking changes ${measure.name} by ${signed(gain)}, and by ${signed(judgedOnly)} when documents without a judgment are passed over.`;
    const pooled = queries.some(({ judged }) => judged.ideal.some((grade) => grade === 0));
    return { figure, figures, ...judge(text, pooled, queries.length, reranked, gap) };

    function gainOf(query: JudgedExaminedQuery, before: readonly string[], after: readonly string[]): number {
      return quality(measure, query.judged, after) - quality(measure, query.judged, before);
    }
  },
};

function isJudged({ judged }: JudgedExaminedQuery, id: string): boolean {
  return (judged.grades.get(id) ?? -1) >= 0;
}

function onlyJudged(query: JudgedExaminedQuery, ids: readonly string[]): string[] {
  return ids.filter((id) => isJudged(query, id));
}

function coverage(query: JudgedExaminedQuery, ids: readonly string[]): number {
  const top = ids.slice(0, CUTOFF);
  return share(onlyJudged(query, top).length, top.length);
}

function judge(
  text: string,
  pooled: boolean,
  queries: number,
  reranked: number,
  gap: { readonly mean: number; readonly lower: number },
): Pick<Assessment, "verdict" | "text" | "advice"> {
  if (!pooled) {
    const unseen = `${text} The judgments name relevant documents only, so nobody knows how many of the others are.`;
    return { verdict: "unknown", text: unseen };
  }
  if (queries < FEWEST_QUERIES) return { verdict: "unknown", text };
  const advice =
    "Have the missing documents judged before models are compared, or compare by a measure over judged documents only.";
  if (gap.lower > 0 && gap.mean >= NOTICEABLE_GAP) {
    const verdict = gap.mean >= LARGE_GAP ? "problem" : "notice";
    return { verdict, text: `${text} The holes make the model look worse than it is.`, advice };
  }
  if (reranked < LEAST_COVERAGE) return { verdict: "notice", text, advice };
  return { verdict: "ok", text };
}
