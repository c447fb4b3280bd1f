import { orAborted } from "../../files/or-aborted.js";
import { Watchdog } from "../../http/watchdog.js";
import { RankwrightError } from "../../types/index.js";
import type { ChatOptions } from "../chat-model.js";
import { type Amount, type Budget, breaks, checkBudget, type Limited } from "./budget.js";
import { budgetExceeded } from "./budget-exceeded.js";
import { type Consumption, checkPrices, costOf, type Price, type PriceTable } from "./price.js";
import { sum, type Tally, tallyOf } from "./tally.js";

export interface LedgerOptions {
  /** Default: none, so that every cost is unknown. */
  readonly prices?: PriceTable | undefined;
  /** Default: no limits. */
  readonly budget?: Budget | undefined;
  /** Of the price table, for those who read it; e.g. `USD`. */
  readonly currency?: string | undefined;
}

/** Whom a call is for, and the model it goes to. */
export interface Purpose {
  /** What it is needed for, e.g. `listwise` or `judge`. */
  readonly stage: string;
  /** As the caller names it. */
  readonly model: string;
}

/** A call that ended. */
export interface Spending extends Purpose {
  /** Absent where the provider did not tell. */
  readonly used?: Consumption | undefined;
  /** As the server names the model; its price counts where there is none for the caller's name. */
  readonly answeredBy?: string | undefined;
  /** Requests that it took. Default: 1. */
  readonly requests?: number | undefined;
  /** What counts against the budget where the provider did not tell. */
  readonly atMost?: Consumption | undefined;
}

/** Room in the budget for one call under way. End it once, in one of three ways. */
export interface Reservation {
  /**
   * The call was answered; returns its cost, undefined where that is unknown. `lost` requests before the answer may be
   * billed too: each counts as a call of unknown cost, and as much as was reserved stays taken for it.
   */
  settle(spent: Omit<Spending, keyof Purpose | "atMost">, lost?: number): number | undefined;
  /** No answer came, and nobody knows whether the requests are billed. */
  abandon(lost?: number): void;
  /** The call is not billed. */
  release(): void;
}

/** One line of the ledger. */
export interface LedgerEntry extends Tally, Purpose {}

export interface LedgerSnapshot {
  readonly currency: string | undefined;
  readonly budget: Budget;
  readonly total: Tally;
  readonly entries: readonly LedgerEntry[];
}

/**
 * What calls to remote models take and cost, by stage and model, from the providers' own figures. A budget is kept
 * before each call: the most that the call could take is reserved first, so that calls under way at the same time
 * cannot break it together.
 */
export class Ledger {
  readonly currency: string | undefined;
  readonly budget: Budget;
  readonly #prices: PriceTable;
  readonly #entries = new Map<string, LedgerEntry>();
  /** What counts against the budget: known costs, and the most that unknown ones can be. */
  readonly #spent: Record<Limited, number> = { cost: 0, calls: 0, tokens: 0 };
  readonly #underWay = new Set<Amount>();
  readonly #waiting = new Set<() => void>();

  /** @throws RankwrightError INVALID_OPTION */
  constructor(options: LedgerOptions = {}) {
    this.currency = options.currency;
    this.#prices = checkPrices({ ...options.prices });
    this.budget = checkBudget({ ...options.budget });
  }

  /** The price of the first of these names that has one. */
  priceOf(...models: readonly (string | undefined)[]): Price | undefined {
    const name = models.find((model) => model !== undefined && Object.hasOwn(this.#prices, model));
    return name === undefined ? undefined : this.#prices[name];
  }

  /**
   * Takes room for a call that uses `most` at the most. Waits where the budget would do once calls under way turn
   * out cheaper than they could be.
   *
   * @throws RankwrightError BUDGET_EXCEEDED, ABORTED, DEADLINE_EXCEEDED
   */
  async reserve(purpose: Purpose, most: Consumption, options: ChatOptions = {}): Promise<Reservation> {
    const amount = this.#amountOf(purpose, most);
    for (;;) {
      const part = breaks(this.budget, this.#taken(), amount);
      if (part === undefined) break;
      if (this.#underWay.size === 0 || breaks(this.budget, this.#spent, amount) !== undefined) {
        throw budgetExceeded(part, this, purpose, { left: this.#left(part), need: amount[part] });
      }
      await this.#change(options);
    }
    this.#underWay.add(amount);
    return this.#reservation(purpose, amount);
  }

  /** Writes down a call that nobody reserved for, e.g. one read from a journal; returns its cost. */
  record(spending: Spending): number | undefined {
    const cost = this.#costOf(spending);
    const most = this.#amountOf(spending, spending.used ?? spending.atMost ?? {});
    this.#spend({ ...most, cost: cost ?? most.cost });
    this.#write(spending, cost);
    return cost;
  }

  /** Sums over all calls, or over those of one stage or model. */
  total({ stage, model }: Partial<Purpose> = {}): Tally {
    const entries = [...this.#entries.values()];
    return sum(
      entries.filter(
        (entry) => (stage ?? entry.stage) === entry.stage && (model ?? entry.model) === entry.model,
      ),
    );
  }

  /** All there is, as JSON has it. */
  snapshot(): LedgerSnapshot {
    const entries = [...this.#entries.values()].map((entry) => ({ ...entry }));
    return { currency: this.currency, budget: { ...this.budget }, total: this.total(), entries };
  }

  #reservation(purpose: Purpose, amount: Amount): Reservation {
    const end = (spent: Amount, lost: number) => {
      if (!this.#underWay.delete(amount)) {
        throw new RankwrightError("INTERNAL", "A reservation was ended twice; please report it.");
      }
      for (let i = 0; i < lost; i++) {
        this.#spend(amount);
        this.#write(purpose, undefined);
      }
      this.#spend(spent);
    };
    return {
      settle: (spent, lost = 0) => {
        const cost = this.#costOf({ ...purpose, ...spent });
        // Where the provider does not tell, the most that it can be keeps the budget.
        end({ cost: cost ?? amount.cost, calls: 1, tokens: tokensOf(spent.used) ?? amount.tokens }, lost);
        this.#write({ ...purpose, ...spent }, cost);
        return cost;
      },
      abandon: (lost = 1) => end(NO_AMOUNT, lost),
      release: () => end(NO_AMOUNT, 0),
    };
  }

  #costOf({ model, answeredBy, used = {} }: Spending): number | undefined {
    return costOf(this.priceOf(model, answeredBy), used);
  }

  #write({ stage, model, used, requests = 1 }: Spending, cost: number | undefined): void {
    const key = JSON.stringify([stage, model]);
    const before = this.#entries.get(key);
    const call = tallyOf(used, cost, requests);
    this.#entries.set(key, { stage, model, ...sum(before ? [before, call] : [call]) });
  }

  /** Until the end of some call under way. */
  async #change({ signal, deadline = Number.POSITIVE_INFINITY }: ChatOptions): Promise<void> {
    const watchdog = new Watchdog(Math.max(0, deadline - performance.now()), signal);
    try {
      await orAborted(new Promise<void>((resolve) => this.#waiting.add(resolve)), watchdog.signal);
    } catch (error) {
      if (!watchdog.barked) throw error;
      throw new RankwrightError(
        "DEADLINE_EXCEEDED",
        "The deadline came before the budget had room for the call.",
      );
    } finally {
      watchdog.stop();
    }
  }

  #spend({ cost, calls, tokens }: Amount): void {
    this.#spent.cost += cost ?? 0;
    this.#spent.calls += calls;
    this.#spent.tokens += tokens ?? 0;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #taken(): Record<Limited, number> {
    const taken = { ...this.#spent };
    for (const { cost, calls, tokens } of this.#underWay) {
      taken.cost += cost ?? 0;
      taken.calls += calls;
      taken.tokens += tokens ?? 0;
    }
    return taken;
  }

  #left(part: Limited): number {
    return Math.max(0, (this.budget[part] ?? 0) - this.#spent[part]);
  }

  #amountOf({ model }: Purpose, most: Consumption): Amount {
    return { cost: finite(costOf(this.priceOf(model), most)), calls: 1, tokens: finite(tokensOf(most)) };
  }
}

const NO_AMOUNT: Amount = { cost: 0, calls: 0, tokens: 0 };

function tokensOf(used: Consumption | undefined): number | undefined {
  const { promptTokens, completionTokens } = used ?? {};
  return promptTokens === undefined ? undefined : promptTokens + (completionTokens ?? 0);
}

function finite(amount: number | undefined): number | undefined {
  return Number.isFinite(amount) ? amount : undefined;
}
