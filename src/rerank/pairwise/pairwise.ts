import { checkPositive, checkWhole } from "../../numbers/check.js";
import type { Judge, Reranker, RerankRequest, RerankResult } from "../../types/index.js";
import { askUntilStopped } from "../ask-until-stopped.js";
import { capsNotApplied } from "../caps-not-applied.js";
import { distinctDocuments } from "../distinct-documents.js";
import { type Limits, resolveLimits } from "../limits.js";
import { mapWarnings } from "../map-documents.js";
import { OpenCalls } from "../open-calls.js";
import { validateRequest } from "../validate-request.js";
import { type PairwiseMethodOption, pairwiseMethod } from "./methods/methods.js";
import { PairSession } from "./pair-session.js";
import type { PairwiseRun } from "./pairwise-run.js";
import { rankByFit, rankByOrder, rankedDocuments } from "./rank-documents.js";
import { type JudgmentReport, judgmentReport } from "./report/judgment-report.js";
import { weightedJudges } from "./weighted-judges.js";

export interface PairwiseOptions {
  /** Default: `active`. */
  readonly method?: PairwiseMethodOption | PairwiseMethodOption["name"] | undefined;
  /** How much each judge counts. Default: all the same. */
  readonly weights?: readonly number[] | undefined;
  /** λ of the fit, see `fitBradleyTerry`. Default: 0.05. */
  readonly lambda?: number | undefined;
  /** Pairs of one request under way at once, over all judges; each takes two calls. Default: 8. */
  readonly concurrency?: number | undefined;
  /** What one request may hold at most; what is left out comes from `LIMITS`. */
  readonly limits?: Partial<Limits> | undefined;
}

export interface PairwiseResult extends RerankResult {
  /** What the comparisons tell of the judges: position bias, agreement, circles. */
  readonly judgments: JudgmentReport;
}

export interface PairwiseReranker extends Reranker {
  rerank(request: RerankRequest): Promise<PairwiseResult>;
}

/**
 * Ranks by what judges say of pairs, asked in both orders. Candidates that read the same are shown once, and one alone
 * needs no call.
 *
 * With the methods `active`, `cycles` and `all-pairs` a score is that of a Bradley–Terry fit to all comparisons, in
 * logits: the judges prefer x to y with probability σ(score x − score y). Scores of one request sum to 0, so that those of
 * different requests cannot be compared. With `sorting` and `sliding`, which compare too few pairs for that, it is
 * 1 / rank (scale `rank`).
 *
 * A comparison without a usable answer in both orders is left out, with a warning. A deadline, a budget or an outage leaves
 * the best ranking known.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function pairwise(judges: Judge | readonly Judge[], options: PairwiseOptions = {}): PairwiseReranker {
  const panel = weightedJudges(judges, options.weights);
  const limits = resolveLimits(options.limits);
  const method = pairwiseMethod(options.method);
  const { lambda, concurrency = 8 } = options;
  if (lambda !== undefined) checkPositive("lambda", lambda);
  checkWhole("concurrency", concurrency, 1);
  const id = `${panel.map(({ judge }) => judge.id).join(" + ")} (pairwise, ${method.name})`;
  const scoreScale = method.orders === "by fit" ? "logit" : "rank";
  const calls = new OpenCalls(id);

  async function rerank(request: RerankRequest): Promise<PairwiseResult> {
    const started = performance.now();
    calls.checkOpen();
    const valid = validateRequest(request, limits);
    const { query, documents, topN, instruction, signal, deadlineMs, onProgress } = valid;
    const groups = distinctDocuments(documents);
    const session = new PairSession({
      ...{ judges: panel, query, documents: groups.distinct, concurrency, instruction, signal },
      deadline: deadlineMs === undefined ? undefined : started + deadlineMs,
    });
    let planned = 0;
    let answered = 0;
    const run: PairwiseRun = {
      count: groups.distinct.length,
      topN,
      order: groups.distinct.map((_, position) => position),
      comparisons: session.comparisons,
      plan(pairs) {
        planned = pairs;
      },
      async compare(i, j) {
        const outcome = await session.compare(i, j);
        answered++;
        onProgress?.(answered, Math.max(planned, answered));
        return outcome;
      },
    };
    const ask = async () => (run.count < 2 ? undefined : method.ask(run));
    const stop = await askUntilStopped(calls, session, ask, signal);
    const asked = performance.now();
    const ranked =
      method.orders === "by fit" ? rankByFit(run, lambda) : rankByOrder(run, stop, session.receipt.read);
    const ended = performance.now();
    return {
      results: rankedDocuments(documents, groups, ranked).slice(0, topN),
      model: id,
      scoreScale,
      usage: { pairs: session.receipt.read.size, tokens: 0, ...session.usage },
      timings: { totalMs: ended - started, stages: { ask: asked - started, fit: ended - asked } },
      warnings: [
        ...mapWarnings(session.receipt.warnings(stop), groups.candidates),
        ...capsNotApplied(id, valid),
      ],
      judgments: judgmentReport(session.judged),
    };
  }

  return {
    id,
    scoreScale,
    rerank,
    close: () => calls.close(async () => undefined),
  };
}
