// Step 1: vocabulary, rarity of words, an untrained model, and lists of one answer with mined negatives.
// node recipes/default/prepare.mjs: reads RANKWRIGHT_DATA, writes RANKWRIGHT_RECIPE (default ./recipe-work).
import { createReadStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
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
import { DATA, say, WORK } from "./places.mjs";
import { SHAPE, VOCABULARY } from "./shape.mjs";
import { STAGES, TESTS, TEXTS } from "./sources.mjs";

/** About 200 tokens. */
const CHARACTERS = 900;

mkdirSync(join(WORK, "data"), { recursive: true });
await makeModel();
await mineAll();

async function* texts() {
  for (const file of TEXTS) {
    const lines = createInterface({ input: createReadStream(join(DATA, file)).pipe(createGunzip()) });
    for await (const line of lines) {
      const { title, heading, term, q, text, abstract, meaning, pos, doc } = JSON.parse(line);
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
  const counts = {};
  for (const [stage, sources] of Object.entries(STAGES)) {
    for (const { name, file, ...options } of sources) {
      const out = join(WORK, "data", `${stage}-${name}.jsonl.gz`);
      if (existsSync(out)) continue;
      say(`${stage}/${name} …`);
      const whole = await openDataset([{ file: join(DATA, file), ...options }], {
        skipInvalid: 100_000,
        groupByQuery: true,
      });
      const { dataset: clean, report } = await removeLeaks(whole, index);
      const dataset = await openDataset([{ name, examples: beginnings(clean) }]);
      say(`  ${dataset.size} of ${whole.size} stay`);
      const pool = DocumentPool.fromDataset(dataset);
      const retriever = await bm25Miner(pool);
      const mined = await mineNegatives(dataset, { retriever, pool, perQuery: 11, ranks: [2, 40], seed: 1 });
      const lines = await writeMined(out, mined, { format: "lists" });
      counts[`${stage}-${name}`] = { read: whole.size, leaked: whole.size - dataset.size, lines };
      say(`${stage}/${name}: ${whole.size} read, ${whole.size - dataset.size} leaked, ${lines} lists`);
      writeFileSync(
        join(WORK, "data", `${stage}-${name}.report.json`),
        JSON.stringify({ leaks: report.sources, mining: mined.report }),
      );
    }
  }
}
