import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { openDataset } from "./open-dataset.js";
import type { LossDemands } from "./suits-loss.js";

const folder = new TemporaryFolder();
const lines = (...records: unknown[]) => records.map((record) => JSON.stringify(record)).join("\n");
const pointwise: LossDemands = {
  name: "bce",
  leastDocuments: 1,
  check: (targets) =>
    targets.every((target) => target === 0 || target === 1) ? undefined : "must be 0 or 1",
};
const listwise: LossDemands = { name: "lce", leastDocuments: 2, check: () => undefined };

describe("openDataset", () => {
  it("reads files of several shapes, gzip or not, as examples with their origin", async () => {
    const pairs = folder.write(
      "pairs.jsonl",
      `${lines({ q: "a", pos: "b" })}\n\n${lines({ q: "c", pos: "dé" })}\n`,
    );
    const triples = folder.write(
      "triples.jsonl.gz",
      gzipSync(lines({ query: "e", positive: "f", negative: "g" })),
    );
    const dataset = await openDataset([{ file: pairs }, { file: triples, weight: 0.5 }]);
    expect(dataset.size).toBe(3);
    expect([...dataset.entries()].map(({ example }) => example)).toEqual([
      { query: "a", documents: [{ text: "b" }], targets: [1] },
      { query: "c", documents: [{ text: "dé" }], targets: [1] },
      { query: "e", documents: [{ text: "f" }, { text: "g" }], targets: [1, 0] },
    ]);
    expect(dataset.origin(1)).toEqual({ file: pairs, line: 3 });
    expect(dataset.reports[1]).toEqual({
      file: triples,
      lines: 1,
      refused: 0,
      skipped: 0,
      examples: 1,
      documents: 2,
    });
  });

  it("takes examples that come from elsewhere", async () => {
    const example = { query: "q", documents: [{ text: "a" }], targets: [1] };
    const dataset = await openDataset([{ name: "made", examples: [example] }]);
    expect(dataset.example(0)).toEqual(example);
    expect(dataset.origin(0)).toEqual({ file: "made", line: 1 });
  });

  it("stops at a limit, and takes only what is accepted", async () => {
    const file = folder.write(
      "many.jsonl",
      lines(...[1, 2, 3, 4].map((n) => ({ src: n % 2, q: `q${n}`, pos: "d" }))),
    );
    expect((await openDataset([{ file, limit: 2 }])).size).toBe(2);
    const odd = await openDataset([{ file, accept: ({ src }) => src === 1 }]);
    expect([...odd.entries()].map(({ example }) => example.query)).toEqual(["q1", "q3"]);
    expect(odd.reports[0]).toMatchObject({ lines: 4, refused: 2, examples: 2 });
  });

  const broken = Buffer.concat([
    Buffer.from('{"q": "a", "pos": "b"}\n{"q": "a", "pos"\n'),
    Buffer.from([0x22, 0xff, 0x22, 0x0a]),
    Buffer.from('[1]\n{"q": "c"}\n{"q": "d", "pos": "e"}\n'),
  ]);

  it.each([
    [0, "INVALID_JSON", "line 2, column 17"],
    [1, "INVALID_UTF8", "line 3"],
    [2, "INVALID_TRAINING_DATA", "line 4: the line is [1]"],
    [3, "INVALID_TRAINING_DATA", 'line 5: the keys ["q"]'],
  ])("skips %i lines at most, then fails with file, line and reason", async (skipInvalid, code, where) => {
    const file = folder.write("broken.jsonl", broken);
    await expect(openDataset([{ file }], { skipInvalid })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`${file}, ${where}`),
    });
  });

  it("counts and reports what it skipped, and reads the rest", async () => {
    const file = folder.write("broken.jsonl", broken);
    const dataset = await openDataset([{ file }], { skipInvalid: 4 });
    expect([...dataset.entries()].map(({ example }) => example.query)).toEqual(["a", "d"]);
    expect(dataset.reports[0]).toMatchObject({ lines: 3, skipped: 4, examples: 2 });
    expect(dataset.skipped).toHaveLength(4);
    expect(dataset.origin(1).line).toBe(6);
  });

  it("notices judgments that contradict each other, but lets teachers differ", async () => {
    const pair = { query: "q", document: "d" };
    const judged = folder.write(
      "judged.jsonl",
      lines({ ...pair, label: 1 }, { ...pair, label: 1 }, { ...pair, label: 0 }),
    );
    await expect(openDataset([{ file: judged }])).rejects.toMatchObject({
      code: "INVALID_TRAINING_DATA",
      message: `${judged}, line 3: the document "d" has the target 0, and for the same query 1 on line 1; keep one of them.`,
    });
    const teacher = folder.write("teacher.jsonl", lines({ ...pair, score: 1 }, { ...pair, score: 0 }));
    expect((await openDataset([{ file: teacher }])).size).toBe(2);
  });

  it("groups the lines of a query into one list", async () => {
    const file = folder.write(
      "grouped.jsonl",
      lines(
        { query: "q", document: "a", label: 1 },
        { query: "r", document: "a", label: 1 },
        { query: "q", document: "b", label: 0 },
        { query: "q", document: "a", label: 1 },
        { query: "r", document: "c", label: 0 },
      ),
    );
    const dataset = await openDataset([{ file }], { groupByQuery: true, loss: listwise });
    expect([...dataset.entries()].map(({ example }) => example)).toEqual([
      { query: "q", documents: [{ text: "a" }, { text: "b" }], targets: [1, 0] },
      { query: "r", documents: [{ text: "a" }, { text: "c" }], targets: [1, 0] },
    ]);
    expect(dataset.origin(1).line).toBe(2);
    const contradictory = folder.write(
      "contradictory.jsonl",
      lines({ query: "q", document: "a", label: 1 }, { query: "q", document: "a", label: 2 }),
    );
    await expect(openDataset([{ file: contradictory }], { groupByQuery: true })).rejects.toThrow(
      'line 2: the document "a" has the target 2, and for the same query 1 on line 1',
    );
  });

  it("says with file and line what the loss cannot learn from, or skips it on request", async () => {
    const file = folder.write(
      "unsuited.jsonl",
      lines(
        { query: "p", documents: ["a", "b"], labels: [1, 0.5] },
        { query: "q", documents: ["a"], labels: [1] },
        { query: "r", documents: ["a", "b"], labels: [1, 1] },
      ),
    );
    await expect(openDataset([{ file }], { loss: pointwise })).rejects.toThrow(
      `${file}, line 1: the targets [1, 0.5] do not suit the loss bce: each must be 0 or 1.`,
    );
    await expect(openDataset([{ file }], { loss: listwise })).rejects.toThrow(
      `${file}, line 2: there is one document, and the loss lce compares at least 2 of a query`,
    );
    await expect(openDataset([{ file }], { loss: listwise, skipInvalid: 1 })).rejects.toThrow(
      `${file}, line 3: all 2 documents have the target 1`,
    );
    const dataset = await openDataset([{ file }], { loss: listwise, skipInvalid: 2 });
    expect(dataset.reports[0]).toMatchObject({ skipped: 2, examples: 1 });
  });

  it("refuses files without examples, missing files, and options out of range", async () => {
    const file = folder.write("empty.jsonl", "\n");
    await expect(openDataset([{ file }])).rejects.toMatchObject({ code: "EMPTY_FILE" });
    await expect(openDataset([{ file: "nowhere.jsonl" }])).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    await expect(openDataset([{ file, weight: 0 }])).rejects.toMatchObject({ field: "weight" });
    await expect(openDataset([{ file, limit: 0 }])).rejects.toMatchObject({ field: "limit" });
    await expect(openDataset([{ file }], { skipInvalid: -1 })).rejects.toMatchObject({
      field: "skipInvalid",
    });
    const signal = AbortSignal.abort();
    await expect(openDataset([{ file }], { signal })).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("shows by its fingerprint whether the data are the same", async () => {
    const made = async (text: string, weight?: number) =>
      (
        await openDataset([
          { name: "made", weight, examples: [{ query: "q", documents: [{ text }], targets: [1] }] },
        ])
      ).fingerprint();
    expect(await made("a")).toBe(await made("a"));
    expect(new Set([await made("a"), await made("b"), await made("a", 2)]).size).toBe(3);
  });
});
