// Step 1: vocabulary, rarity of words, an untrained model, and lists of one answer with mined negatives.
// node recipes/default/prepare.mjs: reads RANKWRIGHT_DATASETS, writes RANKWRIGHT_RECIPE (default ./recipe-work).
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCollection } from "../../dist/evaluate/index.js";
import { createModel } from "../../dist/models/lexical/create-model.js";
import { piecesOf } from "../../dist/models/lexical/read-pieces.js";
import { buildTokenizer } from "../../dist/text/index.js";
import {
  bm25Miner,
  DocumentPool,
  LeakIndex,
  mineNegatives,
  openDataset,
  removeLeaks,
  testTexts,
  writeMined,
} from "../../dist/train/index.js";
import { countRarity } from "../../dist/train/vocabulary/count-rarity.js";
import { trainVocabulary } from "../../dist/train/vocabulary/train-vocabulary.js";
import { derive } from "./derive.mjs";
import { DATA, say, WORK } from "./places.mjs";
import { records } from "./records.mjs";
import { SHAPE, VOCABULARY } from "./shape.mjs";
import { SOURCES, TESTS, TEXTS } from "./sources.mjs";

/** Lists as a re-ranker is given them: any of the 100 that BM25 finds, and only if the answer is among them. */
const MINING = { perQuery: 15, ranks: [1, 100], foundOnly: true, randomShare: 0.2, seed: 1 };
/** About 200 tokens. */
const CHARACTERS = 900;

mkdirSync(join(WORK, "data"), { recursive: true });
await makeModel();
await mineAll();

async function* texts() {
  for (const file of TEXTS) {
    for await (const record of records(file)) {
      const { title, heading, term, q, text, abstract, meaning, pos, doc } = record;
      yield [title, heading, term, q, text, abstract, meaning, pos, doc].filter(Boolean).join("\n");
    }
  }
}

async function makeModel() {
  const folder = join(WORK, "start");
  if (existsSync(join(folder, "model.safetensors"))) return;
  const tokenizer = await trainVocabulary(texts(), { size: VOCABULARY, alphabetLimit: 400, minFrequency: 5 });
  say(`vocabulary: ${Object.keys(tokenizer.model.vocab).length} pieces`);
  const rarity = await countRarity(texts(), buildTokenizer({ tokenizer }), piecesOf(tokenizer));
  mkdirSync(folder, { recursive: true });
  await createModel(folder, { shape: SHAPE, tokenizer, rarity, seed: 1 });
  say(`untrained model in ${folder}`);
}

/** Only the beginning of a text is read in training: lists of whole texts would be gigabytes. */
function* beginnings(dataset) {
  for (const { example } of dataset.entries()) {
    const documents = example.documents.map(({ title, text }) => ({
      ...(title !== undefined && { title }),
      text: text.slice(0, CHARACTERS),
    }));
    const texts = documents.map(({ title, text }) => `${title} ${text}`);
    const first = documents.map((_, i) => texts.indexOf(texts[i]) === i);
    yield {
      query: example.query,
      documents: documents.filter((_, i) => first[i]),
      targets: example.targets.filter((_, i) => first[i]),
    };
  }
}

async function mineAll() {
  const tests = [];
  for (const [set, qrels] of TESTS) {
    tests.push(...(await testTexts(await openCollection(join(DATA, "test", set), { qrels }))));
  }
  const index = new LeakIndex(tests);
  say(`${tests.length} texts that must not be trained on`);
  for (const [name, source] of Object.entries(SOURCES)) {
    const out = join(WORK, "data", `${name}.jsonl.gz`);
    if (existsSync(out)) continue;
    const { file, ...options } = source;
    const read = source.derive
      ? { name, examples: await derive(source, 12345) }
      : { file: join(DATA, file), ...options };
    const whole = await openDataset([read], { skipInvalid: 100_000, groupByQuery: true });
    const { dataset: clean, report } = await removeLeaks(whole, index);
    const dataset = await openDataset([{ name, examples: beginnings(clean) }]);
    const pool = DocumentPool.fromDataset(dataset);
    const mined = await mineNegatives(dataset, { retriever: await bm25Miner(pool), pool, ...MINING });
    const lines = await writeMined(out, mined, { format: "lists" });
    say(
      `${name}: ${whole.size} read, ${whole.size - dataset.size} leaked, ${mined.report.unfound} not found, ${lines} lists`,
    );
    const facts = { leaks: report.sources, mining: mined.report };
    writeFileSync(join(WORK, "data", `${name}.report.json`), `${JSON.stringify(facts)}\n`);
  }
}
