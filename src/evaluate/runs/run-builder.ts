import { lineError } from "../../files/line-error.js";
import { RankwrightError, show } from "../../types/index.js";
import { ListBuilder } from "./list-builder.js";
import type { Run } from "./run.js";

/** Gathers the lines of a run file, of which those of one query usually follow each other. */
export class RunBuilder {
  readonly #source: string;
  readonly #builders = new Map<string, ListBuilder>();
  #query = "";
  #current = new ListBuilder(0);

  /** @param source What messages call the file. */
  constructor(source: string) {
    this.#source = source;
  }

  /** Makes a query the one that `add` adds to. */
  open(query: string): void {
    this.#query = query;
    this.#current = this.#builders.get(query) ?? new ListBuilder(this.#current.size);
    this.#builders.set(query, this.#current);
  }

  /** @param hash Equal for equal documents. @throws RankwrightError INVALID_RUN for one listed before */
  add(document: string, hash: number, score: number, line: number): void {
    if (this.#current.add(document, hash, score)) return;
    const problem = `document ${show(document)} is listed twice for query ${show(this.#query)}; keep one of them`;
    throw lineError("INVALID_RUN", this.#source, line, problem, { field: "document", value: document });
  }

  /** @param shape What a line should be, as a request. @throws RankwrightError EMPTY_FILE */
  finish(name: string, shape: string): Run {
    if (this.#builders.size === 0) {
      const message = `${this.#source} holds no run; ${shape}.`;
      throw new RankwrightError("EMPTY_FILE", message, { field: "file", value: this.#source });
    }
    return {
      name,
      lists: new Map(Array.from(this.#builders, ([query, builder]) => [query, builder.list()])),
    };
  }
}
