import {
  RankwrightError,
  type Reranker,
  type RerankResult,
  show,
  type Warning,
  type WarningCode,
} from "../types/index.js";
import { type Answer, ask } from "./combine/ask.js";
import { checkMembers } from "./combine/check-members.js";
import type { Clock } from "./combine/clock.js";
import { type CombineOptions, type ComposedRanking, composed } from "./combine/composed.js";
import { asMember, type Given } from "./combine/member.js";
import { skippedPart } from "./combine/part-record.js";
import { type Ranker, toReranker } from "./combine/to-reranker.js";
import { unscoredReason } from "./combine/unscored-reason.js";
import { mapResults, mapWarnings } from "./map-documents.js";
import type { ValidRequest } from "./validate-request.js";

export interface CascadeStage {
  readonly reranker: Ranker;
  /** How many of this stage's best the next stage ranks; a positive whole number. Default: all. Not for the last stage. */
  readonly keep?: number | undefined;
}

interface Stage {
  readonly reranker: Reranker;
  readonly keep: number;
}

/** How candidates stand after a stage. */
interface Standing {
  readonly stage: number;
  readonly answer: RerankResult;
  /** In the stage's order, with indices of the request. */
  readonly ranked: RerankResult["results"];
  /** Those that earlier stages dropped: the latest stage's first, each stage's in its order. */
  readonly below: RerankResult["results"];
}

/**
 * Ranks in stages, each over the best of the one before: a cheap one looks at all candidates, a dear one at a few.
 *
 * Scores of different stages do not compare. The result has the last stage's scores and scale; candidates that an
 * earlier stage dropped follow in its order, with `scored: false` and the lowest score of the last stage. Each stage
 * gets what is left of the request's deadline: when it is over, the ranking is that of the last stage that scored
 * anything, on that stage's scale, with a `deadline` warning.
 *
 * @throws RankwrightError INVALID_OPTION; `rerank` throws what the stages throw
 */
export function cascade(stages: readonly Given<CascadeStage>[], options: CombineOptions = {}): Reranker {
  const checked = checkStages(stages);
  const names = checked.map(({ reranker, keep }) =>
    keep === Number.POSITIVE_INFINITY ? reranker.id : `${reranker.id} keep ${keep}`,
  );
  return composed(
    {
      id: `cascade(${names.join(", ")})`,
      scoreScale: checked.at(-1)!.reranker.scoreScale,
      members: checked.map(({ reranker }) => reranker),
      rank: (request, clock) => rank(checked, request, clock),
    },
    options,
  );
}

async function rank(stages: readonly Stage[], request: ValidRequest, clock: Clock): Promise<ComposedRanking> {
  const { documents, topN, signal } = request;
  const onProgress = stageProgress(stages, request);
  const answers: Answer[] = [];
  const warnings: Warning[] = [];
  let standing: Standing | undefined;
  let reason: WarningCode | undefined;
  let going = documents.map((_, index) => index);
  for (const [s, { reranker, keep }] of stages.entries()) {
    // The first is asked whatever the time: nothing but the order given is known before it.
    if (standing && clock.isOver) break;
    const isLast = s === stages.length - 1;
    // Whoever wants no more than what goes on never sees the order of the others.
    const wanted = isLast ? topN : topN <= keep ? keep : documents.length;
    const question = {
      documents: going.map((index) => documents[index]!),
      topN: Math.min(wanted, going.length),
      signal,
      onProgress: onProgress(s),
    };
    const answer = await ask(reranker, request, question, clock);
    answers.push(answer);
    const { result } = answer;
    if (!result) break;
    // Without a score an order says nothing; the one before it does.
    reason = standing && unscoredReason(result);
    const told = reason ? result.warnings.filter(({ code }) => code !== "deadline") : result.warnings;
    warnings.push(...mapWarnings(told, going));
    if (reason) break;
    standing = {
      stage: s,
      answer: result,
      ranked: mapResults(result.results, going),
      below: standing ? [...standing.ranked.slice(stages[s - 1]!.keep), ...standing.below] : [],
    };
    going = standing.ranked.slice(0, keep).map(({ index }) => index);
  }
  return {
    ...scoresOf(standing, stages, request),
    warnings: [...warnings, ...missingStages(standing, stages, request, { going, reason })],
    answers: answers.map(({ result }) => result).filter((result) => result !== undefined),
    parts: stages.map(({ reranker }, s) => answers[s]?.part ?? skippedPart(reranker.id)),
  };
}

/** The last ranking that counts, and those below it without a score on its scale. */
function scoresOf(standing: Standing | undefined, stages: readonly Stage[], { documents }: ValidRequest) {
  if (!standing) {
    const results = documents.map((document, index) => ({ index, document, score: 0, scored: false }));
    return { results, scoreScale: stages[0]!.reranker.scoreScale };
  }
  const { ranked, below, answer } = standing;
  const floor = ranked.at(-1)!.score;
  const dropped = below.map(({ index, document }) => ({ index, document, score: floor, scored: false }));
  return { results: [...ranked, ...dropped], scoreScale: answer.scoreScale };
}

/** Where stages did not get to rank: the stages that did have warned of what they left out themselves. */
function missingStages(
  standing: Standing | undefined,
  stages: readonly Stage[],
  { deadlineMs, documents }: ValidRequest,
  {
    going,
    reason: code = "deadline",
  }: { readonly going: readonly number[]; readonly reason?: WarningCode | undefined },
): Warning[] {
  const reached = standing ? standing.stage + 1 : 0;
  if (reached === stages.length) return [];
  const missing = stages.slice(reached).map(({ reranker }) => reranker.id);
  const consequence = standing
    ? `scores are those of ${standing.answer.model}, on the scale ${standing.answer.scoreScale}`
    : "the candidates stand in the order given";
  const time = code === "deadline" ? ` within ${deadlineMs} ms` : "";
  return [
    {
      code,
      message: `${missing.join(", ")} ranked nothing${time}, so that ${reached} of ${stages.length} stages count; ${consequence}.`,
      documents: standing ? going.toSorted((a, b) => a - b) : documents.map((_, index) => index),
    },
  ];
}

/** Progress over all stages, counted in candidates that a stage has ranked. */
function stageProgress(stages: readonly Stage[], { documents, onProgress }: ValidRequest) {
  if (!onProgress) return () => undefined;
  const sizes: number[] = [];
  let size = documents.length;
  for (const { keep } of stages) {
    sizes.push(size);
    size = Math.min(size, keep);
  }
  const all = sizes.reduce((sum, each) => sum + each, 0);
  return (s: number) => {
    const before = sizes.slice(0, s).reduce((sum, each) => sum + each, 0);
    return (done: number, total: number) =>
      onProgress(before + Math.round((sizes[s]! * done) / Math.max(1, total)), all);
  };
}

/** @throws RankwrightError INVALID_OPTION */
function checkStages(stages: readonly Given<CascadeStage>[]): readonly Stage[] {
  checkMembers("cascade", stages);
  return stages.map((given, s) => {
    const field = `cascade[${s}]`;
    const { reranker, keep } = asMember<CascadeStage>(given);
    const refuse = (mend: string) => {
      const message = `${field}.keep is ${show(keep)}; ${mend}`;
      throw new RankwrightError("INVALID_OPTION", message, { field: `${field}.keep`, value: keep });
    };
    if (keep !== undefined && !(Number.isSafeInteger(keep) && keep > 0))
      refuse("give a positive whole number");
    if (keep !== undefined && s === stages.length - 1) {
      refuse("after the last stage there is none to keep candidates for; leave it out, and use topN");
    }
    return { reranker: toReranker(reranker, field), keep: keep ?? Number.POSITIVE_INFINITY };
  });
}
