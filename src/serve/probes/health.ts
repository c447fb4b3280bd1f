import { RankwrightError } from "../../types/index.js";
import type { ModelHost } from "../models/host.js";

export interface HealthReport {
  readonly healthy: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A probe that asks more often gets the same answer. */
const FRESH_MS = 2000;
/** A model that takes longer for a few words is not well. */
const PATIENCE_MS = 10_000;

const PROBE = { query: "is anybody there", documents: ["yes, somebody is there"] };

/**
 * Tells whether the default model still gives scores, by having it give one. Scores that callers have just got
 * count too, so that a probe does not queue behind the load that it could be mistaken for.
 */
export class Health {
  readonly #host: ModelHost;
  #lastScore = Number.NEGATIVE_INFINITY;
  #lastReport: { readonly at: number; readonly report: HealthReport } | undefined;
  #asking: Promise<HealthReport> | undefined;

  constructor(host: ModelHost) {
    this.#host = host;
  }

  /** A model has just answered. */
  scored(model: string): void {
    if (model === this.#host.states()[0]?.name) this.#lastScore = performance.now();
  }

  async check(): Promise<HealthReport> {
    const now = performance.now();
    const last = this.#lastReport;
    if (last !== undefined && now - last.at < FRESH_MS) return last.report;
    if (now - this.#lastScore < FRESH_MS) return healthy(this.#model, "a request was answered just now");
    // Looking would load it again, and it would never be idle.
    if (this.#host.states()[0]?.status === "idle") {
      return healthy(this.#model, "unloaded after idle time; loaded with the next request");
    }
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    const report = await this.#asking;
    this.#lastReport = { at: performance.now(), report };
    return report;
  }

  get #model(): string {
    return this.#host.resolve(undefined);
  }

  async #ask(): Promise<HealthReport> {
    const model = this.#model;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const started = performance.now();
    try {
      const { results } = await this.#host.use(
        undefined,
        (reranker) => reranker.rerank({ ...PROBE, signal }),
        { signal },
      );
      const score = results[0]?.score;
      if (score === undefined || !Number.isFinite(score)) return unhealthy(model, "NON_FINITE_SCORE");
      const ms = Math.round(performance.now() - started);
      return { healthy: true, body: { status: "ok", model, score, ms } };
    } catch (error) {
      const code = RankwrightError.isInstance(error) ? error.code : "INTERNAL";
      // Too much work is no illness: a restart would only add to it.
      if (code === "OVERLOADED") return healthy(model, "there is more work than the queue takes");
      return unhealthy(model, code === "ABORTED" ? `no score within ${PATIENCE_MS} ms` : code);
    }
  }
}

function healthy(model: string, note: string): HealthReport {
  return { healthy: true, body: { status: "ok", model, note } };
}

/** With `error` and `error_type` as Text Embeddings Inference has them. */
function unhealthy(model: string, reason: string): HealthReport {
  const error = `model ${model} gives no scores: ${reason}`;
  return { healthy: false, body: { status: "unhealthy", model, error, error_type: "Unhealthy" } };
}
