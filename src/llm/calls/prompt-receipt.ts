import type { Document, ErrorCode, Warning } from "../../types/index.js";
import type { AnswerClass } from "../parsing/index.js";
import type { FittedPrompt } from "../prompts/fit-prompt.js";
import type { StopReason } from "./stopped.js";

/** What answers of no use lead to. */
export interface UnusableAnswers {
  readonly code: "window_kept" | "unjudged";
  /** Ends the message: `their windows kept the incoming order`. */
  readonly effect: string;
  readonly positions?: readonly number[] | undefined;
}

/** What a request should be told about its prompts and answers. Positions are those of the session's documents. */
export class PromptReceipt {
  readonly #documents: readonly Document[];
  readonly #shown = new Set<number>();
  readonly #cut = new Set<number>();
  readonly #malformed = new Set<number>();
  readonly #repaired = new Map<string, number>();
  readonly #unusable = new Map<string, number>();
  #answers = 0;
  #used = 0;
  #queryCut = false;
  #fewestWords = Number.POSITIVE_INFINITY;

  constructor(documents: readonly Document[]) {
    this.#documents = documents;
  }

  /** A prompt that was answered. */
  shown(positions: readonly number[], { cut, queryCut, words }: FittedPrompt): void {
    for (const position of positions) {
      if (this.#shown.has(position)) continue;
      this.#shown.add(position);
      const { text, title = "" } = this.#documents[position]!;
      if (!text.isWellFormed() || !title.isWellFormed()) this.#malformed.add(position);
    }
    for (const index of cut) this.#cut.add(positions[index]!);
    if (cut.length > 0) this.#fewestWords = Math.min(this.#fewestWords, words);
    this.#queryCut ||= queryCut;
  }

  note(answerClass: AnswerClass, used: boolean): void {
    this.#answers++;
    if (used) this.#used++;
    if (used && answerClass === "ok") return;
    const counts = used ? this.#repaired : this.#unusable;
    counts.set(answerClass, (counts.get(answerClass) ?? 0) + 1);
  }

  failed(code: ErrorCode): void {
    this.#unusable.set(code, (this.#unusable.get(code) ?? 0) + 1);
  }

  /** Documents that stood in a prompt that was answered. */
  get read(): ReadonlySet<number> {
    return this.#shown;
  }

  warnings(unusable: UnusableAnswers, stop: StopReason | undefined): Warning[] {
    const warnings: Warning[] = [];
    const total = this.#documents.length;
    const tell = (code: Warning["code"], message: string, positions?: Iterable<number>) => {
      const documents = positions && [...positions].sort((a, b) => a - b);
      warnings.push({ code, message, ...(documents && { documents }) });
    };
    if (this.#cut.size > 0) {
      const words = this.#fewestWords;
      tell(
        "truncated",
        `${this.#cut.size} of ${total} documents were cut, to ${words} words or more.`,
        this.#cut,
      );
    }
    if (this.#queryCut) tell("query_truncated", "The query was cut to a quarter of the model's context.");
    if (this.#malformed.size > 0) {
      tell(
        "malformed_text",
        `${this.#malformed.size} documents hold lone surrogates, read as U+FFFD.`,
        this.#malformed,
      );
    }
    const bad = sum(this.#unusable);
    const all = bad + this.#used;
    if (bad > 0) {
      const message = `${bad} of ${all} answers were of no use (${list(this.#unusable)}); ${unusable.effect}.`;
      tell(unusable.code, message, unusable.positions);
    }
    if (this.#repaired.size > 0) {
      tell(
        "answers_repaired",
        `${sum(this.#repaired)} of ${all} answers were repaired (${list(this.#repaired)}).`,
      );
    }
    if (stop) {
      const unread = this.#documents.flatMap((_, position) => (this.#shown.has(position) ? [] : [position]));
      const why = {
        deadline: "Time ran out",
        budget: "The budget ran out",
        outage: "Calls failed one after the other",
      };
      const answers = this.#answers === 1 ? "1 answer" : `${this.#answers} answers`;
      const message = `${why[stop]} after ${answers}; the ranking is the best one known, and ${unread.length} of ${total} documents were never read.`;
      tell(stop, message, unread);
    }
    return warnings;
  }
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

/** `2 refused, 1 REMOTE_TIMEOUT` */
function list(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${count} ${name}`).join(", ");
}
