import type { Completion } from "../judge-engine.js";
import type { QuestionKind } from "../recognise/question.js";
import type { MalformedClass } from "../simulated-judge.js";
import type { Fault } from "./faults.js";

/** What a simulator was asked, and what it would have billed. */
export interface SimulatorCounts {
  /** Requests for a completion, those that failed included. */
  readonly requests: number;
  /** Completions that were made, and so billed, whether or not they reached the caller. */
  readonly answered: number;
  /** Different requests among them. */
  readonly distinct: number;
  readonly byKind: Partial<Readonly<Record<QuestionKind, number>>>;
  readonly malformed: Partial<Readonly<Record<MalformedClass, number>>>;
  readonly faults: Partial<Readonly<Record<Fault, number>>>;
  /** Requests that were refused: no key, no such model, too long, not understood. */
  readonly rejected: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export class Counter {
  #requests = 0;
  #answered = 0;
  #rejected = 0;
  #promptTokens = 0;
  #completionTokens = 0;
  readonly #byKind: Partial<Record<QuestionKind, number>> = {};
  readonly #malformed: Partial<Record<MalformedClass, number>> = {};
  readonly #faults: Partial<Record<Fault, number>> = {};
  readonly #times = new Map<string, number>();

  request(): void {
    this.#requests++;
  }

  rejected(): void {
    this.#rejected++;
  }

  fault(fault: Fault): void {
    this.#faults[fault] = (this.#faults[fault] ?? 0) + 1;
  }

  answer(content: string, { kind, malformed, promptTokens, completionTokens }: Completion): void {
    this.#answered++;
    this.#byKind[kind] = (this.#byKind[kind] ?? 0) + 1;
    if (malformed) this.#malformed[malformed] = (this.#malformed[malformed] ?? 0) + 1;
    this.#promptTokens += promptTokens;
    this.#completionTokens += completionTokens;
    this.#times.set(content, (this.#times.get(content) ?? 0) + 1);
  }

  /** How often each request was answered, by the hash of its body. */
  times(): ReadonlyMap<string, number> {
    return new Map(this.#times);
  }

  snapshot(): SimulatorCounts {
    return {
      requests: this.#requests,
      answered: this.#answered,
      distinct: this.#times.size,
      byKind: { ...this.#byKind },
      malformed: { ...this.#malformed },
      faults: { ...this.#faults },
      rejected: this.#rejected,
      promptTokens: this.#promptTokens,
      completionTokens: this.#completionTokens,
    };
  }
}
