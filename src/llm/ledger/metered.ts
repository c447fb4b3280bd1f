import type { ChatAnswer, ChatModel, ChatOptions, ChatRequest } from "../chat-model.js";
import { RemoteFailure } from "../http/remote-failure.js";
import type { Ledger, Purpose } from "./ledger.js";
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
  const purpose: Purpose = { stage, model: model.id };

  async function chat(request: ChatRequest, options: ChatOptions = {}): Promise<ChatAnswer> {
    const most = upperBound(request, model.contextTokens, countTokens);
    const reservation = await ledger.reserve(purpose, most, options);
    let answer: ChatAnswer;
    try {
      answer = await model.chat(request, options);
    } catch (error) {
      // A model that is none of ours does not tell: it may have been billed.
      const lost = error instanceof RemoteFailure ? error.unaccounted : 1;
      if (lost === 0) reservation.release();
      else reservation.abandon(lost);
      throw error;
    }
    const { usage, attempts, unaccounted: lost = 0 } = answer;
    const spent = { used: usage, answeredBy: answer.model, requests: attempts - lost };
    const cost = reservation.settle(spent, lost);
    return cost === undefined ? withoutCost(answer) : { ...answer, cost };
  }

  return { id: model.id, contextTokens: model.contextTokens, chat };
}

/** A cost of the model's own, from another ledger, would not be in this one's currency. */
function withoutCost({ cost: _, ...answer }: ChatAnswer): ChatAnswer {
  return answer;
}
