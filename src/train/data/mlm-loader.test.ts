import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { loadTokenizer } from "../../text/index.js";
import { type MlmBatch, type MlmLoaderOptions, mlmBatches } from "./mlm-loader.js";
import { openDataset } from "./open-dataset.js";
import { readMaskId } from "./read-mask-id.js";
import { textChunks } from "./text-chunks.js";

const golden = join(import.meta.dirname, "../../../goldens/tokenizers");
const tokenizer = await loadTokenizer(join(golden, "wordpiece"));
const maskId = await readMaskId(join(golden, "wordpiece"));
const text = "The quick brown fox jumps over the lazy dog near unbelievable waterfalls. ";
const [cls, sep] = [2, 3];

describe("textChunks", () => {
  it("cuts a text into even chunks that hold all of it", () => {
    const all = [...tokenizer.encode(text.repeat(6)).ids];
    const chunks = textChunks(tokenizer, "", text.repeat(6), 64);
    expect(chunks.length).toBe(Math.ceil(all.length / 62));
    expect(chunks.flatMap(({ ids }) => [...ids.slice(1, -1)])).toEqual(all);
    for (const { ids, typeIds } of chunks) {
      expect([ids[0], ids.at(-1)]).toEqual([cls, sep]);
      expect(ids.length).toBeLessThanOrEqual(64);
      expect(new Set(typeIds)).toEqual(new Set([0]));
    }
    const lengths = chunks.map(({ ids }) => ids.length);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
  });

  it("puts a lead before each chunk, as a cross-encoder reads a query", () => {
    const chunks = textChunks(tokenizer, "a fox", text.repeat(6), 64);
    const lead = [cls, ...tokenizer.encode("a fox").ids, sep];
    for (const { ids, typeIds } of chunks) {
      expect([...ids.slice(0, lead.length)]).toEqual(lead);
      expect([...typeIds]).toEqual([...ids].map((_, i) => (i < lead.length ? 0 : 1)));
    }
  });

  it("tells words from special tokens, and leaves out what is too short", () => {
    const [chunk] = textChunks(tokenizer, "a fox", text, 64);
    const inWords = chunk!.words.flat();
    expect(inWords).toEqual(
      [...chunk!.ids.keys()].filter((i) => chunk!.ids[i] !== cls && chunk!.ids[i] !== sep),
    );
    expect(chunk!.words.some((word) => word.length > 1)).toBe(true);
    expect(textChunks(tokenizer, "", "a fox", 64)).toEqual([]);
  });
});

const examples = Array.from({ length: 40 }, (_, n) => ({
  query: n % 2 === 0 ? "" : "which fox",
  documents: [{ text: `${n} ${text.repeat(1 + (n % 5))}` }],
  targets: [1],
}));
const dataset = await openDataset([{ name: "made", examples }]);
const options = { tokenizer, maskId, heads: 2, maxTokens: 48, batchTokens: 480, poolExamples: 16, epochs: 2 };
async function read(changes: Partial<MlmLoaderOptions> = {}): Promise<MlmBatch[]> {
  const batches: MlmBatch[] = [];
  for await (const batch of mlmBatches(dataset, { ...options, ...changes })) batches.push(batch);
  return batches;
}
/** The texts of a batch as they were before masking. */
function restored({ feeds, positions, labels }: MlmBatch): string[] {
  const ids = (feeds.ids!.data as Int32Array).slice();
  positions.data.forEach((row, i) => {
    ids[Number(row)] = Number(labels.data[i]);
  });
  const firstRows = [...(feeds.firstRows!.data as Int32Array), ids.length];
  return firstRows.slice(1).map((end, i) => ids.slice(firstRows[i], end).join(" "));
}

describe("mlmBatches", () => {
  it("gives every chunk once an epoch, with labels that restore it", async () => {
    const batches = await read();
    const chunks = examples.flatMap(({ query, documents }) =>
      textChunks(tokenizer, query, documents[0]!.text, 48).map(({ ids }) => ids.join(" ")),
    );
    expect(batches.flatMap(restored).sort()).toEqual([...chunks, ...chunks].sort());
    for (const { feeds, sequences, tokens, masked, positions, labels } of batches) {
      expect(feeds.firstRows!.data).toHaveLength(sequences);
      expect(feeds.ids!.data).toHaveLength(tokens);
      expect([positions.dims, labels.dims]).toEqual([[masked], [masked]]);
      expect(feeds.slotRows!.data.length).toBeLessThanOrEqual(480);
    }
    const [tokens, masked] = [sum(batches, "tokens"), sum(batches, "masked")];
    expect(masked / tokens).toBeGreaterThan(0.11);
    expect(masked / tokens).toBeLessThan(0.16);
  });

  it("masks other tokens in another epoch, and the same for the same seed", async () => {
    const [first, second] = [await read({ epochs: 1 }), await read()];
    expect(second.slice(0, first.length)).toEqual(first);
    const masked = (batches: readonly MlmBatch[]) =>
      batches.flatMap(({ feeds }) => [...(feeds.ids!.data as Int32Array)]).join();
    expect(masked(second.slice(first.length))).not.toBe(masked(first));
    expect(masked(await read({ seed: 1, epochs: 1 }))).not.toBe(masked(first));
  });

  it("goes on from any position with exactly the next batch", async () => {
    const all = await read();
    for (const at of [0, 3, all.length - 2, all.length - 1]) {
      expect(await read({ from: all[at]!.next })).toEqual(all.slice(at + 1));
    }
  });

  it("leaves queries out on request", async () => {
    const types = (await read({ pairs: false, epochs: 1 })).flatMap(({ feeds }) => [
      ...(feeds.types!.data as Int32Array),
    ]);
    expect(new Set(types)).toEqual(new Set([0]));
  });

  it("refuses options out of range", async () => {
    await expect(read({ maskId: 5000 })).rejects.toMatchObject({ code: "INVALID_OPTION", field: "maskId" });
    await expect(read({ maxTokens: 8 })).rejects.toMatchObject({ field: "maxTokens" });
    await expect(read({ share: 1 })).rejects.toMatchObject({ field: "share" });
  });
});

describe("readMaskId", () => {
  it("finds the mask of every kind of tokenizer", async () => {
    expect(maskId).toBe(4);
    expect(await readMaskId(join(golden, "bpe"))).toBeGreaterThan(0);
  });

  it("says what is missing", async () => {
    const folder = new TemporaryFolder();
    await expect(readMaskId(folder.path)).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    folder.write("tokenizer.json", '{"added_tokens": [{"id": 0, "content": "[PAD]"}]}');
    await expect(readMaskId(folder.path)).rejects.toMatchObject({ code: "INVALID_TOKENIZER" });
  });
});

function sum(batches: readonly MlmBatch[], key: "tokens" | "masked"): number {
  return batches.reduce((total, batch) => total + batch[key], 0);
}
