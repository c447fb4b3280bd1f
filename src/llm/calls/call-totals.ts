import { RankwrightError, type RemoteUsage } from "../../types/index.js";
import type { ChatAnswer } from "../chat-model.js";

/** Of calls without an answer, those that a provider may bill all the same. */
const MAYBE_BILLED = ["REMOTE_TIMEOUT", "REMOTE_BAD_RESPONSE", "DEADLINE_EXCEEDED", "ABORTED"];

/** Sums of calls. What one of them does not tell is unknown for all, never 0. */
export class CallTotals {
  #calls = 0;
  #promptTokens = 0;
  #completionTokens = 0;
  #cost = 0;
  #tokensKnown = true;
  #costKnown = true;

  answered({ usage, cost }: ChatAnswer): void {
    this.#calls++;
    if (usage) {
      this.#promptTokens += usage.promptTokens;
      this.#completionTokens += usage.completionTokens;
    } else {
      this.#tokensKnown = false;
    }
    if (cost === undefined) this.#costKnown = false;
    else this.#cost += cost;
  }

  /** A call that a budget stopped was not made; one that nobody waited for may cost something. */
  failed(error: unknown): void {
    const code = RankwrightError.isInstance(error) ? error.code : undefined;
    if (code === "BUDGET_EXCEEDED") return;
    this.#calls++;
    if (code === undefined || MAYBE_BILLED.includes(code)) {
      this.#tokensKnown = false;
      this.#costKnown = false;
    }
  }

  get usage(): RemoteUsage {
    const calls = this.#calls;
    return {
      calls,
      ...(calls > 0 &&
        this.#tokensKnown && { promptTokens: this.#promptTokens, completionTokens: this.#completionTokens }),
      ...(calls > 0 && this.#costKnown && { cost: this.#cost }),
    };
  }
}
