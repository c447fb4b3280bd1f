import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadTokenizer, PairEncoder } from "../../text/index.js";
import type { DataPosition } from "./batch-stream.js";
import { type TrainingBatch, type TrainingLoaderOptions, trainingBatches } from "./loader.js";
import { openDataset } from "./open-dataset.js";

const tokenizer = await loadTokenizer(join(import.meta.dirname, "../../../goldens/tokenizers/wordpiece"));
const encoder = new PairEncoder(tokenizer, { maxTokens: 48 });
const words = (count: number, start: number) =>
  Array.from({ length: count }, (_, i) => "abcdefghij"[(start + i) % 10]).join(" ");
/** Lists of 1 to 4 documents of 1 to 40 words. */
const examples = Array.from({ length: 60 }, (_, n) => ({
  query: words(1 + (n % 5), n),
  documents: Array.from({ length: 1 + (n % 4) }, (_, d) => ({
    text: words(1 + ((7 * n + 13 * d) % 40), n + d),
  })),
  targets: Array.from({ length: 1 + (n % 4) }, (_, d) => (d === 0 ? 1 : d / 8)),
}));
const dataset = await openDataset([{ name: "made", examples }]);
const options = { encoder, heads: 2, seed: 5, batchTokens: 512, poolExamples: 25, epochs: 2 };

async function read(changes: Partial<TrainingLoaderOptions> = {}): Promise<TrainingBatch[]> {
  const batches: TrainingBatch[] = [];
  for await (const batch of trainingBatches(dataset, { ...options, ...changes })) batches.push(batch);
  return batches;
}

/** Per example: the token ids of its documents with their targets, by what the batch says. */
function unpack({ feeds, index, targets, mask, examples, pairs }: TrainingBatch): string[] {
  const firstRows = [...(feeds.firstRows!.data as Int32Array), feeds.ids!.data.length];
  const ids = Array.from({ length: pairs }, (_, row) =>
    (feeds.ids!.data as Int32Array).slice(firstRows[row], firstRows[row + 1]).join(" "),
  );
  const width = index.dims[1]!;
  return Array.from({ length: examples }, (_, q) =>
    Array.from({ length: width }, (_, d) => q * width + d)
      .filter((place) => mask.data[place] === 1)
      .map((place) => `${ids[index.data[place] as number]} → ${targets.data[place]}`)
      .join("\n"),
  );
}

/** Everything in a batch, as one string. */
function inFull(batch: TrainingBatch): string {
  return JSON.stringify(batch, (_, value) =>
    ArrayBuffer.isView(value) ? Array.from(value as Int32Array) : value,
  );
}

const expected = examples.map(({ query, documents, targets }) => {
  const encoded = encoder.encodeQuery(query);
  return documents
    .map(
      (document, d) =>
        `${encoder.encodeDocument(encoded, document).sequences[0]!.ids.join(" ")} → ${targets[d]}`,
    )
    .join("\n");
});

describe("trainingBatches", () => {
  it("gives every example of each epoch once, with its documents, targets and mask", async () => {
    const batches = await read();
    expect(batches.flatMap(unpack).sort()).toEqual([...expected, ...expected].sort());
    for (const { index, targets, mask, examples, pairs, tokens, feeds } of batches) {
      expect(index.dims).toEqual([examples, index.dims[1]]);
      expect([targets.dims, mask.dims]).toEqual([index.dims, index.dims]);
      expect((mask.data as Float32Array).reduce((sum, one) => sum + one, 0)).toBe(pairs);
      expect(feeds.ids!.data).toHaveLength(tokens);
    }
  });

  it("keeps to the token budget and puts similar lengths together", async () => {
    const short = examples.map(({ query, documents }) => ({
      query,
      documents: documents.slice(-1),
      targets: [1],
    }));
    const pairs = await openDataset([{ name: "pairs", examples: short }]);
    const padded: number[] = [];
    const longest: number[] = [];
    let tokens = 0;
    for await (const batch of trainingBatches(pairs, { ...options, epochs: 1, poolExamples: 60 })) {
      const { dims, data } = batch.feeds.slotRows!;
      padded.push(data.length);
      longest.push(dims[1]!);
      tokens += batch.tokens;
    }
    expect(Math.max(...padded)).toBeLessThanOrEqual(512);
    // In random order it would be about 1.8.
    expect(padded.reduce((sum, slots) => sum + slots, 0) / tokens).toBeLessThan(1.3);
    expect(longest).not.toEqual(longest.toSorted((a, b) => a - b));
  });

  it("gives an example that is over the budget a batch of its own", async () => {
    const batches = await read({ batchTokens: 1, epochs: 1 });
    expect(batches.map(({ examples }) => examples)).toEqual(Array(60).fill(1));
  });

  it("keeps to a number of examples", async () => {
    const batches = await read({ batchExamples: 3 });
    expect(Math.max(...batches.map((batch) => batch.examples))).toBe(3);
  });

  it("caps lists, with other documents in another epoch", async () => {
    const batches = await read({ maxDocuments: 2 });
    expect(Math.max(...batches.map(({ index }) => index.dims[1]!))).toBe(2);
    const first = batches.filter(({ next }) => next.epoch === 0).flatMap(unpack);
    expect(new Set(batches.flatMap(unpack)).size).toBeGreaterThan(1.2 * new Set(first).size);
  });

  it("is the same for the same seed, and another for another", async () => {
    const sequence = async (changes: Partial<TrainingLoaderOptions>) => (await read(changes)).map(unpack);
    expect(await sequence({ ahead: 0 })).toEqual(await sequence({ ahead: 8 }));
    expect(await sequence({ seed: 6 })).not.toEqual(await sequence({}));
  });

  it("goes on from any position with exactly the next batch", async () => {
    const all = await read({ maxDocuments: 3 });
    for (const at of all.keys()) {
      const from = JSON.parse(JSON.stringify(all[at]!.next)) as DataPosition;
      const rest = await read({ maxDocuments: 3, from });
      expect(rest.map(inFull)).toEqual(all.slice(at + 1).map(inFull));
    }
  });

  it("counts the pairs that were cut", async () => {
    const narrow = new PairEncoder(tokenizer, { maxTokens: 16 });
    const cut = (await read({ encoder: narrow, epochs: 1 })).reduce(
      (sum, { truncated }) => sum + truncated,
      0,
    );
    const long = examples.flatMap(({ query, documents }) =>
      documents.filter((document) => narrow.encodeDocument(narrow.encodeQuery(query), document).truncated),
    );
    expect(cut).toBe(long.length);
    expect(cut).toBeGreaterThan(0);
  });

  it("refuses windows and options out of range, and stops when aborted", async () => {
    const windowed = new PairEncoder(tokenizer, { maxTokens: 48, windows: { tokens: 8 } });
    await expect(read({ encoder: windowed })).rejects.toMatchObject({ field: "encoder.windows" });
    await expect(read({ heads: 0 })).rejects.toMatchObject({ code: "INVALID_OPTION", field: "heads" });
    await expect(read({ maxDocuments: 1 })).rejects.toMatchObject({ field: "maxDocuments" });
    await expect(read({ from: { epoch: 0, index: -1, batch: 0 } })).rejects.toMatchObject({
      field: "from.index",
    });
    await expect(read({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
  });
});
