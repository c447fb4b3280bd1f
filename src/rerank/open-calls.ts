import { RankwrightError } from "../types/index.js";

/** The calls of a reranker that are under way, so that closing it can wait for them. */
export class OpenCalls {
  readonly #id: string;
  readonly #underWay = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  /** @param id Of the reranker, for messages. */
  constructor(id: string) {
    this.#id = id;
  }

  /** @throws RankwrightError CLOSED */
  checkOpen(): void {
    if (!this.#closing) return;
    throw new RankwrightError("CLOSED", `Reranker ${this.#id} was closed; load it again to use it.`);
  }

  /** Starts `work`, which `close` then waits for. What throws at once rejects like anything else. */
  track<T>(work: () => Promise<T>): Promise<T> {
    const running = (async () => work())();
    this.#underWay.add(running);
    const forget = () => this.#underWay.delete(running);
    running.then(forget, forget);
    return running;
  }

  /** Refuses new calls, waits for those under way, then ends; a second time it only waits. */
  close(end: () => Promise<unknown>): Promise<void> {
    this.#closing ??= Promise.allSettled(this.#underWay).then(async () => {
      await end();
    });
    return this.#closing;
  }
}
