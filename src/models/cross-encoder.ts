import { abortedError } from "../files/aborted-error.js";
import {
  aggregateWindows,
  type EncodedDocument,
  type EncodedQuery,
  type PairEncoder,
} from "../text/index.js";
import {
  type Evidence,
  type Load,
  type Pair,
  RankwrightError,
  type ScoreOptions,
  type ScoreResult,
  type Scorer,
} from "../types/index.js";
import { Batcher, type BatcherSettings } from "./batcher/batcher.js";
import { logitScore, probability, type Scores } from "./heads.js";
import type { Program } from "./program.js";
import { scoreWarnings } from "./score-warnings.js";

export interface CrossEncoderSettings extends BatcherSettings {
  readonly id: string;
  readonly maxTokens: number;
  readonly scores: Scores;
  /** Differs wherever a score may differ. */
  readonly fingerprint: () => Promise<string>;
}

/** Tokenising gives way to the event loop after this many milliseconds. */
const TURN_MS = 12;

/**
 * Reads query and document together: pairs are tokenised, cut into windows where asked, run in batches that
 * all calls share, and each document's windows become one score.
 */
export class CrossEncoder implements Scorer {
  readonly id: string;
  readonly scoreScale: Scores;
  readonly maxTokens: number;
  readonly capsTokens = true;
  readonly #settings: CrossEncoderSettings;
  readonly #encoder: PairEncoder;
  readonly #program: Program;
  readonly #batcher: Batcher;
  #fingerprint: Promise<string> | undefined;

  constructor(encoder: PairEncoder, program: Program, settings: CrossEncoderSettings) {
    this.id = settings.id;
    this.scoreScale = settings.scores;
    this.maxTokens = settings.maxTokens;
    this.#settings = settings;
    this.#encoder = encoder;
    this.#program = program;
    this.#batcher = new Batcher(program, settings);
  }

  get load(): Load {
    return this.#batcher.load;
  }

  /**
   * @throws RankwrightError ABORTED as soon as the signal is aborted, OVERLOADED and REQUEST_TOO_LARGE by
   * `maxQueuedTokens`, SESSION_FAILED, NON_FINITE_SCORE
   */
  async score(pairs: readonly Pair[], options: ScoreOptions = {}): Promise<ScoreResult> {
    // A pair has one token at least: what has no room anyway is not tokenised.
    this.#batcher.checkRoom(pairs.length);
    const started = performance.now();
    const encoder = this.#encoder.capped(options);
    const { documents, queries } = await this.#encode(encoder, pairs, options);
    const encoded = performance.now();
    const { logits, queuedMs } = await this.#run(documents, options);
    const ended = performance.now();

    const scores = new Float64Array(pairs.length);
    const evidence: Evidence[] = [];
    const unscored: number[] = [];
    let tokens = 0;
    let first = 0;
    documents.forEach((document, pair) => {
      const windows = logits.slice(first, first + document.sequences.length);
      first += document.sequences.length;
      document.sequences.forEach(({ ids }, i) => {
        if (windows[i] !== undefined) tokens += ids.length;
      });
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
      tokens,
      warnings: scoreWarnings(documents, queries, this.maxTokens, encoder.settings),
      stages: { tokenize: encoded - started, queue: queuedMs, model: ended - encoded - queuedMs },
    };
  }

  fingerprint = (): Promise<string> => {
    this.#fingerprint ??= this.#settings.fingerprint();
    return this.#fingerprint;
  };

  close(): Promise<void> {
    return this.#program.close();
  }

  async #encode(encoder: PairEncoder, pairs: readonly Pair[], { signal }: ScoreOptions) {
    const known = new Map<string, EncodedQuery>();
    const documents: EncodedDocument[] = [];
    const queries: EncodedQuery[] = [];
    let turn = performance.now();
    for (const { query, document } of pairs) {
      if (performance.now() - turn > TURN_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        if (signal?.aborted) throw abortedError(signal);
        turn = performance.now();
      }
      const encoded = known.get(query) ?? encoder.encodeQuery(query);
      known.set(query, encoded);
      queries.push(encoded);
      documents.push(encoder.encodeDocument(encoded, document));
    }
    return { documents, queries };
  }

  /** One logit per sequence, undefined where the deadline came first; and the wait for the first batch. */
  async #run(documents: readonly EncodedDocument[], { onProgress, ...options }: ScoreOptions) {
    const sequences = documents.flatMap((document) => document.sequences);
    const logits = sequences.map((): number | undefined => undefined);
    const owner = documents.flatMap(({ sequences: own }, pair) => own.map(() => pair));
    const missing = documents.map(({ sequences: own }) => own.length);
    let done = 0;
    const queuedMs = await this.#batcher.run(sequences, options, (places, values) => {
      for (const { sequence, row } of places) {
        logits[sequence] = logitScore(values, row, this.#program.labels);
        const pair = owner[sequence] as number;
        missing[pair] = (missing[pair] as number) - 1;
        if (missing[pair] === 0) done++;
      }
      onProgress?.(done, documents.length);
    });
    return { logits, queuedMs };
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
