import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { BatchFigures, ErrorCode } from "../../types/index.js";

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const TOKENS = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384];
const CHARACTERS = [100, 500, 1000, 5000, 10_000, 50_000, 100_000, 500_000, 1_000_000];

export interface TeiFigures {
  readonly totalMs: number;
  readonly tokenizeMs: number;
  readonly queueMs: number;
  readonly inferenceMs: number;
  readonly characters: number;
}

/** The same figures under the names of Text Embeddings Inference. */
export class TeiMetrics {
  readonly #count;
  readonly #success;
  readonly #failure;
  readonly #duration;
  readonly #tokenization;
  readonly #queue;
  readonly #inference;
  readonly #length;
  readonly #batchSize;
  readonly #batchTokens;

  constructor(registry: Registry, underWay: () => number) {
    const registers = [registry];
    const seconds = (name: string, help: string) =>
      new Histogram({ name, help, registers, buckets: SECONDS });
    this.#count = new Counter({ name: "te_request_count", help: "Requests.", registers });
    this.#success = new Counter({
      name: "te_request_success",
      help: "Requests that were answered.",
      registers,
    });
    this.#failure = new Counter({
      ...{ name: "te_request_failure", help: "Requests that failed.", registers, labelNames: ["err"] },
    });
    this.#duration = seconds("te_request_duration", "Seconds of a request.");
    this.#tokenization = seconds("te_request_tokenization_duration", "Seconds of tokenisation.");
    this.#queue = seconds("te_request_queue_duration", "Seconds of waiting.");
    this.#inference = seconds("te_request_inference_duration", "Seconds of inference.");
    this.#length = new Histogram({
      ...{
        name: "te_request_input_length",
        help: "Characters of a request.",
        registers,
        buckets: CHARACTERS,
      },
    });
    const sizes = (name: string, help: string, buckets: number[]) =>
      new Histogram({ name, help, registers, buckets });
    this.#batchSize = sizes("te_batch_next_size", "Texts of a batch.", SIZES);
    this.#batchTokens = sizes("te_batch_next_tokens", "Tokens of a batch.", TOKENS);
    new Gauge({
      ...{ name: "te_queue_size", help: "Requests accepted and not yet answered.", registers },
      collect() {
        this.set(underWay());
      },
    });
  }

  ranked({ totalMs, tokenizeMs, queueMs, inferenceMs, characters }: TeiFigures): void {
    this.#count.inc();
    this.#success.inc();
    this.#duration.observe(totalMs / 1000);
    this.#tokenization.observe(tokenizeMs / 1000);
    this.#queue.observe(queueMs / 1000);
    this.#inference.observe(inferenceMs / 1000);
    this.#length.observe(characters);
  }

  ran({ sequences, tokens }: BatchFigures): void {
    this.#batchSize.observe(sequences);
    this.#batchTokens.observe(tokens);
  }

  failed(code: ErrorCode): void {
    this.#count.inc();
    this.#failure.inc({ err: KINDS[code] ?? "validation" });
  }
}

const KINDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  OVERLOADED: "overloaded",
  SHUTTING_DOWN: "overloaded",
  ABORTED: "dropped",
  MODEL_UNAVAILABLE: "unhealthy",
  SESSION_FAILED: "inference",
  NON_FINITE_SCORE: "inference",
  INTERNAL: "inference",
};
