import type { StopReason } from "../../llm/calls/index.js";
import type { Document, Preference, Warning } from "../../types/index.js";

const REASONS: Readonly<Record<StopReason, string>> = {
  deadline: "Time ran out",
  budget: "The budget ran out",
  outage: "Every judge failed three times in a row",
};

/** What a request should be told about its questions. Positions are those of the session's documents. */
export class PairReceipt {
  readonly #documents: readonly Document[];
  readonly #read = new Set<number>();
  readonly #cut = new Set<number>();
  readonly #failures = new Map<string, number>();
  readonly #out = new Set<string>();
  #pairs = 0;
  #unusable = 0;

  constructor(documents: readonly Document[]) {
    this.#documents = documents;
  }

  /** Documents that some judge was shown and answered about. */
  get read(): ReadonlySet<number> {
    return this.#read;
  }

  answered(a: number, b: number, { probability, orders, truncated }: Preference): void {
    this.#pairs++;
    this.#read.add(a).add(b);
    if (truncated?.[0]) this.#cut.add(a);
    if (truncated?.[1]) this.#cut.add(b);
    if (probability !== undefined) return;
    this.#unusable++;
    const failures = (orders ?? []).flatMap(({ failure }) => failure ?? []);
    for (const failure of failures.length === 0 ? ["no answer"] : failures) this.#count(failure);
  }

  failed(code: string): void {
    this.#pairs++;
    this.#unusable++;
    this.#count(code);
  }

  /** A judge that is asked no more. */
  out(judge: string): void {
    this.#out.add(judge);
  }

  warnings(stop: StopReason | undefined): Warning[] {
    const warnings: Warning[] = [];
    const total = this.#documents.length;
    const ascending = (positions: Iterable<number>) => [...positions].sort((a, b) => a - b);
    if (this.#cut.size > 0) {
      const message = `${this.#cut.size} of ${total} documents were cut before the judges read them.`;
      warnings.push({ code: "truncated", message, documents: ascending(this.#cut) });
    }
    if (this.#unusable > 0) {
      const failures = [...this.#failures].map(([name, count]) => `${count} ${name}`).join(", ");
      const message = `${this.#unusable} of ${this.#pairs} comparisons had no usable answer in both orders (${failures}); they were left out.`;
      warnings.push({ code: "comparisons_missing", message });
    }
    if (this.#out.size > 0 && stop !== "outage") {
      const message = `${[...this.#out].join(", ")} failed three times in a row and was asked no more; the other judges decided.`;
      warnings.push({ code: "outage", message });
    }
    if (stop) {
      const unread = ascending(this.#documents.keys()).filter((position) => !this.#read.has(position));
      const message = `${REASONS[stop]} after ${this.#pairs} comparisons; the ranking is the best one known, and ${unread.length} of ${total} documents were never compared.`;
      warnings.push({ code: stop, message, documents: unread });
    }
    return warnings;
  }

  #count(failure: string): void {
    this.#failures.set(failure, (this.#failures.get(failure) ?? 0) + 1);
  }
}
