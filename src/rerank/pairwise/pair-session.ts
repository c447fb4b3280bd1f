import { setMaxListeners } from "node:events";
import { beforeDeadline, inParallel, Stopped, type StopReason } from "../../llm/calls/index.js";
import { Slots } from "../../llm/calls/slots.js";
import { consequenceOf } from "../../llm/calls/stopped.js";
import type { Comparison } from "../../preference/index.js";
import {
  type Document,
  type Judge,
  type Preference,
  RankwrightError,
  type RemoteUsage,
} from "../../types/index.js";
import { STOP_CODES } from "./both-orders.js";
import { checkPreference } from "./check-preference.js";
import { PairReceipt } from "./pair-receipt.js";
import type { Outcome } from "./pairwise-run.js";
import type { JudgedPair } from "./report/judged-pair.js";
import { UsageSum } from "./usage-sum.js";
import type { WeightedJudge } from "./weighted-judges.js";

export interface PairSessionInput {
  readonly judges: readonly WeightedJudge[];
  readonly query: string;
  readonly documents: readonly Document[];
  /** Pairs under way at once, over all judges. */
  readonly concurrency: number;
  readonly instruction?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** `performance.now()` value after which no answer counts. */
  readonly deadline?: number | undefined;
}

/** Pairs that fail one after the other before a judge is asked no more. */
const FAILURES = 3;

/** The questions of one request: asks every judge once per pair, remembers, and keeps to the deadline. */
export class PairSession {
  readonly receipt: PairReceipt;
  readonly comparisons: Comparison<number>[] = [];
  readonly judged: JudgedPair[] = [];
  readonly #input: PairSessionInput;
  readonly #usage = new UsageSum();
  readonly #known = new Map<number, Promise<Outcome | undefined>>();
  readonly #slots: Slots;
  readonly #cancel = new AbortController();
  readonly #signal: AbortSignal;
  readonly #failuresInRow = new Map<Judge, number>();
  #stopped: Stopped | undefined;
  #firstFailure: unknown;

  constructor(input: PairSessionInput) {
    this.#input = input;
    this.#slots = new Slots(input.concurrency);
    this.receipt = new PairReceipt(input.documents);
    const own = this.#cancel.signal;
    this.#signal = input.signal ? AbortSignal.any([input.signal, own]) : own;
    // One for each call under way is no leak.
    setMaxListeners(0, this.#signal);
  }

  get usage(): RemoteUsage {
    return this.#usage.usage;
  }

  /** Ends calls that are still under way. */
  end(): void {
    this.#cancel.abort(new Error("the request has ended"));
  }

  /**
   * Asks about a pair of positions, once however often it is called. Undefined where no judge gave a usable answer.
   *
   * @throws Stopped where no further questions make sense, RankwrightError for what ends the request
   */
  async compare(i: number, j: number): Promise<Outcome | undefined> {
    const [a, b] = i < j ? [i, j] : [j, i];
    const key = a * this.#input.documents.length + b;
    const asked = this.#known.get(key) ?? this.#ask(a, b);
    this.#known.set(key, asked);
    const outcome = await asked;
    if (outcome === undefined || i < j) return outcome;
    return { probability: 1 - outcome.probability, verdict: -outcome.verdict as Outcome["verdict"] };
  }

  /** @throws RankwrightError the first failure, where judges failed and not one answered, unless time or money ran out */
  throwIfNothingAnswered(stop: StopReason | undefined): void {
    const excused = stop === "deadline" || stop === "budget";
    if (!excused && this.comparisons.length === 0 && this.#firstFailure !== undefined)
      throw this.#firstFailure;
  }

  async #ask(a: number, b: number): Promise<Outcome | undefined> {
    const answers = await inParallel(this.#input.judges, (each) =>
      this.#slots.run(async () => ({ ...each, preference: await this.#askJudge(each, a, b) })),
    );
    let [weights, sum, votes] = [0, 0, 0];
    for (const { weight, preference } of answers) {
      if (preference?.probability === undefined) continue;
      weights += weight;
      sum += weight * preference.probability;
      votes += weight * verdictOf(preference);
    }
    return weights === 0
      ? undefined
      : { probability: sum / weights, verdict: Math.sign(votes) as Outcome["verdict"] };
  }

  /** Undefined where this judge has no answer, but others may. */
  async #askJudge({ judge, weight }: WeightedJudge, a: number, b: number): Promise<Preference | undefined> {
    if (this.#stopped) throw this.#stopped;
    if ((this.#failuresInRow.get(judge) ?? 0) >= FAILURES) return undefined;
    let preference: Preference;
    try {
      preference = await this.#prefer(judge, a, b);
    } catch (error) {
      const consequence = consequenceOf(error);
      if (consequence.kind === "stop") {
        // A call that nobody waits for any longer may be billed.
        if (consequence.reason === "deadline") this.#usage.add({ calls: 1 });
        throw this.#stop(consequence.reason, error);
      }
      if (consequence.kind === "throw") {
        this.end();
        throw error;
      }
      this.#usage.add({ calls: 1 });
      this.receipt.failed(consequence.code);
      this.#miss(judge, error);
      return undefined;
    }
    checkPreference(judge.id, preference);
    this.#usage.add(preference.usage);
    const { probability, orders } = preference;
    const failures = orders?.map(({ failure }) => failure) ?? [];
    for (const reason of ["budget", "deadline"] as const) {
      if (failures.includes(STOP_CODES[reason])) throw this.#stop(reason, undefined);
    }
    this.receipt.answered(a, b, preference);
    this.judged.push({
      ...{ judge: judge.id, a, b, probability },
      ...(orders && { aFirst: orders[0].probability, bFirst: orders[1].probability }),
    });
    if (probability !== undefined) this.comparisons.push({ a, b, probability, weight });
    if (failures.length > 0 && failures.every(isOutage))
      this.#miss(judge, remoteFailure(judge.id, failures[0]));
    else this.#failuresInRow.set(judge, 0);
    return preference;
  }

  /** The answer, or DEADLINE_EXCEEDED when the time is over, whether the judge keeps to it or not. */
  async #prefer(judge: Judge, a: number, b: number): Promise<Preference> {
    const { query, documents, instruction, deadline } = this.#input;
    const options = { signal: this.#signal, deadline, instruction };
    const ask = () => judge.prefer(query, documents[a]!, documents[b]!, options);
    return beforeDeadline(ask, deadline, this.#signal);
  }

  #stop(reason: StopReason, cause: unknown): Stopped {
    this.#stopped ??= new Stopped(reason, cause);
    return this.#stopped;
  }

  #miss(judge: Judge, error: unknown): void {
    this.#firstFailure ??= error;
    const row = (this.#failuresInRow.get(judge) ?? 0) + 1;
    this.#failuresInRow.set(judge, row);
    if (row < FAILURES) return;
    this.receipt.out(judge.id);
    const { judges } = this.#input;
    if (judges.every((each) => (this.#failuresInRow.get(each.judge) ?? 0) >= FAILURES)) {
      throw this.#stop("outage", error);
    }
  }
}

/** 1 or −1 where every order says so, else 0. */
function verdictOf({ probability, orders }: Preference): number {
  const said = orders?.map((order) => order.probability) ?? [probability];
  if (said.every((p) => p !== undefined && p > 0.5)) return 1;
  return said.every((p) => p !== undefined && p < 0.5) ? -1 : 0;
}

/** Calls that failed, not answers of no use. */
function isOutage(failure: string | undefined): boolean {
  return failure?.startsWith("REMOTE_") ?? false;
}

function remoteFailure(judge: string, failure: string | undefined): RankwrightError {
  return new RankwrightError(
    failure as RankwrightError["code"],
    `Judge ${judge} gave no answer (${failure}); look after its server, or ask another one.`,
  );
}
