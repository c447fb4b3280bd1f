/** Longest delay that a timer of Node takes; a longer one would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Aborts a request when nothing has happened for a while, or when the caller aborts. */
export class Watchdog {
  readonly #controller = new AbortController();
  readonly #ms: number;
  readonly #parent: AbortSignal | undefined;
  readonly #follow = () => this.#controller.abort(this.#parent?.reason);
  #timer: NodeJS.Timeout | undefined;
  #barked = false;

  /** Starts at once; `ms` is the longest silence, `Infinity` for none. */
  constructor(ms: number, parent?: AbortSignal) {
    this.#ms = ms;
    this.#parent = parent;
    if (parent?.aborted) this.#follow();
    else parent?.addEventListener("abort", this.#follow, { once: true });
    this.feed();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether silence, and not the caller, ended the request. */
  get barked(): boolean {
    return this.#barked;
  }

  /** Something came: the silence starts anew. */
  feed(): void {
    clearTimeout(this.#timer);
    if (!(this.#ms <= LONGEST_MS)) return;
    this.#timer = setTimeout(() => {
      this.#barked = !this.#controller.signal.aborted;
      this.#controller.abort();
    }, this.#ms);
  }

  /** The request is over. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#parent?.removeEventListener("abort", this.#follow);
  }
}
