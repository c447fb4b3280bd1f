import { inParallel } from "../../llm/calls/index.js";
import { labelLogprobs, parseLabel } from "../../llm/parsing/index.js";
import { identifierOf } from "../../llm/prompts/index.js";
import type { Random } from "../../numbers/random.js";
import { MOST_LOGPROBS, noLogprobs, type Reading } from "./rank-window.js";
import type { RankingRun } from "./ranking-run.js";

export interface PickOptions {
  readonly reading: Reading;
  /** How often the documents are shown, each time but the first in another order; the answers vote. */
  readonly permutations: number;
  readonly random: Random;
}

/**
 * Asks which of some documents is the best. Votes are counted, or with log probabilities the probabilities summed; equal
 * ones go to the document that stands first. Where no answer is of use that is the first of all.
 */
export async function pickBest(
  run: RankingRun,
  positions: readonly number[],
  { reading, permutations, random }: PickOptions,
): Promise<number> {
  const first = positions[0]!;
  if (positions.length < 2) return first;
  const shown = Array.from({ length: permutations }, (_, time) =>
    time === 0 ? positions : random.shuffle([...positions]),
  );
  const votes = new Map(positions.map((position) => [position, 0]));
  for (const ballot of await inParallel(shown, (each) => ask(run, each, reading))) {
    for (const [position, vote] of ballot) votes.set(position, votes.get(position)! + vote);
  }
  return positions.reduce(
    (best, position) => (votes.get(position)! > votes.get(best)! ? position : best),
    first,
  );
}

/** A vote for one position, or a share for each. */
async function ask(
  run: RankingRun,
  positions: readonly number[],
  reading: Reading,
): Promise<readonly (readonly [position: number, vote: number])[]> {
  const logprobs = reading === "logprobs";
  const answer = await run.ask({ positions, ...(logprobs && { topLogprobs: MOST_LOGPROBS }) });
  if (!answer) return [];
  const labels = positions.map((_, index) => identifierOf(run.template.identifiers, index));
  if (logprobs) {
    if (!answer.logprobs) throw noLogprobs();
    const found = labelLogprobs(answer.logprobs, labels);
    run.note(found ? "ok" : "wrong_format", found !== undefined);
    return found ? positions.map((position, index) => [position, Math.exp(found.values[index]!)]) : [];
  }
  const label = parseLabel(answer, labels);
  run.note(label.class, label.position !== undefined);
  return label.position === undefined ? [] : [[positions[label.position]!, 1]];
}
