import type { ChatModel } from "../../llm/chat-model.js";
import { checkWhole } from "../../numbers/check.js";
import { Random } from "../../numbers/random.js";
import type { Reranker } from "../../types/index.js";
import { type Aggregate, borda } from "./borda.js";
import { checkChoice } from "./check-choice.js";
import { type LlmRerankerOptions, llmReranker, templateFor } from "./llm-reranker.js";
import { MOST_LETTERS, MOST_LOGPROBS, READINGS, type Reading, rankWindow } from "./rank-window.js";
import type { RankingRun } from "./ranking-run.js";
import { rankShuffled } from "./self-consistency.js";
import { slidingWindows } from "./windows.js";

export interface ListwiseOptions extends LlmRerankerOptions {
  /** Documents of a prompt. Default: 20. */
  readonly window?: number | undefined;
  /** How far a window moves; below `window`. One pass carries `window` − `stride` documents to the front. Default: half of it. */
  readonly stride?: number | undefined;
  /** How often the windows pass over the list, at most: a pass that changes nothing is the last. Default: 1. */
  readonly passes?: number | undefined;
  /** Permutation self-consistency: how often each thing is asked, shown in different orders. Default: 1. */
  readonly permutations?: number | undefined;
  /** What is shown in different orders: the documents of each `window` (default), or the `list` that windows pass over. */
  readonly shuffle?: "window" | "list" | undefined;
  /** Makes one order of several. Default: `borda`. */
  readonly aggregate?: Aggregate | undefined;
  /** `logprobs`: the order of the identifiers at the first token (FIRST, 2406.15657); needs letters. Default: `text`. */
  readonly reading?: Reading | undefined;
}

/**
 * Ranks by windows that slide from the back of the list to the front, each put in order by a chat model (RankGPT,
 * 2304.09542): 1 + ⌈(N − window) / stride⌉ calls a pass, one after the other.
 *
 * @throws RankwrightError INVALID_OPTION, INVALID_PROMPT
 */
export function listwise(model: ChatModel, options: ListwiseOptions = {}): Reranker {
  const { reading = "text", prompt = reading === "logprobs" ? "first" : "rankgpt" } = options;
  const template = templateFor(prompt, ["listwise"], "listwise");
  const { window = 20, stride = Math.ceil(window / 2), passes = 1, permutations = 1, seed = 1 } = options;
  const { shuffle = "window", aggregate = borda } = options;
  checkChoice("reading", reading, READINGS);
  checkChoice("shuffle", shuffle, ["window", "list"]);
  const letters = template.identifiers === "letters" ? MOST_LETTERS : Number.MAX_SAFE_INTEGER;
  checkWhole("window", window, 2, reading === "logprobs" ? Math.min(letters, MOST_LOGPROBS) : letters);
  checkWhole("stride", stride, 1, window - 1);
  checkWhole("passes", passes, 1);
  checkWhole("permutations", permutations, 1);

  async function rank(run: RankingRun): Promise<void> {
    const windows = slidingWindows(run.count, window, stride);
    run.plan(windows.length * passes * permutations);
    const ask = (positions: readonly number[]) => rankWindow(run, positions, reading);
    const shuffled = { permutations, random: new Random(seed), aggregate };

    /** One pass over `given`; `publish` is told of each better order. Undefined where no answer was of use. */
    const slide = async (
      given: readonly number[],
      rankOne: typeof ask,
      publish: (order: readonly number[]) => void,
    ): Promise<readonly number[] | undefined> => {
      const order = [...given];
      let useful = false;
      for (const [start, end] of windows) {
        const ranked = await rankOne(order.slice(start, end));
        if (!ranked) continue;
        useful = true;
        order.splice(start, ranked.length, ...ranked);
        publish([...order]);
      }
      return useful ? order : undefined;
    };
    const publish = (order: readonly number[]) => {
      run.order = order;
    };
    for (let pass = 0; pass < passes; pass++) {
      const before = run.order;
      if (shuffle === "window") {
        await slide(before, (positions) => rankShuffled(positions, shuffled, ask, () => {}), publish);
      } else {
        // The pass over the order given tells of its progress until whole passes can be aggregated.
        const first = (list: readonly number[], time: number) =>
          slide(list, ask, time === 0 ? (order) => run.order === before && publish(order) : () => {});
        await rankShuffled(before, shuffled, first, publish);
      }
      if (before.every((position, index) => run.order[index] === position)) return;
    }
  }

  return llmReranker(model, options, {
    name: "listwise",
    template,
    kept: "their windows kept the incoming order",
    rank,
  });
}
