// node bench/bm25.mjs [CORPUS.jsonl…]: our BM25 against MiniSearch, both over the same documents in one process
// each, strictly one after the other. Without files: 60,000 documents of seeded words.
import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { installPeer } from "./install-peer.mjs";
import { median } from "./measure/statistics.mjs";

const DOCUMENTS = 60_000;
const QUERIES = 200;

const [mode, ...files] = process.argv.slice(2);
if (mode === "--only") await contestant(files[0], files.slice(1));
else await compare(process.argv.slice(2));

async function compare(files) {
  installPeer();
  const self = fileURLToPath(import.meta.url);
  const results = Object.fromEntries(
    ["rankwright", "minisearch"].map((name) => {
      const output = execFileSync(process.execPath, ["--expose-gc", self, "--only", name, ...files], {
        encoding: "utf8",
      });
      return [name, JSON.parse(output)];
    }),
  );
  const { rankwright: ours, minisearch: theirs } = results;
  console.log(
    `${ours.documents} documents, ${(ours.characters / 1e6).toFixed(1)} M characters; ${QUERIES} queries, the 100 best each\n`,
  );
  console.log("              index s   search ms (median, p95)   memory MB");
  for (const [name, { index, search, p95, memory }] of Object.entries(results)) {
    console.log(
      `${name.padEnd(12)} ${index.toFixed(2).padStart(8)}   ${search.toFixed(2).padStart(9)} ${p95.toFixed(2).padStart(9)}   ${memory.toFixed(0).padStart(13)}`,
    );
  }
  console.log(
    `\nindexing ${(theirs.index / ours.index).toFixed(1)} times, searching ${(theirs.search / ours.search).toFixed(1)} times as fast as MiniSearch`,
  );
}

async function contestant(name, files) {
  const documents = files.length === 0 ? madeUp() : await read(files);
  const queries = documents
    .filter((_, i) => i % Math.floor(documents.length / QUERIES) === 0)
    .slice(0, QUERIES);
  const texts = queries.map(({ text }) => text.split(/\s+/).slice(0, 8).join(" "));
  globalThis.gc?.();
  const before = process.memoryUsage();
  const begin = performance.now();
  const search = await (name === "rankwright" ? ours(documents) : theirs(documents));
  const index = (performance.now() - begin) / 1000;
  globalThis.gc?.();
  const after = process.memoryUsage();
  for (const text of texts.slice(0, 20)) search(text);
  const times = texts.map((text) => {
    const start = performance.now();
    search(text);
    return performance.now() - start;
  });
  const sorted = times.toSorted((a, b) => a - b);
  const used = ({ heapUsed, arrayBuffers }) => heapUsed + arrayBuffers;
  console.log(
    JSON.stringify({
      documents: documents.length,
      characters: documents.reduce((sum, { title = "", text }) => sum + title.length + text.length, 0),
      index,
      search: median(times),
      p95: sorted[Math.floor(0.95 * sorted.length)],
      memory: (used(after) - used(before)) / 1e6,
    }),
  );
}

async function ours(documents) {
  const { Bm25Index } = await import("../dist/retrieve/index.js");
  const index = await Bm25Index.build(documents);
  return (text) => index.search(text, 100);
}

async function theirs(documents) {
  const { default: MiniSearch } = await import("minisearch");
  const index = new MiniSearch({ fields: ["title", "text"] });
  index.addAll(documents);
  return (text) => index.search(text).slice(0, 100);
}

async function read(files) {
  const documents = [];
  for (const file of files) {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      if (documents.length >= DOCUMENTS) return documents;
      const { title, text } = JSON.parse(line);
      documents.push({ id: String(documents.length), title: title ?? "", text });
    }
  }
  return documents;
}

/** Words drawn by Zipf's law, 60 to a document. */
function madeUp() {
  let state = 7;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const word = () => `w${Math.floor(200_000 ** random())}`;
  return Array.from({ length: DOCUMENTS }, (_, i) => ({
    id: String(i),
    title: "",
    text: Array.from({ length: 60 }, word).join(" "),
  }));
}
