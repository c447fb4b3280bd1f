import { inParallel } from "../../llm/calls/index.js";
import type { ChatModel } from "../../llm/chat-model.js";
import { checkWhole } from "../../numbers/check.js";
import { Random } from "../../numbers/random.js";
import type { Reranker } from "../../types/index.js";
import { type LlmRerankerOptions, llmReranker, templateFor } from "./llm-reranker.js";
import { MOST_LETTERS } from "./rank-window.js";
import type { RankingRun } from "./ranking-run.js";
import { selectFew } from "./select-few.js";
import { tournamentStages } from "./tournament-stages.js";

export interface TournamentOptions extends LlmRerankerOptions {
  /** Tournaments whose points are summed. Default: 1. */
  readonly rounds?: number | undefined;
  /** Most documents of a group, hence of a prompt; at least 5. Default: 20. */
  readonly groupSize?: number | undefined;
}

/**
 * Ranks by tournaments (TourRank, 2406.11678): documents meet in groups that span the first stage's ranks, shown in
 * random order, the best of a group advance and get a point, and points decide, equal ones by the order given. 13 calls
 * a round for 100 documents, those of one stage and of different rounds in parallel.
 *
 * @throws RankwrightError INVALID_OPTION, INVALID_PROMPT
 */
export function tournament(model: ChatModel, options: TournamentOptions = {}): Reranker {
  const { prompt = "tourrank", rounds = 1, groupSize = 20, seed = 1 } = options;
  const template = templateFor(prompt, ["selection", "listwise"], "tournament");
  checkWhole("rounds", rounds, 1);
  const most = template.identifiers === "letters" ? MOST_LETTERS : Number.MAX_SAFE_INTEGER;
  checkWhole("groupSize", groupSize, 5, most);

  async function rank(run: RankingRun): Promise<void> {
    const given = run.order;
    const stages = tournamentStages(run.count, groupSize);
    // Two documents have no stage, and are asked about all the same.
    if (stages.length === 0) stages.push({ from: 2, to: 1, groups: 1 });
    run.plan(rounds * stages.reduce((calls, { groups }) => calls + groups, 0));
    const points = new Float64Array(run.count);
    const award = (positions: readonly number[]) => {
      for (const position of positions) points[position]!++;
      run.order = given.toSorted((a, b) => points[b]! - points[a]!);
    };
    // Each round has its own chance, so that the calls of one do not depend on how fast another is.
    const seeds = Array.from({ length: rounds }, (_, round) => seed + round);
    await inParallel(seeds, async (seed) => {
      const random = new Random(seed);
      let field = given;
      for (const { to, groups } of stages) {
        const parts = Array.from({ length: groups }, (_, group) =>
          field.filter((_, rank) => rank % groups === group),
        );
        const shown = parts.map((part) => random.shuffle([...part]));
        const advanced = await inParallel(parts, async (part, group) => {
          const pick = Math.floor(to / groups) + (group < to % groups ? 1 : 0);
          const best = await selectFew(run, shown[group]!, part, pick);
          award(best);
          return best;
        });
        const next = new Set(advanced.flat());
        field = field.filter((position) => next.has(position));
      }
    });
  }

  return llmReranker(model, options, {
    name: "tournament",
    template,
    kept: "the first stage's order decided in their groups",
    rank,
  });
}
