import { abortedError } from "../../../files/aborted-error.js";
import { consequenceOf } from "../../../llm/calls/stopped.js";
import type { JudgmentJournal } from "../../../llm/journal/index.js";
import { checkWhole } from "../../../numbers/check.js";
import { takeTurns } from "../../turns.js";
import type { LlmJudge } from "../llm-judge.js";
import { askRecorded, type UnderWay } from "./ask-recorded.js";
import type { PairQuestion } from "./pair-question.js";
import { ORDERS } from "./recorded-question.js";

export interface JudgePairsOptions {
  readonly questions: readonly PairQuestion[];
  /** Each is asked every question in both orders. Their ids are unique. */
  readonly judges: readonly LlmJudge[];
  readonly journal: JudgmentJournal;
  /** Calls of each judge under way at once. Default: 8. */
  readonly concurrency?: number | undefined;
  /** Once aborted no further question is asked; answers under way are waited for, since they are paid for. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: JudgingProgress) => void) | undefined;
  /** Called with every call that failed and that asking again may mend. */
  readonly onFailure?: ((judge: string, error: unknown) => void) | undefined;
}

/** How far judging is; questions are counted once per judge and order. */
export interface JudgingProgress {
  readonly total: number;
  /** With those that were known or failed. */
  readonly done: number;
  /** That the journal held before, under these ids or with the same prompt. */
  readonly known: number;
  readonly failed: number;
}

export interface JudgingOutcome extends JudgingProgress {
  /** Failures that left no line in the journal, by error code; asking again may help. */
  readonly failures: Readonly<Record<string, number>>;
  /** Why not all questions were asked. */
  readonly stopped?: "budget" | "outage" | undefined;
  /** Judges that failed many times in a row and were asked no more, with the last error. */
  readonly out: readonly { readonly judge: string; readonly error: unknown }[];
}

/** Calls that fail one after the other, retries and all, before a judge is asked no more. */
const FAILURES = 10;

/**
 * Asks judges about pairs and writes every answer down. What the journal holds already is not asked again, so that
 * doing the same again after an interruption does the rest.
 *
 * @throws RankwrightError ABORTED, what the journal throws, and what no further question could mend (a wrong key, an unknown
 *   model); answers that came before are in the journal
 */
export async function judgePairs(options: JudgePairsOptions): Promise<JudgingOutcome> {
  const { questions, judges, concurrency = 8, signal } = options;
  checkWhole("concurrency", concurrency, 1);
  const judging = new Judging(options);
  await Promise.all(
    judges.flatMap((judge) => {
      const orders = pairsInBothOrders(questions);
      return Array.from({ length: concurrency }, () => judging.work(judge, orders));
    }),
  );
  if (judging.error !== undefined) throw judging.error;
  if (signal?.aborted) throw abortedError(signal);
  return judging.outcome;
}

type Ordered = readonly [PairQuestion, (typeof ORDERS)[number]];

/** One after the other, so that pairs are complete wherever judging ends. Shared by the workers of a judge. */
function* pairsInBothOrders(questions: readonly PairQuestion[]): Generator<Ordered> {
  for (const question of questions) for (const order of ORDERS) yield [question, order];
}

class Judging {
  error: unknown;
  readonly #options: JudgePairsOptions;
  readonly #total: number;
  readonly #underWay: UnderWay = new Map();
  /** Questions that the journal answers take no waiting, and there may be a million of them. */
  readonly #turn = takeTurns(undefined);
  readonly #failures: Record<string, number> = {};
  readonly #inRow = new Map<LlmJudge, number>();
  readonly #out = new Map<LlmJudge, unknown>();
  #done = 0;
  #known = 0;
  #failed = 0;
  #budgetSpent = false;

  constructor(options: JudgePairsOptions) {
    this.#options = options;
    this.#total = options.questions.length * options.judges.length * ORDERS.length;
  }

  get outcome(): JudgingOutcome {
    const stopped = this.#budgetSpent ? "budget" : this.#out.size > 0 ? "outage" : undefined;
    const out = [...this.#out].map(([judge, error]) => ({ judge: judge.id, error }));
    return { ...this.#progress, failures: { ...this.#failures }, stopped, out };
  }

  /** Asks until there is nothing left to ask, or no sense in asking. */
  async work(judge: LlmJudge, orders: Iterator<Ordered>): Promise<void> {
    const { journal, signal, onProgress } = this.#options;
    while (this.error === undefined && !this.#budgetSpent && !this.#out.has(judge) && !signal?.aborted) {
      const { done, value } = orders.next();
      if (done) return;
      try {
        const provenance = await askRecorded(judge, journal, ...value, this.#underWay);
        if (provenance === "asked") this.#inRow.set(judge, 0);
        else this.#known++;
        this.#done++;
      } catch (error) {
        this.#fail(judge, error);
      }
      onProgress?.(this.#progress);
      await this.#turn();
    }
  }

  get #progress(): JudgingProgress {
    return { total: this.#total, done: this.#done, known: this.#known, failed: this.#failed };
  }

  #fail(judge: LlmJudge, error: unknown): void {
    const consequence = consequenceOf(error);
    if (consequence.kind === "throw") {
      this.error ??= error;
    } else if (consequence.kind === "stop") {
      this.#budgetSpent = true;
    } else {
      const { code } = consequence;
      this.#failures[code] = (this.#failures[code] ?? 0) + 1;
      this.#done++;
      this.#failed++;
      // About this question, and no sign of an outage.
      if (code === "CONTEXT_EXCEEDED" || code === "CONTENT_REFUSED") return;
      this.#options.onFailure?.(judge.id, error);
      const row = (this.#inRow.get(judge) ?? 0) + 1;
      this.#inRow.set(judge, row);
      if (row >= FAILURES) this.#out.set(judge, error);
    }
  }
}
