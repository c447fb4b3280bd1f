import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { pointwise } from "../../rerank/index.js";
import type { Pair, ScoreScale } from "../../types/index.js";
import { openDataset } from "../data/index.js";
import { bm25Miner, DocumentPool } from "./document-pool.js";
import { type MineOptions, mineNegatives } from "./mine-negatives.js";
import { NearTexts, readText } from "./near-texts.js";
import { rerankedMiner } from "./reranked-miner.js";
import { writeMined } from "./write-mined.js";

const animals = ["cat", "dog", "fox", "owl"];
const places = [
  "river",
  "forest",
  "village",
  "meadow",
  "harbour",
  "mountain",
  "desert",
  "island",
  "garden",
  "canyon",
];
/** Forty texts; those of an animal are candidates for each other. */
const texts = animals.flatMap((animal) =>
  places.map((place) => `The ${animal} lives near the ${place} all year.`),
);
const examples = animals.map((animal) => ({
  query: `where does the ${animal} live`,
  documents: [{ text: `The ${animal} lives near the river all year.` }],
  targets: [1],
}));

/** What all of it needs: a data set of questions, a pool of all texts, BM25 over the pool. */
async function scene(more: readonly (typeof examples)[number][] = []) {
  const dataset = await openDataset([{ name: "questions", examples: [...examples, ...more] }]);
  const pool = await DocumentPool.fromDocuments(texts.map((text) => ({ text })));
  const retriever = await bm25Miner(pool);
  const mine = (options: Partial<MineOptions> = {}) =>
    mineNegatives(dataset, { retriever, pool, perQuery: 4, ranks: [1, 10], ...options });
  return { dataset, pool, retriever, mine };
}

/** Scores by the number that stands for a place. */
function teacher(scoreOf: (pair: Pair) => number, scoreScale: ScoreScale = "probability") {
  return pointwise({
    id: "teacher",
    scoreScale,
    maxTokens: Number.POSITIVE_INFINITY,
    score: async (pairs) => ({ scores: Float64Array.from(pairs, scoreOf) }),
    close: async () => undefined,
  });
}
/** Sure of the positives; other scores tell the texts apart. */
const sure = teacher(({ document: { text } }) => (text.includes("river") ? 0.9 : texts.indexOf(text) / 100));
const negativesOf = ({
  documents,
  targets,
}: {
  documents: readonly { text: string }[];
  targets: readonly number[];
}) => documents.filter((_, i) => targets[i] === 0).map(({ text }) => text);

describe("mineNegatives", () => {
  it("mixes candidates of the retriever with random documents, never the positive", async () => {
    const { mine } = await scene();
    const mined = await mine();
    expect(mined.report).toMatchObject({
      examples: 4,
      mined: 4,
      hard: 12,
      random: 4,
      short: 0,
      candidates: 40,
    });
    [...mined.examples()].forEach((example, i) => {
      expect(example.documents[0]).toEqual(examples[i]!.documents[0]);
      const negatives = negativesOf(example);
      expect(new Set(negatives).size).toBe(4);
      expect(negatives).not.toContain(examples[i]!.documents[0]!.text);
      expect(negatives.filter((text) => text.includes(animals[i]!)).length).toBeGreaterThanOrEqual(3);
    });
  });

  it("is the same for the same seed, and another for another", async () => {
    const { mine } = await scene();
    const [first, again, other] = [await mine(), await mine(), await mine({ seed: 1 })];
    expect([...again.examples()]).toEqual([...first.examples()]);
    expect([...other.examples()]).not.toEqual([...first.examples()]);
  });

  it("takes candidates from the ranks that are asked for", async () => {
    const { mine, retriever } = await scene();
    const mined = await mine({ ranks: [3, 6], perQuery: 3, randomShare: 0 });
    for (const example of mined.examples()) {
      const found = await retriever.search(example.query, 6);
      const allowed = found.slice(2).map(({ document }) => document.text);
      for (const text of negativesOf(example)) expect(allowed).toContain(text);
    }
  });

  it("takes the ranks of a reranker over what the retriever finds", async () => {
    const { mine, retriever } = await scene();
    const far = teacher(({ document: { text } }) => places.findIndex((place) => text.includes(place)));
    const best = await mine({
      retriever: rerankedMiner(retriever, far),
      ranks: [1, 1],
      perQuery: 1,
      randomShare: 0,
    });
    expect([...best.examples()].flatMap(negativesOf)).toEqual(
      animals.map((animal) => `The ${animal} lives near the canyon all year.`),
    );
  });

  it("drops what another example has as a positive for the same query, and texts like a positive", async () => {
    const { mine, pool } = await scene([
      { query: "Where does the CAT live?", documents: [{ text: texts[1]! }], targets: [1] },
    ]);
    pool.add({ text: "The cat lives near the river all year. Really." });
    const mined = await mine({
      retriever: await bm25Miner(pool),
      perQuery: 30,
      ranks: [1, 40],
      randomShare: 0.5,
    });
    const [first] = mined.examples();
    expect(negativesOf(first!)).not.toContain(texts[1]);
    expect(negativesOf(first!).filter((text) => text.includes("cat") && text.includes("river"))).toEqual([]);
    expect(mined.report.dropped.known).toBeGreaterThan(0);
    expect(mined.report.dropped.near).toBeGreaterThan(0);
  });

  it("keeps judged negatives first and looks for the rest only", async () => {
    const judged = {
      query: "the owl?",
      documents: [{ text: texts[30]! }, { text: "Owls hoot." }],
      targets: [1, 0],
    };
    const { mine } = await scene([judged]);
    const mined = await mine();
    const last = [...mined.examples()].at(-1)!;
    expect(negativesOf(last)).toHaveLength(4);
    expect(negativesOf(last)[0]).toBe("Owls hoot.");
    expect(mined.report).toMatchObject({ judged: 1, hard: 14, random: 5 });
  });

  it("leaves out examples without a positive, and says where there were too few negatives", async () => {
    const { mine } = await scene([{ query: "no answer", documents: [{ text: "nothing" }], targets: [0] }]);
    const mined = await mine({ perQuery: 100, ranks: [1, 5] });
    expect(mined.size).toBe(4);
    expect(mined.report).toMatchObject({ examples: 5, withoutPositive: 1, mined: 4, short: 4 });
  });

  it("leaves out positives that the retriever does not find, where asked to", async () => {
    const { mine } = await scene([
      {
        query: "the cat lives",
        documents: [
          { text: "The cat lives near the garden all year." },
          { text: "A tabby prefers the hearth." },
        ],
        targets: [1, 1],
      },
      { query: "where is the nightingale", documents: [{ text: "It sings by night." }], targets: [1] },
    ]);
    const [all, found] = [await mine(), await mine({ foundOnly: true })];
    expect([all.size, found.size, found.report.unfound]).toEqual([6, 5, 1]);
    const [, , , , cat] = [...found.examples()];
    expect(cat).toMatchObject({ query: "the cat lives", targets: [1, 0, 0, 0, 0] });
  });

  it("drops by the teacher's guards, random documents too, and counts each", async () => {
    const { mine } = await scene();
    const scoreOf = ({ document: { text } }: Pair) =>
      text.includes("river") ? 0.9 : text.includes("forest") ? 0.88 : text.includes("village") ? 0.5 : 0.05;
    const run = async (guards: MineOptions["guards"]) => {
      const mined = await mine({
        teacher: teacher(scoreOf),
        guards,
        perQuery: 9,
        randomShare: 0,
        teacherCandidates: 10,
      });
      const negatives = [...mined.examples()].flatMap(negativesOf);
      return {
        dropped: mined.report.dropped,
        has: (place: string) => negatives.some((text) => text.includes(place)),
      };
    };
    const relative = await run(undefined);
    expect(relative.has("forest")).toBe(false);
    expect(relative.has("village")).toBe(true);
    expect(relative.dropped.relative).toBeGreaterThanOrEqual(4);
    const absolute = await run({ absolute: 0.45 });
    expect(absolute.has("village")).toBe(false);
    expect(absolute.dropped).toMatchObject({ relative: 0, probability: 0 });
    const probability = await run({ probability: 0.1 });
    expect(probability.has("village") || probability.has("forest")).toBe(false);
    expect(probability.dropped.probability).toBeGreaterThanOrEqual(8);
  });

  it("gives the teacher's scores as targets", async () => {
    const { mine } = await scene();
    const mined = await mine({ teacher: sure });
    for (const { documents, targets } of mined.examples("teacher")) {
      expect(targets).toHaveLength(5);
      expect(targets[0]).toBe(0.9);
      expect(targets.slice(1)).toEqual(documents.slice(1).map(({ text }) => texts.indexOf(text) / 100));
    }
  });

  it("reports its progress and stops when aborted", async () => {
    const { mine } = await scene();
    const reported: number[][] = [];
    await mine({ onProgress: (...counts) => reported.push(counts) });
    expect(reported.at(-1)).toEqual([4, 4]);
    await expect(mine({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("refuses options out of range", async () => {
    const { mine } = await scene();
    await expect(mine({ perQuery: 0 })).rejects.toMatchObject({ code: "INVALID_OPTION", field: "perQuery" });
    await expect(mine({ ranks: [5, 4] })).rejects.toMatchObject({ field: "ranks[1]" });
    await expect(mine({ randomShare: 2 })).rejects.toMatchObject({ field: "randomShare" });
    await expect(mine({ guards: { relative: 0.9 } })).rejects.toMatchObject({ field: "guards" });
    const ranks = teacher(() => 1, "rank");
    await expect(mine({ teacher: ranks })).rejects.toMatchObject({ field: "teacher.scoreScale" });
  });
});

describe("writeMined", () => {
  const folder = new TemporaryFolder();
  const mined = scene().then(({ mine }) => mine({ teacher: sure, guards: { relative: 1 } }));

  it.each([
    ["lists", 4],
    ["triples", 16],
    ["pairs", 20],
  ] as const)("writes %s that the data set reads back", async (format, count) => {
    const file = join(folder.path, `${format}.jsonl.gz`);
    const reported: number[][] = [];
    expect(
      await writeMined(file, await mined, { format, onProgress: (...counts) => reported.push(counts) }),
    ).toBe(count);
    expect(reported.at(-1)).toEqual([4, 4]);
    expect(gunzipSync(readFileSync(file)).toString().trimEnd().split("\n")).toHaveLength(count);
    const read = await openDataset([{ file }], { groupByQuery: true });
    expect([...read.entries()].map(({ example }) => example)).toEqual([...(await mined).examples()]);
  });

  it.each(["lists", "triples", "pairs"] as const)(
    "writes %s with the teacher's probabilities",
    async (format) => {
      const file = join(folder.path, `teacher-${format}.jsonl`);
      await writeMined(file, await mined, { format, targets: "teacher" });
      expect(readFileSync(file, "utf8")).toContain(
        format === "pairs" ? '"probability":' : '"probabilities":',
      );
      const read = await openDataset([{ file }], { groupByQuery: true });
      expect([...read.entries()].map(({ example }) => example)).toEqual([
        ...(await mined).examples("teacher"),
      ]);
    },
  );

  it("keeps an older file when aborted, and needs a teacher for a teacher's targets", async () => {
    const file = folder.write("older.jsonl", "older");
    const aborted = writeMined(file, await mined, { format: "lists", signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: "ABORTED" });
    expect(readFileSync(file, "utf8")).toBe("older");
    const labels = await (await scene()).mine();
    await expect(writeMined(file, labels, { format: "lists", targets: "teacher" })).rejects.toMatchObject({
      code: "INVALID_OPTION",
      field: "targets",
    });
  });
});

describe("NearTexts", () => {
  const near = new NearTexts(
    [{ text: "One two three four five six seven eight nine ten." }, { text: "Short one." }].map(readText),
  );

  it.each([
    ["one TWO three four five six seven eight, nine ten", true],
    ["two three four five six seven", false],
    ["two three four five six seven eight nine", true],
    ["Before: one two three four five six seven eight nine ten and much more after it", true],
    ["one two three four five, and then something else entirely", false],
    ["short one", true],
    ["short one more", false],
  ])("%s: %s", (text, expected) => {
    expect(near.resembles(readText({ text }))).toBe(expected);
  });
});

describe("DocumentPool", () => {
  it("keeps each document once; a title makes another one of it", () => {
    const pool = new DocumentPool();
    expect(
      [{ text: "a" }, { text: "b" }, { text: "a" }, { text: "a", title: "T" }].map((d) => pool.add(d)),
    ).toEqual([0, 1, 0, 2]);
    expect([pool.size, pool.get(2)]).toEqual([3, { title: "T", text: "a" }]);
  });
});
