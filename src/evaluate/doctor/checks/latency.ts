import { mean } from "../../statistics/describe.js";
import { quantile } from "../../statistics/quantile.js";
import type { Assessment, Check } from "../check.js";
import type { DoctorContext } from "../context.js";
import { share } from "../evidence.js";
import { count, milliseconds } from "../format.js";
import { DEEPEST, latencyModel } from "../latency-model.js";

/** What a person waits without losing the thread (Nielsen, "Usability Engineering", 1993). */
const PATIENCE_MS = 1000;

/** Budgets that are answered when none is asked for, in milliseconds. */
const BUDGETS = [50, 100, 200, 500, PATIENCE_MS];

/** Below it the 95th percentile is close to the slowest single query. */
const ENOUGH_FOR_P95 = 20;

/** Fewer candidates than one page of results are not worth re-ranking. */
const ONE_PAGE = 10;

/** Time per query, and how many candidates fit a budget for its 95th percentile. */
export const latency: Check = {
  id: "latency",
  title: "Is it fast enough?",
  needs: [],
  run(context) {
    const timed = context.queries.filter(({ outcome }) => outcome!.pairs > 0 && outcome!.ms > 0);
    if (timed.length === 0) {
      const text = "No query was timed: all scores came from a cache.";
      return { verdict: "unknown", figure: "not measured", figures: {}, text };
    }
    const times = timed.map(({ outcome }) => outcome!.ms);
    const pairs = timed.reduce((sum, { outcome }) => sum + outcome!.pairs, 0);
    const model = latencyModel(timed);
    const wanted = context.latencyBudgetMs;
    const p95 = quantile(times, 0.95);
    const figures: Record<string, number> = {
      queries: timed.length,
      p50: quantile(times, 0.5),
      p95,
      msPerPair: share(
        times.reduce((sum, ms) => sum + ms, 0),
        pairs,
      ),
      fixedMs: model.fixedMs,
      [model.unit === "token" ? "msPerToken" : "msPerModelledPair"]: model.perUnitMs,
    };
    const budgets = wanted === undefined ? BUDGETS : [wanted];
    for (const budget of budgets) figures[`depthWithin${budget}ms`] = model.largestDepth(budget);
    const spread = `Half of the queries take up to ${milliseconds(figures.p50!)}, 95 % up to ${milliseconds(p95)}${timed.length < ENOUGH_FOR_P95 ? ` (of ${count(timed.length, "query", "queries")}: few for a percentile)` : ""}, ${milliseconds(figures.msPerPair!)} per pair.`;
    const pairsEach = mean(timed.map(({ ids }) => ids.length));
    const figure = `p95 ${milliseconds(p95)} for ${count(Math.round(pairsEach), "candidate")}`;
    return { figure, figures, ...judge(context, figures, budgets, spread) };
  },
};

function judge(
  { latencyBudgetMs, depth }: DoctorContext,
  figures: Readonly<Record<string, number>>,
  budgets: readonly number[],
  spread: string,
): Pick<Assessment, "verdict" | "text" | "advice"> {
  const p95 = figures.p95!;
  const fitting = (budget: number) => figures[`depthWithin${budget}ms`]!;
  const atMost = (n: number) => (n >= DEEPEST ? `${DEEPEST} or more` : String(n));
  const ample = budgets.findIndex((budget) => fitting(budget) >= DEEPEST);
  const telling = ample < 0 ? budgets : budgets.slice(0, ample + 1);
  const table = telling.map((budget) => `${atMost(fitting(budget))} within ${budget} ms`).join(", ");
  const beyond = budgets.some((budget) => fitting(budget) > depth)
    ? ` Depths above ${depth} are extrapolated.`
    : "";
  const text = `${spread} Candidates that fit at the 95th percentile: ${table}.${beyond}`;
  if (latencyBudgetMs !== undefined) {
    if (p95 <= latencyBudgetMs) return { verdict: "ok", text };
    return { verdict: "problem", text, advice: faster(fitting(latencyBudgetMs)) };
  }
  if (p95 <= PATIENCE_MS) return { verdict: "ok", text };
  return {
    verdict: "notice",
    text: `${text} More than a second is felt as waiting.`,
    advice: faster(fitting(PATIENCE_MS)),
  };
}

function faster(fits: number): string {
  const model = "`--precision int8`, a smaller model, or `--max-tokens` below today's";
  if (fits < ONE_PAGE) return `Not by depth alone: take ${model}.`;
  return `\`--depth ${fits}\` fits; to keep the depth, take ${model}.`;
}
