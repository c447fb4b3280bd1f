import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inChunks, TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { parseTrecRun, readRun } from "./read-run.js";

const folder = new TemporaryFolder();
const parse = (text: string | Uint8Array, ...sizes: number[]) =>
  parseTrecRun(inChunks(Buffer.from(text), ...sizes), "a.run");

/** What a reader of ten lines would do. */
function naive(text: string): Record<string, [id: string, score: number][]> {
  const lists: Record<string, [string, number][]> = {};
  for (const line of text.split("\n")) {
    const [query, , document, , score] = line.split(/[\t-\r ]+/).filter((field) => field !== "");
    if (query === undefined) continue;
    lists[query] ??= [];
    lists[query].push([document as string, Number(score)]);
  }
  return lists;
}

const plain = (run: Awaited<ReturnType<typeof readRun>>) =>
  Object.fromEntries(
    [...run.lists].map(([query, { ids, scores }]) => [query, ids.map((id, i) => [id, scores[i]])]),
  );

const score = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.constantFrom("1e-3", "+.5", "7.", "0012.50", "15.780599594116211"),
);
const id = fc.oneof(
  fc.stringMatching(/^[a-z0-9_.-]{1,12}$/),
  fc.constantFrom("ü1", "文書", "clueweb12-0000tw-00-00013"),
);
const space = fc.constantFrom(" ", "\t", "  ", " \t ");
const line = fc.record({ query: fc.constantFrom("q1", "q2", "301", "ß"), id, score, rank: fc.nat(), space });
const lines = fc.uniqueArray(line, {
  selector: ({ query, id }) => `${query} ${id}`,
  minLength: 1,
  maxLength: 40,
});

describe("parseTrecRun", () => {
  it("reads what splitting every line reads, wherever the chunks end", async () => {
    await fc.assert(
      fc.asyncProperty(
        lines,
        fc.constantFrom("\n", "\r\n", "\n\n", " \n"),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
        async (all, end, closed, sizes) => {
          const rows = all.map(({ query, id, score, rank, space }) =>
            [query, "Q0", id, rank, score, "tag"].join(space),
          );
          const text = rows.join(end) + (closed ? end : "");
          const run = await parse(text, ...sizes);
          expect(plain(run)).toEqual(naive(text));
          expect([...run.lists.keys()]).toEqual([...new Set(all.map(({ query }) => query))]);
          expect(run.name).toBe("tag");
        },
      ),
      { numRuns: 300 },
    );
  });

  it("keeps lists of any length apart, their lines mixed", async () => {
    const rows: string[] = [];
    for (let i = 0; i < 3000; i++) rows.push(`a Q0 d${i} 1 ${i} t`, `b Q0 d${i % 50}x${i} 1 ${-i} t`);
    const run = await parse(rows.join("\n"), 999);
    expect(run.lists.get("a")?.ids).toEqual(Array.from({ length: 3000 }, (_, i) => `d${i}`));
    expect(run.lists.get("b")?.scores[2999]).toBe(-2999);
  });

  it.each([
    [
      "q Q0 d 1 2",
      'a.run, line 2: "q Q0 d 1 2" has 5 columns instead of 6; write `query Q0 document rank score tag`',
    ],
    ["q Q0 d 1 2 my tag", 'a.run, line 2: "q Q0 d 1 2 my tag" has 7 columns instead of 6'],
    ["q Q0 d 1 abc t", 'a.run, line 2: score is "abc"; give a finite number.'],
    ["q Q0 d 1 nan t", 'a.run, line 2: score is "nan"; give a finite number.'],
    ["q Q0 d 1 -inf t", 'a.run, line 2: score is "-inf"'],
    ["q Q0 d 1 1e999 t", 'a.run, line 2: score is "1e999"'],
    ["q1 Q0 d0 9 9 t", 'a.run, line 2: document "d0" is listed twice for query "q1"; keep one of them.'],
  ])("explains what is wrong with %j", async (second, message) => {
    await expect(parse(`q1 Q0 d0 1 3 t\n${second}\n`)).rejects.toMatchObject({
      code: "INVALID_RUN",
      message: expect.stringContaining(message),
    });
  });

  it("notices a document that comes back after other queries, however long the list", async () => {
    const rows = Array.from({ length: 500 }, (_, i) => `q1 Q0 d${i} 1 2 t`);
    for (const again of ["d0", "d250", "d499"]) {
      await expect(
        parse([...rows, "q2 Q0 d0 1 2 t", `q1 Q0 ${again} 1 2 t`].join("\n")),
      ).rejects.toMatchObject({
        code: "INVALID_RUN",
        message: expect.stringContaining(
          `a.run, line 502: document "${again}" is listed twice for query "q1"`,
        ),
      });
    }
  });

  it("refuses what holds no run, or is not UTF-8", async () => {
    await expect(parse(" \n\n")).rejects.toMatchObject({
      code: "EMPTY_FILE",
      message: expect.stringContaining("a.run holds no run; write `query Q0"),
    });
    await expect(parse(Buffer.from("q1 Q0 gr\u00fcn 1 2 t\n", "latin1"))).rejects.toMatchObject({
      code: "INVALID_UTF8",
      message: expect.stringContaining("a.run, line 1"),
    });
  });
});

describe("readRun", () => {
  const trec = "q1 Q0 d2 1 2.5 BM25\nq1 Q0 d1 2 1.5 BM25\nq2 Q0 d1 1 0 BM25\n";

  it("reads TREC run files, compressed or not, and names them", async () => {
    const expected = {
      name: "BM25",
      lists: new Map([
        ["q1", { ids: ["d2", "d1"], scores: Float64Array.of(2.5, 1.5) }],
        ["q2", { ids: ["d1"], scores: Float64Array.of(0) }],
      ]),
    };
    expect(await readRun(folder.write("a.run", trec))).toEqual(expected);
    expect(await readRun(folder.write("a.run.gz", gzipSync(`\ufeff${trec}`)))).toEqual(expected);
    expect(await readRun(folder.write("a.run", trec), { name: "mine" })).toEqual({
      ...expected,
      name: "mine",
    });
  });

  it("reads JSON Lines, by the first character, and names them after the file", async () => {
    const json =
      '{"query": "q1", "document": "d 2", "score": 2.5, "rank": 1}\n\n{"query": 7, "id": 1, "score": -1e3}\n';
    expect(await readRun(folder.write("my.splade.jsonl.gz", gzipSync(json)))).toEqual({
      name: "my.splade",
      lists: new Map([
        ["q1", { ids: ["d 2"], scores: Float64Array.of(2.5) }],
        ["7", { ids: ["1"], scores: Float64Array.of(-1000) }],
      ]),
    });
  });

  it.each([
    ['{"query": "q", "document": "d"}', "score is undefined; give a finite number"],
    ['{"query": "q", "document": "d", "score": "1"}', 'score is "1"; give a finite number'],
    ['{"query": "q", "document": "d", "score": 1e999}', "score is Infinity; give a finite number"],
    ['{"query": "q", "score": 1}', "document is undefined; give a string that is not empty, or a number"],
    ['{"query": "", "id": "d", "score": 1}', 'query is ""; give a string that is not empty, or a number'],
    [
      '{"query": "q1", "id": "d1", "score": 1}',
      'document "d1" is listed twice for query "q1"; keep one of them',
    ],
    ["[1]", 'the line is [1]; write {"query": "…", "document": "…", "score": 1.5} a line'],
  ])("explains what is wrong with %j", async (second, message) => {
    const path = folder.write("b.jsonl", `{"query": "q1", "id": "d1", "score": 2}\n${second}\n`);
    await expect(readRun(path)).rejects.toMatchObject({
      code: "INVALID_RUN",
      message: `${path}, line 2: ${message}.`,
    });
  });

  it("stops with ABORTED", async () => {
    const path = folder.write("a.run", trec);
    await expect(readRun(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
  });
});
