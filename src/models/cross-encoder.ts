import {
  aggregateWindows,
  type EncodedDocument,
  type EncodedQuery,
  type PairEncoder,
} from "../text/index.js";
import {
  type Evidence,
  type Pair,
  RankwrightError,
  type ScoreOptions,
  type ScoreResult,
  type Scorer,
} from "../types/index.js";
import { BatchRunner, throwIfAborted } from "./batch-runner.js";
import { planEvenBatches, planUrgentBatches } from "./batches.js";
import { logitScore, probability, type Scores } from "./heads.js";
import type { TokenSequence } from "./pack.js";
import type { Program } from "./program.js";
import { scoreWarnings } from "./score-warnings.js";

export interface CrossEncoderSettings {
  readonly id: string;
  readonly maxTokens: number;
  readonly scores: Scores;
  /** Padded tokens per batch. */
  readonly batchTokens: number;
}

/** Tokenising gives way to the event loop after this many milliseconds. */
const TURN_MS = 12;

/**
 * Reads query and document together: pairs are tokenised, cut into windows where asked, run in
 * length-sorted batches, and each document's windows become one score.
 */
export class CrossEncoder implements Scorer {
  readonly id: string;
  readonly scoreScale: Scores;
  readonly maxTokens: number;
  readonly #settings: CrossEncoderSettings;
  readonly #encoder: PairEncoder;
  readonly #program: Program;
  readonly #runner: BatchRunner;

  constructor(encoder: PairEncoder, program: Program, settings: CrossEncoderSettings) {
    this.id = settings.id;
    this.scoreScale = settings.scores;
    this.maxTokens = settings.maxTokens;
    this.#settings = settings;
    this.#encoder = encoder;
    this.#program = program;
    this.#runner = new BatchRunner(program);
  }

  async score(pairs: readonly Pair[], options: ScoreOptions = {}): Promise<ScoreResult> {
    const started = performance.now();
    const { documents, queries } = await this.#encode(pairs, options);
    const encoded = performance.now();
    const sequences = documents.flatMap((document) => document.sequences);
    const logits = await this.#run(sequences, documents, options);
    const ended = performance.now();

    const scores = new Float64Array(pairs.length);
    const evidence: Evidence[] = [];
    const unscored: number[] = [];
    let first = 0;
    documents.forEach((document, pair) => {
      const windows = logits.slice(first, first + document.sequences.length);
      first += document.sequences.length;
      const known = windows.every((logit) => logit !== undefined);
      if (!known) unscored.push(pair);
      const best = known ? this.#aggregate(windows as number[], pair) : { score: 0, index: 0 };
      scores[pair] = best.score;
      evidence.push({
        window: document.sequences[best.index]?.window ?? [0, 0],
        tokensSeen: document.tokensSeen,
        tokensTotal: document.tokensTotal,
      });
    });
    return {
      scores,
      unscored,
      evidence,
      tokens: sequences.reduce((sum, { ids }, i) => sum + (logits[i] === undefined ? 0 : ids.length), 0),
      warnings: scoreWarnings(
        documents,
        queries,
        this.maxTokens,
        this.#encoder.settings.windows !== undefined,
      ),
      stages: { tokenize: encoded - started, model: ended - encoded },
    };
  }

  close(): Promise<void> {
    return this.#program.close();
  }

  async #encode(pairs: readonly Pair[], { signal }: ScoreOptions) {
    const known = new Map<string, EncodedQuery>();
    const documents: EncodedDocument[] = [];
    const queries: EncodedQuery[] = [];
    let turn = performance.now();
    for (const { query, document } of pairs) {
      if (performance.now() - turn > TURN_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        throwIfAborted(signal);
        turn = performance.now();
      }
      const encoded = known.get(query) ?? this.#encoder.encodeQuery(query);
      known.set(query, encoded);
      queries.push(encoded);
      documents.push(this.#encoder.encodeDocument(encoded, document));
    }
    return { documents, queries };
  }

  /** One logit per sequence; undefined where the deadline came first. */
  async #run(
    sequences: readonly TokenSequence[],
    documents: readonly EncodedDocument[],
    { signal, deadline, onProgress }: ScoreOptions,
  ): Promise<(number | undefined)[]> {
    const lengths = sequences.map(({ ids }) => ids.length);
    const { batchTokens } = this.#settings;
    const batches =
      deadline === undefined
        ? planEvenBatches(lengths, batchTokens, this.#program.parallelism)
        : planUrgentBatches(lengths, batchTokens);
    const logits = sequences.map((): number | undefined => undefined);
    const owner = documents.flatMap(({ sequences: own }, pair) => own.map(() => pair));
    const missing = documents.map(({ sequences: own }) => own.length);
    let done = 0;
    await this.#runner.run(sequences, batches, { signal, deadline }, (batch, values) => {
      batch.forEach((sequence, row) => {
        logits[sequence] = logitScore(values, row, this.#program.labels);
        const pair = owner[sequence] as number;
        missing[pair] = (missing[pair] as number) - 1;
        if (missing[pair] === 0) done++;
      });
      onProgress?.(done, documents.length);
    });
    return logits;
  }

  #aggregate(logits: readonly number[], pair: number) {
    const broken = logits.find((logit) => !Number.isFinite(logit));
    if (broken !== undefined) {
      throw new RankwrightError(
        "NON_FINITE_SCORE",
        `${this.id} gave ${broken} for pair ${pair}; the weights hold values that overflow, so load another revision or float32`,
        { field: `pairs[${pair}]`, value: broken },
      );
    }
    const { aggregate = "first", topK } = this.#encoder.settings.windows ?? {};
    const { score, index } = aggregateWindows(logits, aggregate, topK);
    return { score: this.#settings.scores === "probability" ? probability(score) : score, index };
  }
}
