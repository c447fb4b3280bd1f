import { abortedError } from "../../../files/aborted-error.js";
import type { KnownJudgments } from "../../../llm/journal/index.js";
import { costOf, type Price } from "../../../llm/ledger/index.js";
import { RankwrightError } from "../../../types/index.js";
import { takeTurns } from "../../turns.js";
import type { LlmJudge } from "../llm-judge.js";
import type { PairQuestion } from "./pair-question.js";
import { judgmentKey, ORDERS, orderedQuestion } from "./recorded-question.js";

/** What asking a judge would take. */
export interface JudgingEstimate {
  readonly judge: string;
  readonly model: string;
  /** Questions that have no answer yet. */
  readonly calls: number;
  /** Questions that the journal answers. */
  readonly known: number;
  /** Questions that cannot be asked, since not even eight words of each document fit the context. */
  readonly tooLong: number;
  /** About as many; see `basis`. */
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** The most that answers may have. */
  readonly mostCompletionTokens: number;
  /** In the currency of the prices; absent where the price is unknown. */
  readonly cost?: number | undefined;
  /** With answers as long as they may be. */
  readonly mostCost?: number | undefined;
  /** Means of calls in the journal, or a rough guess. */
  readonly basis: "journal" | "guess";
}

export interface EstimateJudgingOptions {
  readonly questions: readonly PairQuestion[];
  readonly judges: readonly LlmJudge[];
  readonly journal?: KnownJudgments | undefined;
  readonly priceOf: (judge: LlmJudge) => Price | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Calls of a judge from which means are taken. */
const ENOUGH_CALLS = 20;
/** Tokens of `Passage A`, and of a few sentences with a score. */
const LABEL_TOKENS = 4;
const JUDGMENT_TOKENS = 200;

/**
 * Calls, tokens and money that judging would take, judge by judge, without a call.
 *
 * @throws RankwrightError INVALID_JOURNAL, ABORTED
 */
export async function estimateJudging(options: EstimateJudgingOptions): Promise<JudgingEstimate[]> {
  const estimates: JudgingEstimate[] = [];
  for (const judge of options.judges) estimates.push(await estimate(judge, options));
  return estimates;
}

async function estimate(judge: LlmJudge, options: EstimateJudgingOptions): Promise<JudgingEstimate> {
  const { questions, journal, priceOf, signal } = options;
  const turn = takeTurns(undefined);
  let [calls, known, tooLong, promptTokens, mostCompletionTokens, guessed] = [0, 0, 0, 0, 0, 0];
  for (const question of questions) {
    await turn();
    if (signal?.aborted) throw abortedError(signal);
    for (const order of ORDERS) {
      try {
        if (journal?.find(judgmentKey(judge, question, order))) {
          known++;
          continue;
        }
        const { chat, promptTokens: tokens } = judge.request(orderedQuestion(question, order));
        calls++;
        promptTokens += tokens;
        mostCompletionTokens += chat.maxTokens ?? Number.POSITIVE_INFINITY;
        guessed += Math.min(
          chat.schema ? JUDGMENT_TOKENS : LABEL_TOKENS,
          chat.maxTokens ?? Number.POSITIVE_INFINITY,
        );
      } catch (error) {
        if (!RankwrightError.isInstance(error) || error.code !== "CONTEXT_EXCEEDED") throw error;
        tooLong++;
      }
    }
  }
  const means = meansOf(judge, journal);
  const price = priceOf(judge);
  const about = {
    promptTokens: means ? Math.round(calls * means.promptTokens) : promptTokens,
    completionTokens: means ? Math.round(calls * means.completionTokens) : guessed,
  };
  return {
    ...{ judge: judge.id, model: judge.model.id, calls, known, tooLong },
    ...about,
    mostCompletionTokens,
    ...(price && {
      cost: totalCost(price, calls, about),
      mostCost: totalCost(price, calls, { ...about, completionTokens: mostCompletionTokens }),
    }),
    basis: means ? "journal" : "guess",
  };
}

function meansOf(judge: LlmJudge, journal: KnownJudgments | undefined) {
  const rows = journal?.totals.byJudge().filter((row) => row.judge === judge.id) ?? [];
  let [calls, promptTokens, completionTokens] = [0, 0, 0];
  for (const row of rows) {
    if (row.promptTokens === undefined || row.completionTokens === undefined) return undefined;
    calls += row.calls;
    promptTokens += row.promptTokens;
    completionTokens += row.completionTokens;
  }
  if (calls < ENOUGH_CALLS) return undefined;
  return { promptTokens: promptTokens / calls, completionTokens: completionTokens / calls };
}

/** Linear in tokens and calls, so that means will do. */
function totalCost(price: Price, calls: number, tokens: { promptTokens: number; completionTokens: number }) {
  if (calls === 0) return 0;
  const mean = costOf(price, {
    promptTokens: tokens.promptTokens / calls,
    completionTokens: tokens.completionTokens / calls,
    searchUnits: 0,
  });
  return mean === undefined ? undefined : calls * mean;
}
