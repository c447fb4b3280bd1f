import type { ChatModel } from "../../llm/chat-model.js";
import { checkWhole } from "../../numbers/check.js";
import { Random } from "../../numbers/random.js";
import type { Reranker } from "../../types/index.js";
import { bubblesortTop } from "./bubblesort.js";
import { checkChoice } from "./check-choice.js";
import { heapsortTop } from "./heapsort.js";
import { type LlmRerankerOptions, llmReranker, templateFor } from "./llm-reranker.js";
import { pickBest } from "./pick-best.js";
import { MOST_LETTERS, MOST_LOGPROBS, READINGS, type Reading } from "./rank-window.js";
import type { RankingRun } from "./ranking-run.js";

export interface SetwiseOptions extends LlmRerankerOptions {
  /** Documents that a document is compared with at once; 1 for bubblesort only. Default: 2, hence three in a prompt. */
  readonly children?: number | undefined;
  /** Default: `heapsort`, the cheaper one. */
  readonly sort?: "heapsort" | "bubblesort" | undefined;
  /** How many are ranked, `topN` at most; the others keep their order. Default: 10. */
  readonly depth?: number | undefined;
  /** How often each comparison is asked, shown in different orders; the answers vote. Default: 1. */
  readonly permutations?: number | undefined;
  /** `logprobs`: the most probable label, whatever the text says. Default: `text`. */
  readonly reading?: Reading | undefined;
}

/**
 * Ranks the best few by asking for the best of a few documents (Zhuang et al., 2310.09497). Heapsort takes about
 * N / children + depth · log(N) / log(children) calls: about 120 for 100 documents, a depth of 10 and two children.
 *
 * @throws RankwrightError INVALID_OPTION, INVALID_PROMPT
 */
export function setwise(model: ChatModel, options: SetwiseOptions = {}): Reranker {
  const { prompt = "setwise", children = 2, sort = "heapsort", depth = 10 } = options;
  const { permutations = 1, reading = "text", seed = 1 } = options;
  const template = templateFor(prompt, children === 1 ? ["setwise", "pairwise"] : ["setwise"], "setwise");
  const most = reading === "logprobs" ? MOST_LOGPROBS : MOST_LETTERS;
  // With one child a heap is a chain, and sorting it takes N² comparisons.
  checkWhole("children", children, sort === "heapsort" ? 2 : 1, most - 1);
  checkWhole("depth", depth, 1);
  checkWhole("permutations", permutations, 1);
  checkChoice("sort", sort, ["heapsort", "bubblesort"]);
  checkChoice("reading", reading, READINGS);

  async function rank(run: RankingRun): Promise<void> {
    const random = new Random(seed);
    const given = run.order;
    const sizes = { children, depth: Math.min(depth, run.topN, run.count) };
    const pick = (positions: readonly number[]) =>
      pickBest(run, positions, { reading, permutations, random });
    run.plan(expectedCalls(run.count, sizes, sort) * permutations);
    if (sort === "bubblesort") {
      await bubblesortTop(given, sizes, pick, (order) => {
        run.order = [...order];
      });
    } else {
      await heapsortTop(given, sizes, pick, (best) => {
        const known = new Set(best);
        run.order = [...best, ...given.filter((position) => !known.has(position))];
      });
    }
  }

  return llmReranker(model, options, {
    name: `setwise ${sort}`,
    template,
    kept: "their documents kept the incoming order",
    rank,
  });
}

/** Roughly: it depends on the answers. */
function expectedCalls(
  count: number,
  { children, depth }: { readonly children: number; readonly depth: number },
  sort: "heapsort" | "bubblesort",
): number {
  if (sort === "bubblesort") return Math.ceil((count - 1) / children) * depth;
  const height = Math.ceil(Math.log(count) / Math.log(Math.max(2, children)));
  return Math.ceil((count - 1) / children) + (depth - 1) * height;
}
