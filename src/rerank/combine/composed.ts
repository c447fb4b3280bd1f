import type { PartRecord, RankedDocument, Reranker, RerankResult, Warning } from "../../types/index.js";
import { type Limits, resolveLimits } from "../limits.js";
import { OpenCalls } from "../open-calls.js";
import { type ValidRequest, validateRequest } from "../validate-request.js";
import { addLoads } from "./add-loads.js";
import { addUsage } from "./add-usage.js";
import { Clock } from "./clock.js";
import { closeMembers } from "./close-members.js";

/** Options of every reranker that is made of others. */
export interface CombineOptions {
  /** What one request may hold at most; what is left out comes from `LIMITS`. */
  readonly limits?: Partial<Limits> | undefined;
}

/** How several members become one reranker. */
export interface Composition {
  readonly id: string;
  readonly scoreScale: Reranker["scoreScale"];
  readonly members: readonly Reranker[];
  rank(request: ValidRequest, clock: Clock): Promise<ComposedRanking>;
}

export interface ComposedRanking {
  /** Best first, `topN` at least; ranks are filled in. */
  readonly results: readonly Omit<RankedDocument, "rank">[];
  readonly scoreScale: Reranker["scoreScale"];
  /** Where it is not the composition's id. */
  readonly model?: string | undefined;
  readonly warnings: readonly Warning[];
  /** What the members that answered returned. */
  readonly answers: readonly RerankResult[];
  readonly parts?: readonly PartRecord[] | undefined;
}

/**
 * The reranker that a composition describes. Usage and stages are sums over its members. `close()` waits for calls
 * under way, then closes the members.
 */
export function composed(composition: Composition, { limits }: CombineOptions = {}): Reranker {
  const { id, scoreScale, members, rank } = composition;
  const calls = new OpenCalls(id);
  const resolved = resolveLimits(limits);
  return {
    id,
    scoreScale,
    get load() {
      return addLoads(members.map((member) => member.load));
    },
    async rerank(request) {
      calls.checkOpen();
      const clock = new Clock(request?.deadlineMs);
      const valid = validateRequest(request, resolved);
      const ranking = await calls.track(() => rank(valid, clock));
      const { results, model = id, answers, warnings, parts } = ranking;
      return {
        results: results.slice(0, valid.topN).map((ranked, place) => ({ ...ranked, rank: place + 1 })),
        model,
        scoreScale: ranking.scoreScale,
        usage: addUsage(answers.map(({ usage }) => usage)),
        timings: { totalMs: clock.elapsedMs, stages: addStages(answers) },
        warnings,
        ...(parts && { parts }),
      };
    },
    close: () => calls.close(() => closeMembers(members)),
  };
}

function addStages(answers: readonly RerankResult[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { timings } of answers) {
    for (const [name, ms] of Object.entries(timings.stages)) sums[name] = (sums[name] ?? 0) + ms;
  }
  return sums;
}
