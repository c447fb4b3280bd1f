import { packSequences, type SequenceFeatures, type TokenSequence } from "../../models/pack.js";
import { checkWhole, invalid } from "../../numbers/check.js";
import type { Feed, Feeds } from "../../onnx/index.js";
import type { PairEncoder } from "../../text/index.js";
import type { TrainingExample } from "../example.js";
import { type BatchItem, batchStream, type DataPosition } from "./batch-stream.js";
import type { Dataset } from "./dataset.js";
import { deriveSeed } from "./derive-seed.js";
import { AHEAD, batching, type LoaderOptions } from "./loader-options.js";
import { prefetch } from "./prefetch.js";
import { sampleDocuments } from "./sample-documents.js";

export interface TrainingLoaderOptions extends LoaderOptions {
  /** Cuts and joins queries and documents; without windows. */
  readonly encoder: PairEncoder;
  /** Documents of an example at most, see `sampleDocuments`; other ones in every epoch. Default: all. */
  readonly maxDocuments?: number | undefined;
}

/** Q examples with B pairs of T tokens in all, as one step takes them. L is the longest list. */
export interface TrainingBatch {
  /** Packed sequences, see `packSequences`. */
  readonly feeds: Feeds;
  /** int32 [Q, L]: row of each document among the B pairs; 0 where a list is shorter than L. */
  readonly index: Feed;
  /** float32 [Q, L]; 0 where a list is shorter. */
  readonly targets: Feed;
  /** float32 [Q, L]: 1 for a document, 0 where a list is shorter. */
  readonly mask: Feed;
  /** Q. */
  readonly examples: number;
  /** B. */
  readonly pairs: number;
  /** T, padding excluded. */
  readonly tokens: number;
  /** Pairs that did not fit and were cut. */
  readonly truncated: number;
  /** The position after this batch, for a checkpoint. */
  readonly next: DataPosition;
}

interface EncodedExample extends BatchItem {
  readonly sequences: readonly TokenSequence[];
  readonly targets: readonly number[];
  readonly truncated: number;
}

/**
 * The batches of a data set, tokenised, packed and ready ahead of their use, the same for the same data, seed
 * and options. Between steps the event loop gets its turn.
 *
 * @throws RankwrightError INVALID_OPTION, at the first batch; ABORTED
 */
export async function* trainingBatches(
  dataset: Dataset,
  options: TrainingLoaderOptions,
): AsyncGenerator<TrainingBatch> {
  yield* prefetch(packedBatches(dataset, options), options.ahead ?? AHEAD);
}

async function* packedBatches(
  dataset: Dataset,
  options: TrainingLoaderOptions,
): AsyncGenerator<TrainingBatch> {
  const { encoder, heads, features, seed = 0, maxDocuments = Number.POSITIVE_INFINITY } = options;
  if (options.maxDocuments !== undefined) checkWhole("maxDocuments", maxDocuments, 2);
  if (encoder.settings.windows !== undefined) {
    throw invalid(
      "encoder.windows",
      encoder.settings.windows,
      "train without windows; a pair is one sequence.",
    );
  }
  const encode = (number: number, epoch: number): EncodedExample[] => {
    const drawn = deriveSeed(seed, "documents", epoch, number);
    return [encodeExample(sampleDocuments(dataset.example(number), maxDocuments, drawn), encoder)];
  };
  for await (const { items, next } of batchStream(batching(dataset, options, encode))) {
    yield { ...packExamples(items, heads, features), next };
  }
}

function encodeExample({ query, documents, targets }: TrainingExample, encoder: PairEncoder): EncodedExample {
  const encodedQuery = encoder.encodeQuery(query);
  const encoded = documents.map((document) => encoder.encodeDocument(encodedQuery, document));
  const sequences = encoded.flatMap((document) => document.sequences);
  return {
    sequences,
    targets,
    truncated: encoded.filter(({ truncated, queryTruncated }) => truncated || queryTruncated).length,
    rows: sequences.length,
    longest: sequences.reduce((longest, { ids }) => Math.max(longest, ids.length), 0),
  };
}

function packExamples(
  items: readonly EncodedExample[],
  heads: number,
  features: SequenceFeatures | undefined,
): Omit<TrainingBatch, "next"> {
  const sequences = items.flatMap((item) => item.sequences);
  const width = items.reduce((most, { rows }) => Math.max(most, rows), 0);
  const dims = [items.length, width];
  const index = new Int32Array(items.length * width);
  const targets = new Float32Array(items.length * width);
  const mask = new Float32Array(items.length * width);
  let row = 0;
  items.forEach((item, q) => {
    for (let i = 0; i < item.rows; i++) index[q * width + i] = row++;
    targets.set(item.targets, q * width);
    mask.fill(1, q * width, q * width + item.rows);
  });
  return {
    feeds: packSequences(sequences, heads, features),
    index: { type: "int32", data: index, dims },
    targets: { type: "float32", data: targets, dims },
    mask: { type: "float32", data: mask, dims },
    examples: items.length,
    pairs: sequences.length,
    tokens: sequences.reduce((sum, { ids }) => sum + ids.length, 0),
    truncated: items.reduce((sum, item) => sum + item.truncated, 0),
  };
}
