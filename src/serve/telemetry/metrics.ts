import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { BatchFigures, ErrorCode, Load } from "../../types/index.js";
import type { ServeAnswer } from "../dialects/dialect.js";
import type { ModelState } from "../models/served-model.js";
import { TeiMetrics } from "./tei-metrics.js";

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const TOKENS = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384];
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000];

export interface MetricsOptions {
  /** Also under the names that Text Embeddings Inference uses, for dashboards made for it. */
  readonly teiNames?: boolean | undefined;
  /** Requests under way, and models, at the moment of a look. */
  readonly underWay: () => number;
  readonly models: () => readonly ModelState[];
}

/** What one server counts, in a registry of its own. Labels never hold text of callers. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #tei: TeiMetrics | undefined;
  readonly #requests;
  readonly #duration;
  readonly #queue;
  readonly #tokenize;
  readonly #inference;
  readonly #size;
  readonly #batchSize;
  readonly #batchTokens;
  readonly #documents;
  readonly #tokens;
  readonly #cacheHits;
  readonly #errors;
  readonly #loads;

  constructor({ teiNames, underWay, models }: MetricsOptions) {
    const registers = [this.#registry];
    const seconds = (name: string, help: string) =>
      new Histogram({ name, help, registers, buckets: SECONDS });
    this.#requests = new Counter({
      ...{ name: "reranker_http_requests_total", help: "Answered requests, by status.", registers },
      labelNames: ["route", "dialect", "status"],
    });
    this.#duration = new Histogram({
      ...{ name: "reranker_request_duration_seconds", help: "From arrival to answer.", registers },
      ...{ buckets: SECONDS, labelNames: ["model"] },
    });
    this.#queue = seconds("reranker_queue_seconds", "Waiting for a model or for its turn.");
    this.#tokenize = seconds("reranker_tokenize_seconds", "Turning text into tokens.");
    this.#inference = seconds("reranker_inference_seconds", "Computing scores.");
    this.#size = new Histogram({
      ...{ name: "reranker_request_documents", help: "Documents of a request.", registers, buckets: SIZES },
    });
    this.#batchSize = new Histogram({
      ...{ name: "reranker_batch_size", help: "Texts computed at once.", registers, buckets: SIZES },
    });
    this.#batchTokens = new Histogram({
      ...{ name: "reranker_batch_tokens", help: "Their tokens.", registers, buckets: TOKENS },
    });
    this.#documents = new Counter({ name: "reranker_documents_total", help: "Documents ranked.", registers });
    this.#tokens = new Counter({
      name: "reranker_tokens_total",
      help: "Tokens that models read.",
      registers,
    });
    this.#cacheHits = new Counter({
      name: "reranker_cache_hits_total",
      help: "Pairs whose score a cache knew.",
      registers,
    });
    this.#errors = new Counter({
      ...{
        name: "reranker_errors_total",
        help: "Requests that failed, by code.",
        registers,
        labelNames: ["code"],
      },
    });
    this.#loads = new Counter({
      ...{ name: "reranker_model_loads_total", help: "Loads of a model, by outcome.", registers },
      labelNames: ["model", "outcome"],
    });
    new Gauge({
      ...{ name: "reranker_requests_under_way", help: "Requests accepted and not yet answered.", registers },
      collect() {
        this.set(underWay());
      },
    });
    const waiting = (name: string, help: string, read: (load: Load) => number) =>
      new Gauge({
        ...{ name, help, registers, labelNames: ["model"] },
        collect() {
          for (const { name: model, load } of models())
            this.set({ model }, load === undefined ? 0 : read(load));
        },
      });
    waiting("reranker_queue_depth", "Texts waiting for the model.", (load) => load.queuedSequences);
    waiting("reranker_queue_tokens", "Tokens waiting for the model.", (load) => load.queuedTokens);
    new Gauge({
      ...{ name: "reranker_model_loaded", help: "1 for models in memory.", registers, labelNames: ["model"] },
      collect() {
        for (const { name, status } of models()) this.set({ model: name }, status === "loaded" ? 1 : 0);
      },
    });
    this.#tei = teiNames ? new TeiMetrics(this.#registry, underWay) : undefined;
  }

  readonly contentType = this.#registry.contentType;

  /** Adds memory, processor time, event-loop delay and garbage collection; for servers that have a process. */
  addProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** @param route a path that exists, or `other` */
  answered(route: string, dialect: string, status: number): void {
    this.#requests.inc({ route, dialect, status });
  }

  failed(code: ErrorCode): void {
    this.#errors.inc({ code });
    this.#tei?.failed(code);
  }

  ranked(answer: ServeAnswer, documents: number, characters: number, totalMs: number): void {
    const { queueMs, stages } = answer.timings;
    const { tokenize = 0 } = stages;
    const inference = inferenceMs(stages);
    this.#duration.observe({ model: answer.model }, totalMs / 1000);
    this.#queue.observe(queueMs / 1000);
    this.#tokenize.observe(tokenize / 1000);
    this.#inference.observe(inference / 1000);
    this.#size.observe(documents);
    this.#documents.inc(documents);
    this.#tokens.inc(answer.usage.tokens);
    this.#cacheHits.inc(answer.usage.cacheHits ?? 0);
    this.#tei?.ranked({ totalMs, tokenizeMs: tokenize, queueMs, inferenceMs: inference, characters });
  }

  ran({ sequences, tokens }: BatchFigures): void {
    this.#batchSize.observe(sequences);
    this.#batchTokens.observe(tokens);
    this.#tei?.ran({ sequences, tokens });
  }

  loaded(model: string, outcome: "loaded" | "failed" | "unloaded"): void {
    this.#loads.inc({ model, outcome });
  }
}

/** The stage in which scores are computed has two names: of models that tokenise, and of others. */
export function inferenceMs({ model, score }: Readonly<Record<string, number>>): number {
  return model ?? score ?? 0;
}
