import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inChunks, TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { parseQrels, readQrels } from "./read-qrels.js";

const folder = new TemporaryFolder();
const parse = (text: string, ...sizes: number[]) => parseQrels(inChunks(Buffer.from(text), ...sizes), "q");
const plain = async (qrels: ReturnType<typeof readQrels>) =>
  Object.fromEntries([...(await qrels)].map(([query, grades]) => [query, Object.fromEntries(grades)]));

describe("parseQrels", () => {
  it("reads both formats, whatever the white space and wherever the chunks end", async () => {
    const id = fc.oneof(fc.stringMatching(/^[a-z0-9_-]{1,6}$/), fc.constantFrom("ü", "文書"));
    const row = fc.record({
      query: fc.constantFrom("1", "2", "ß"),
      id,
      grade: fc.integer({ min: -2, max: 4 }),
    });
    const rows = fc.uniqueArray(row, { selector: ({ query, id }) => `${query} ${id}`, minLength: 1 });
    const format = fc.constantFrom<
      readonly [header: string, (query: string, id: string, grade: number) => string]
    >(
      ["", (query, id, grade) => `${query} 0 ${id} ${grade}`],
      ["", (query, id, grade) => ` ${query}\tQ0 \t${id}  ${grade}`],
      ["query-id\tcorpus-id\tscore", (query, id, grade) => `${query}\t${id}\t${grade}`],
      ["", (query, id, grade) => `${query}\t${id}\t${grade}.0`],
      ["query_id corpus_id score", (query, id, grade) => `${query} ${id} ${grade}`],
      ["qid iter docno grade", (query, id, grade) => `${query} 0 ${id} ${grade}`],
    );
    await fc.assert(
      fc.asyncProperty(
        rows,
        format,
        fc.constantFrom("\n", "\r\n", "\n\n"),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        async (judged, [header, write], end, sizes) => {
          const expected: Record<string, Record<string, number>> = {};
          for (const { query, id, grade } of judged) {
            expected[query] ??= {};
            expected[query][id] = grade;
          }
          const body = judged.map(({ query, id, grade }) => write(query, id, grade));
          const text = (header === "" ? body : [header, ...body]).join(end);
          expect(await plain(parse(text, ...sizes))).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("keeps spaces in ids where tabs separate", async () => {
    expect(await plain(parse("query-id\tcorpus-id\tscore\nq 1\tMy file.pdf\t2\n  \t\n"))).toEqual({
      "q 1": { "My file.pdf": 2 },
    });
    expect(await plain(parse("   \nq\td 1\t1\n"))).toEqual({ q: { "d 1": 1 } });
  });

  it.each([
    ["1 0 d1 1\n1 0 d2", 'q, line 2: "1 0 d2" has 3 columns instead of 4; write `query 0 document grade`'],
    ["1\td1\t1\n1\td2", 'q, line 2: "1\\td2" has 2 columns instead of 3; write `query document grade`'],
    ["1 0 d1 1\n1 0 d2 0.5", 'q, line 2: grade is "0.5"; give a whole number.'],
    ["1 0 d1 high", 'q, line 1: grade is "high"; give a whole number.'],
    ["1\td1\tx", 'q, line 1: grade is "x"; give a whole number.'],
    ["1 0 d1 1\n\n1 0 d1 1", 'q, line 3: document "d1" is judged twice for query "1"; keep one of them.'],
    ["1 0 d 1\n2 0 d 1\n1 0 d 0", 'q, line 3: document "d" is judged twice for query "1"'],
  ])("explains what is wrong with %j", async (text, message) => {
    await expect(parse(text)).rejects.toMatchObject({
      code: "INVALID_QRELS",
      message: expect.stringContaining(message),
    });
  });

  it.each(["", "\n \n", "query-id\tcorpus-id\tscore\n"])("finds no judgments in %j", async (text) => {
    await expect(parse(text)).rejects.toMatchObject({
      code: "EMPTY_FILE",
      message: expect.stringContaining("q holds no judgments; write "),
    });
  });
});

describe("readQrels", () => {
  it("reads files, compressed or not", async () => {
    for (const content of ["1 0 d1 1\n", gzipSync("1\td1\t1\n")]) {
      expect(await plain(readQrels(folder.write("a", content)))).toEqual({ 1: { d1: 1 } });
    }
  });
});
