import {
  type Evidence,
  RankwrightError,
  type Reranker,
  type RerankResult,
  type ScoreScale,
  show,
} from "../types/index.js";
import type { Answer } from "./combine/ask.js";
import { askAll } from "./combine/ask-all.js";
import { checkMembers } from "./combine/check-members.js";
import type { Clock } from "./combine/clock.js";
import { type CombineOptions, type ComposedRanking, composed } from "./combine/composed.js";
import { asMember, type Given } from "./combine/member.js";
import { type Ranker, toReranker } from "./combine/to-reranker.js";
import { type FusionMethod, fuseScores, type Vote } from "./fuse/fuse-scores.js";
import { orderByScore } from "./order-by-score.js";
import type { ValidRequest } from "./validate-request.js";

export interface FuseMember {
  readonly reranker: Ranker;
  /** How much it counts; finite and not negative. Default: 1. */
  readonly weight?: number | undefined;
}

export interface FuseOptions extends CombineOptions {
  /** Default: `rrf`. */
  readonly method?: FusionMethod["method"] | undefined;
  /** For `rrf`. Default: 60, as in the paper. */
  readonly k?: number | undefined;
  /** For `weighted`. Default: `min-max`. */
  readonly normalise?: FusionMethod["normalise"] | undefined;
}

interface Voter {
  readonly reranker: Reranker;
  readonly weight: number;
}

/**
 * Has several rerankers rank all candidates at once and makes one ranking of theirs, by reciprocal ranks (`rrf`, the
 * default) or by the weighted mean of their normalised scores (`weighted`). Ties keep the candidates' order.
 *
 * Evidence is that of the first member that has some. A candidate that a member left without a score counts for it as absent. The scale is `rank` for `rrf` and z-scores,
 * `similarity` in [0, 1] for min-max, and for scores as they are (`normalise: "none"`) the members' own where they
 * agree. When one member fails, the others are ended and `rerank` throws its error; a member that the deadline leaves
 * without a ranking is left out, with a warning.
 *
 * `firstStage()` as a member interpolates with the scores that candidates came with.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function fuse(members: readonly Given<FuseMember>[], options: FuseOptions = {}): Reranker {
  const { method = "rrf", k = 60, normalise = "min-max" } = options;
  const fusion = { method, k, normalise };
  checkFusion(fusion);
  const voters = checkVoters(members);
  const names = voters.map(({ reranker, weight }) =>
    weight === 1 ? reranker.id : `${weight} ${reranker.id}`,
  );
  const parameters = method === "rrf" ? `rrf k ${k}` : normalise;
  return composed(
    {
      id: `fuse(${parameters}: ${names.join(", ")})`,
      scoreScale: scaleOf(
        fusion,
        voters.map(({ reranker }) => reranker.scoreScale),
      ),
      members: voters.map(({ reranker }) => reranker),
      rank: (request, clock) => rank(voters, fusion, request, clock),
    },
    options,
  );
}

async function rank(
  voters: readonly Voter[],
  fusion: FusionMethod,
  request: ValidRequest,
  clock: Clock,
): Promise<ComposedRanking> {
  const { documents } = request;
  const asked = await askAll(
    voters.map(({ reranker }) => reranker),
    request,
    clock,
  );
  const answers = asked.map(({ result }) => result).filter((result) => result !== undefined);
  const votes = asked.flatMap(({ result }, i) =>
    result ? [voteOf(result, documents.length, voters[i]!.weight)] : [],
  );
  const { scores, unscored } = fuseScores(votes, documents.length, fusion);
  const evidence = evidenceOf(answers);
  return {
    results: orderByScore(scores, unscored).map((index) => ({
      index,
      score: scores[index]!,
      scored: !unscored.has(index),
      document: documents[index]!,
      ...(evidence.has(index) && { evidence: evidence.get(index) }),
    })),
    scoreScale: scaleOf(
      fusion,
      answers.map(({ scoreScale }) => scoreScale),
    ),
    warnings: [...answers.flatMap(({ warnings }) => warnings), ...lateWarnings(voters, asked, request)],
    answers,
    parts: asked.map(({ part }) => part),
  };
}

function voteOf({ results }: RerankResult, documents: number, weight: number): Vote {
  const scores = new Array<number | undefined>(documents).fill(undefined);
  const ranks = new Array<number | undefined>(documents).fill(undefined);
  for (const [place, { index, score, scored }] of results.entries()) {
    if (scored === false) continue;
    scores[index] = score;
    ranks[index] = place + 1;
  }
  return { scores, ranks, weight };
}

/** By candidate: that of the first member that tells. */
function evidenceOf(answers: readonly RerankResult[]): ReadonlyMap<number, Evidence> {
  const known = new Map<number, Evidence>();
  for (const { index, evidence } of answers.flatMap(({ results }) => results)) {
    if (evidence && !known.has(index)) known.set(index, evidence);
  }
  return known;
}

function lateWarnings(voters: readonly Voter[], asked: readonly Answer[], { deadlineMs }: ValidRequest) {
  const late = voters.filter((_, v) => !asked[v]!.result).map(({ reranker }) => reranker.id);
  if (late.length === 0) return [];
  const message = `${late.join(", ")} ranked nothing within ${deadlineMs} ms; the ranking is that of the others.`;
  return [{ code: "deadline", message } as const];
}

function scaleOf({ method, normalise }: FusionMethod, scales: readonly ScoreScale[]): ScoreScale {
  if (method === "rrf" || normalise === "z-score") return "rank";
  if (normalise === "min-max") return "similarity";
  const [first] = scales;
  return first !== undefined && scales.every((scale) => scale === first) ? first : "rank";
}

/** @throws RankwrightError INVALID_OPTION */
function checkFusion({ method, k, normalise }: FusionMethod): void {
  const refuse = (field: string, value: unknown, mend: string) => {
    throw new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; ${mend}`, { field, value });
  };
  if (method !== "rrf" && method !== "weighted") refuse("method", method, "give rrf or weighted");
  if (!(k > -1 && k < Number.POSITIVE_INFINITY)) refuse("k", k, "give a number greater than -1");
  if (!["min-max", "z-score", "none"].includes(normalise)) {
    refuse("normalise", normalise, "give min-max, z-score or none");
  }
}

/** @throws RankwrightError INVALID_OPTION */
function checkVoters(members: readonly Given<FuseMember>[]): readonly Voter[] {
  checkMembers("fuse", members);
  const voters = members.map((given, v) => {
    const field = `fuse[${v}]`;
    const { reranker, weight = 1 } = asMember<FuseMember>(given);
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      const message = `${field}.weight is ${show(weight)}; give a finite number that is not negative`;
      throw new RankwrightError("INVALID_OPTION", message, { field: `${field}.weight`, value: weight });
    }
    return { reranker: toReranker(reranker, field), weight };
  });
  if (voters.some(({ weight }) => weight > 0)) return voters;
  const message = "every weight of fuse is 0; give at least one member a weight";
  throw new RankwrightError("INVALID_OPTION", message, { field: "fuse" });
}
