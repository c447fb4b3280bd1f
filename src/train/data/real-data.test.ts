import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCollection } from "../../evaluate/index.js";
import { DATASETS } from "../../files/testing/datasets.js";
import { loadTokenizer, PairEncoder } from "../../text/index.js";
import { collectionExamples } from "./collection-examples.js";
import { LeakIndex } from "./leak-index.js";
import { removeLeaks, testTexts } from "./leaks.js";
import { trainingBatches } from "./loader.js";
import { openDataset } from "./open-dataset.js";

const root = join(import.meta.dirname, "../../..");
const there = existsSync(join(DATASETS, "train"));
const tokenizer = await loadTokenizer(join(root, "goldens/tokenizers/wordpiece"));
const encoder = new PairEncoder(tokenizer, { maxTokens: 128 });
const train = (file: string) => join(DATASETS, "train", `${file}.jsonl.gz`);

describe.skipIf(!there)(there ? "real data" : "real data (skipped: no data)", () => {
  it.each([
    ["qed-nq/pairs-train", true],
    ["qed-nq/pairs-dev", true],
    ["nq-oracle/pairs", true],
    ["ares/pairs", false],
    ["stackexchange/pairs", false],
    ["medquad/pairs", false],
    ["squad-nqg/pairs-test", false],
    ["techdocs/sections", false],
    ["openstax/sections", false],
    ["openstax/glossary", false],
    ["acl/pairs", false],
  ])("of %s become examples and batches", async (file, titled) => {
    const dataset = await openDataset([{ file: train(file), limit: 300 }]);
    expect(dataset.size).toBe(300);
    const all = [...dataset.entries()].map(({ example }) => example);
    expect(all.every(({ query, documents }) => query.length > 1 && documents[0]!.text.length > 1)).toBe(true);
    expect(all.some(({ documents }) => documents[0]!.title !== undefined)).toBe(titled);
    let examples = 0;
    for await (const batch of trainingBatches(dataset, { encoder, heads: 2 })) examples += batch.examples;
    expect(examples).toBe(300);
  });

  it("of ares contradict themselves on line 2313", async () => {
    await expect(openDataset([{ file: train("ares/pairs") }])).rejects.toThrow(
      /line 2313: the document "Malle/,
    );
  });

  it("of medquad leak into liveqa-med, and few claims of scifact's training split into its test split", async () => {
    const liveqa = await openCollection(join(DATASETS, "test/liveqa-med"));
    const index = new LeakIndex(await testTexts(liveqa));
    const medquad = await openDataset([{ file: train("medquad/pairs"), limit: 1000 }]);
    const { report } = await removeLeaks(medquad, index);
    expect(report.sources[0]!.removed).toBeGreaterThan(10);

    const folder = join(DATASETS, "test/scifact");
    const split = await openCollection(folder, { qrels: "train" });
    const scifact = await openDataset([{ name: "scifact", examples: collectionExamples(split) }]);
    expect(scifact.size).toBe(809);
    const queries = (await testTexts(await openCollection(folder))).filter(({ role }) => role === "query");
    const { report: own } = await removeLeaks(scifact, new LeakIndex(queries));
    expect(own.sources[0]!.removed).toBeLessThan(60);
  });
});
