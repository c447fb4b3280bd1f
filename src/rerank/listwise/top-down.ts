import { inParallel } from "../../llm/calls/index.js";
import type { ChatModel } from "../../llm/chat-model.js";
import { checkWhole } from "../../numbers/check.js";
import type { Reranker } from "../../types/index.js";
import { type LlmRerankerOptions, llmReranker, templateFor } from "./llm-reranker.js";
import { MOST_LETTERS, rankWindow } from "./rank-window.js";
import type { RankingRun } from "./ranking-run.js";

export interface TopDownOptions extends LlmRerankerOptions {
  /** Documents of a prompt; at least 3. Default: 20. */
  readonly window?: number | undefined;
  /** How many of the first window stand above the pivot. Default: half of it. */
  readonly cutoff?: number | undefined;
  /** Most documents that go on to the next round, those that stand first. The paper's is `window`. Default: all. */
  readonly budget?: number | undefined;
}

/**
 * Ranks the head by top-down partitioning (Parry et al., 2405.14589): the first window is put in order, its middle
 * document is the pivot, all others are compared with the pivot in parallel, and those above it are ranked again.
 * 2 + ⌈(N − window) / (window − 1)⌉ calls in three steps where what is left fits a window, more where the first stage is
 * bad; the documents below the pivot keep their order.
 *
 * @throws RankwrightError INVALID_OPTION, INVALID_PROMPT
 */
export function topDown(model: ChatModel, options: TopDownOptions = {}): Reranker {
  const { prompt = "rankgpt", window = 20 } = options;
  const template = templateFor(prompt, ["listwise"], "topDown");
  checkWhole("window", window, 3, template.identifiers === "letters" ? MOST_LETTERS : undefined);
  const { cutoff = window >> 1, budget = Number.MAX_SAFE_INTEGER } = options;
  checkWhole("cutoff", cutoff, 1, window - 1);
  checkWhole("budget", budget, cutoff);

  async function rank(run: RankingRun): Promise<void> {
    run.plan(run.count <= window ? 1 : 2 + Math.ceil((run.count - window) / (window - 1)));
    const publish = (order: readonly number[]) => {
      run.order = [...order];
    };
    publish(await partition(run, run.order, publish));
  }

  /** @param publish told of a better order of `documents` */
  async function partition(
    run: RankingRun,
    documents: readonly number[],
    publish: (order: readonly number[]) => void,
  ): Promise<readonly number[]> {
    const rest = documents.slice(window);
    const first = documents.slice(0, window);
    const head = (await rankWindow(run, first)) ?? first;
    publish([...head, ...rest]);
    if (rest.length === 0) return head;

    const pivot = head[cutoff]!;
    const batches: number[][] = [];
    for (let start = 0; start < rest.length; start += window - 1)
      batches.push(rest.slice(start, start + window - 1));
    const above = await inParallel(batches, async (batch) => {
      const ranked = await rankWindow(run, [pivot, ...batch]);
      const better = new Set(ranked?.slice(0, ranked.indexOf(pivot)));
      return batch.filter((position) => better.has(position));
    });
    const joined = above.flat().slice(0, budget - cutoff);
    const candidates = [...head.slice(0, cutoff), ...joined];
    const chosen = new Set(joined);
    const others = [pivot, ...head.slice(cutoff + 1), ...rest.filter((position) => !chosen.has(position))];
    // What was above the pivot is in order already where nothing joined it.
    if (joined.length === 0) return [...candidates, ...others];
    const within = (order: readonly number[]) => [...order, ...others];
    publish(within(candidates));
    return within(await partition(run, candidates, (order) => publish(within(order))));
  }

  return llmReranker(model, options, {
    name: "top-down",
    template,
    kept: "their windows kept the incoming order",
    rank,
  });
}
