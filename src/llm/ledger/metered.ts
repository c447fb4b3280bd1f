import type { ChatAnswer, ChatModel, ChatOptions, ChatRequest } from "../chat-model.js";
import { accounted } from "./accounted.js";
import type { Ledger } from "./ledger.js";
import { type CountTokens, upperBound } from "./upper-bound.js";

export interface MeteredOptions {
  readonly ledger: Ledger;
  /** What the calls are for. */
  readonly stage: string;
  /** The model's own tokenizer, for tighter reservations. Default: bytes of UTF-8, which no model exceeds. */
  readonly countTokens?: CountTokens | undefined;
}

/**
 * A chat model that keeps books: each call has room in the budget before it is made, stands in the ledger afterwards,
 * and its answer tells the cost. A call that failed so that it may be billed counts as one of unknown cost.
 *
 * `chat` throws BUDGET_EXCEEDED instead of making a call that could break the budget.
 */
export function metered(model: ChatModel, { ledger, stage, countTokens }: MeteredOptions): ChatModel {
  const { id, contextTokens } = model;

  async function chat(request: ChatRequest, options: ChatOptions = {}): Promise<ChatAnswer> {
    const { value, cost } = await accounted(
      ledger,
      { stage, model: id },
      upperBound(request, contextTokens, countTokens),
      () => model.chat(request, options),
      (answer) => ({ ...answer, used: answer.usage, answeredBy: answer.model }),
      options,
    );
    // A cost of the model's own, from another ledger, would not be in this one's currency.
    const { cost: _, ...answer } = value;
    return cost === undefined ? answer : { ...answer, cost };
  }

  return { id, contextTokens, chat };
}
