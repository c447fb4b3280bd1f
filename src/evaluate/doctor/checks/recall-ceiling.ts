import type { Assessment, Check } from "../check.js";
import type { DoctorContext } from "../context.js";
import { average, FEWEST_QUERIES, share } from "../evidence.js";
import { type JudgedExaminedQuery, rankingAtDepth } from "../examined-query.js";
import { decimal, percent } from "../format.js";
import { bestQuality, quality } from "../quality.js";

const DEPTHS = [10, 20, 50, 100, 200, 500, 1000];

/**
 * What the first stage may cost, in units of the measure, before it is worth a word: about what a change of
 * reranker brings over a good first stage (2 to 8 points of nDCG@10).
 */
const NOTICEABLE_LOSS = 0.05;
/** A loss that no change of reranker brings back. */
const LARGE_LOSS = 0.1;

/** How much is lost before the reranker sees anything: what the best order of the candidates would reach. */
export const recallCeiling: Check = {
  id: "recall-ceiling",
  title: "Does the first stage find what is relevant?",
  needs: ["judgments"],
  run(context) {
    const { judged, measure, depth } = context;
    const over = (value: (query: JudgedExaminedQuery) => number) => average(judged.map(value));
    const found = (query: JudgedExaminedQuery) => [...query.ids, ...query.deeper];
    const perfect = over(({ judged }) => bestQuality(measure, judged, [...judged.grades.keys()]));
    const ceiling = over((query) => bestQuality(measure, query.judged, query.ids));
    const attained = over((query) => quality(measure, query.judged, rankingAtDepth(query, depth)));
    const firstStage = over((query) => quality(measure, query.judged, rankingAtDepth(query, 0)));
    const recall = (query: JudgedExaminedQuery, n: number) =>
      recallOf(query, found(query).slice(0, n), context.relevantFrom);
    const deepest = judged.reduce((most, query) => Math.max(most, found(query).length), 0);
    const depths = DEPTHS.filter((n) => n <= deepest);
    const deeper = [...new Set([...depths, deepest])].filter((n) => n > depth);
    const ceilings = deeper.map((n) => ({
      depth: n,
      ceiling: over((query) => bestQuality(measure, query.judged, found(query).slice(0, n))),
    }));
    const lost = over((query) => (recall(query, depth) === 0 ? 1 : 0));
    const figures: Record<string, number> = {
      queries: judged.length,
      perfect,
      ceiling,
      attained,
      firstStage,
      lostByFirstStage: perfect - ceiling,
      lostByReranker: ceiling - attained,
      queriesWithoutRelevant: lost,
    };
    for (const n of new Set([...depths, depth])) figures[`recall@${n}`] = over((query) => recall(query, n));
    for (const { depth: n, ceiling } of ceilings) figures[`ceiling@${n}`] = ceiling;
    return {
      figure: `best possible ${measure.name} ${decimal(ceiling)}`,
      figures,
      ...judge(context, figures, ceilings),
    };
  },
};

function recallOf({ judged }: JudgedExaminedQuery, ids: readonly string[], relevantFrom: number): number {
  const relevant = judged.ideal.filter((grade) => grade >= relevantFrom).length;
  return share(ids.filter((id) => (judged.grades.get(id) ?? -1) >= relevantFrom).length, relevant);
}

type Figures = Readonly<Record<string, number>>;

interface Ceiling {
  readonly depth: number;
  readonly ceiling: number;
}

function judge(
  { depth, judged, measure }: DoctorContext,
  figures: Figures,
  ceilings: readonly Ceiling[],
): Pick<Assessment, "verdict" | "text" | "advice"> {
  const loss = figures.lostByFirstStage!;
  const rest = figures.lostByReranker!;
  const text = `Of the first ${depth} candidates the best order would reach ${decimal(figures.ceiling!)}, re-ranking reaches ${decimal(figures.attained!)}, the first stage alone ${decimal(figures.firstStage!)}. The first stage costs ${decimal(loss)} and the reranker ${decimal(rest)}. Recall@${depth} is ${decimal(figures[`recall@${depth}`]!)}; ${percent(figures.queriesWithoutRelevant!)} of the queries have no relevant candidate.`;
  if (loss < NOTICEABLE_LOSS) return { verdict: "ok", text };
  const advice = remedy(depth, measure.name, figures, ceilings);
  if (judged.length < FEWEST_QUERIES) return { verdict: "notice", text, advice };
  return { verdict: loss >= LARGE_LOSS && loss >= rest ? "problem" : "notice", text, advice };
}

/** Deeper where depth brings back at least half of the loss, other sources where it does not. */
function remedy(depth: number, measure: string, figures: Figures, ceilings: readonly Ceiling[]): string {
  const other =
    "Add candidates of another kind, such as dense retrieval: `--run bm25.trec --run dense.trec` fuses runs by reciprocal ranks. For BM25 alone, check that `--analyzer` fits the language.";
  const last = ceilings.at(-1);
  if (!last) return `${other} A first-stage run deeper than ${depth} would show whether depth helps.`;
  const enough = ceilings.find(({ ceiling }) => ceiling - figures.ceiling! >= figures.lostByFirstStage! / 2);
  return enough
    ? `\`--depth ${enough.depth}\` lifts the best possible ${measure} to ${decimal(enough.ceiling)}; see whether the model bears that depth.`
    : `Depth is no cure: with ${last.depth} candidates the best possible ${measure} is ${decimal(last.ceiling)}. ${other}`;
}
