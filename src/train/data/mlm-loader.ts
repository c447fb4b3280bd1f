import { packSequences, type SequenceFeatures, type TokenSequence } from "../../models/pack.js";
import { checkFraction, checkWhole } from "../../numbers/check.js";
import { Random } from "../../numbers/random.js";
import type { Feed, Feeds } from "../../onnx/index.js";
import type { Tokenizer } from "../../text/index.js";
import { type BatchItem, batchStream, type DataPosition } from "./batch-stream.js";
import type { Dataset } from "./dataset.js";
import { deriveSeed } from "./derive-seed.js";
import { AHEAD, batching, type LoaderOptions } from "./loader-options.js";
import { type MaskVocabulary, maskTokens } from "./mask-tokens.js";
import { prefetch } from "./prefetch.js";
import { textChunks } from "./text-chunks.js";

export interface MlmLoaderOptions extends LoaderOptions {
  readonly tokenizer: Tokenizer;
  /** Tokens of a sequence at most, special tokens included. At least 16. Default: 128. */
  readonly maxTokens?: number | undefined;
  /** Id of the mask, see `readMaskId`. */
  readonly maskId: number;
  /** Share of the tokens to predict. Default: 0.15. */
  readonly share?: number | undefined;
  /** Mask all tokens of a word or none. Default: true. */
  readonly wholeWords?: boolean | undefined;
  /**
   * Put the query (or, where there is none, the document's title) in front, as a cross-encoder reads pairs.
   * Default: true. Otherwise the documents' texts stand alone.
   */
  readonly pairs?: boolean | undefined;
}

/** B sequences of T tokens in all, M of which are to be predicted. */
export interface MlmBatch {
  /** Packed sequences, see `packSequences`. */
  readonly feeds: Feeds;
  /** int32 [M]: rows among the T tokens. */
  readonly positions: Feed;
  /** int64 [M]: ids that stood there. */
  readonly labels: Feed;
  /** Examples read; one that is cut into n sequences counts 1/n with each. */
  readonly examples: number;
  /** B. */
  readonly sequences: number;
  /** T. */
  readonly tokens: number;
  /** M, at least B. */
  readonly masked: number;
  /** The position after this batch, for a checkpoint. */
  readonly next: DataPosition;
}

interface MaskedSequence extends BatchItem, TokenSequence {
  readonly positions: readonly number[];
  readonly labels: readonly number[];
  /** Of its example. */
  readonly share: number;
}

const LEAST_MAX_TOKENS = 16;

/**
 * Batches for masked language modelling from the texts of a data set: every document is cut into chunks, and
 * in every epoch other tokens of them are masked. The same for the same data, seed and options.
 *
 * @throws RankwrightError INVALID_OPTION, at the first batch; ABORTED
 */
export async function* mlmBatches(dataset: Dataset, options: MlmLoaderOptions): AsyncGenerator<MlmBatch> {
  yield* prefetch(packedBatches(dataset, options), options.ahead ?? AHEAD);
}

async function* packedBatches(dataset: Dataset, options: MlmLoaderOptions): AsyncGenerator<MlmBatch> {
  const { tokenizer, heads, features, seed = 0, maxTokens = 128, pairs = true } = options;
  const { share = 0.15, wholeWords = true, maskId } = options;
  checkWhole("maxTokens", maxTokens, LEAST_MAX_TOKENS);
  checkFraction("share", share);
  checkWhole("maskId", maskId, 0, tokenizer.vocabSize - 1);
  const vocabulary = maskVocabulary(tokenizer, maskId);
  const encode = (number: number, epoch: number): MaskedSequence[] => {
    const { query, documents } = dataset.example(number);
    const chunks = documents.flatMap(({ title = "", text }) =>
      textChunks(tokenizer, pairs ? query || title : "", text, maxTokens),
    );
    if (chunks.length === 0) return [];
    const random = new Random(deriveSeed(seed, "mask", epoch, number));
    return chunks.map(({ ids, typeIds, words }) => ({
      ...maskTokens(ids, words, vocabulary, { share, wholeWords }, random),
      typeIds,
      share: 1 / chunks.length,
      rows: 1,
      longest: ids.length,
    }));
  };
  for await (const { items, next } of batchStream(batching(dataset, options, encode))) {
    yield { ...packMasked(items, heads, features), next };
  }
}

function packMasked(
  items: readonly MaskedSequence[],
  heads: number,
  features: SequenceFeatures | undefined,
): Omit<MlmBatch, "next"> {
  const positions: number[] = [];
  let row = 0;
  for (const item of items) {
    for (const place of item.positions) positions.push(row + place);
    row += item.ids.length;
  }
  const labels = items.flatMap((item) => item.labels);
  return {
    feeds: packSequences(items, heads, features),
    positions: { type: "int32", data: Int32Array.from(positions), dims: [positions.length] },
    labels: { type: "int64", data: BigInt64Array.from(labels, BigInt), dims: [labels.length] },
    examples: items.reduce((sum, item) => sum + item.share, 0),
    sequences: items.length,
    tokens: row,
    masked: positions.length,
  };
}

function maskVocabulary(tokenizer: Tokenizer, maskId: number): MaskVocabulary {
  const { padId, unknownId, vocabSize, template } = tokenizer;
  const { before, between, after } = template;
  const special = new Set([maskId, padId, ...before.ids, ...between.ids, ...after.ids]);
  if (unknownId !== undefined) special.add(unknownId);
  return { maskId, size: vocabSize, special };
}
