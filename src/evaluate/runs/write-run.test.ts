import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { readRun } from "./read-run.js";
import type { Run } from "./run.js";
import { formatRun, writeRun } from "./write-run.js";

const folder = new TemporaryFolder();
const runOf = (name: string, lists: Record<string, readonly [id: string, score: number][]>): Run => ({
  name,
  lists: new Map(
    Object.entries(lists).map(([query, rows]) => [
      query,
      { ids: rows.map(([id]) => id), scores: Float64Array.from(rows, ([, score]) => score) },
    ]),
  ),
});
const textOf = (run: Run) => [...formatRun(run)].join("");

describe("formatRun", () => {
  it("ranks by score; equal scores keep the order of the list", () => {
    const run = runOf("my system", {
      q1: [
        ["low", -1.5],
        ["tie-b", 0.1],
        ["tie-a", 0.1],
        ["top", 1e21],
      ],
      q2: [["x", 0]],
    });
    expect(textOf(run)).toBe(
      [
        "q1 Q0 top 1 1e+21 my_system",
        "q1 Q0 tie-b 2 0.1 my_system",
        "q1 Q0 tie-a 3 0.1 my_system",
        "q1 Q0 low 4 -1.5 my_system",
        "q2 Q0 x 1 0 my_system",
        "",
      ].join("\n"),
    );
  });

  it.each([
    [runOf("r", { "q 1": [["d", 1]] }), 'run "r": the query id "q 1" does not fit into a TREC run file'],
    [runOf("r", { q: [["d\t1", 1]] }), 'run "r": the document id "d\\t1" does not fit'],
    [runOf("r", { q: [["", 1]] }), 'the document id "" does not fit'],
    [runOf("r", { q: [["\ud800", 1]] }), 'the document id "\\ud800" does not fit'],
    [runOf("r", { q: [["d", Number.NaN]] }), 'run "r", query "q": the score of document "d" is NaN'],
  ])("refuses what would not read back (%#)", (run, message) => {
    expect(() => textOf(run)).toThrow(expect.objectContaining({ code: "INVALID_RUN" }));
    expect(() => textOf(run)).toThrow(message);
  });
});

describe("writeRun", () => {
  it("writes what reads back exactly", async () => {
    const id = fc
      .string({ unit: "binary", minLength: 1, maxLength: 8 })
      .filter((text) => text.isWellFormed() && !/[\t-\r ]/.test(text) && !/^[{\ufeff]/.test(text));
    const score = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const list = fc.uniqueArray(fc.tuple(id, score), { selector: ([each]) => each, minLength: 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(id, list), { selector: ([each]) => each, minLength: 1 }),
        async (lists) => {
          const run: Run = {
            name: "r",
            lists: new Map(
              lists.map(([query, rows]) => {
                const sorted = rows.toSorted(([, a], [, b]) => b - a);
                return [
                  query,
                  { ids: sorted.map(([each]) => each), scores: Float64Array.from(sorted, ([, s]) => s) },
                ];
              }),
            ),
          };
          for (const name of ["a.run", "a.run.gz"]) {
            await writeRun(join(folder.path, name), run);
            expect(await readRun(join(folder.path, name))).toEqual(run);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it("leaves no file behind for a run that cannot be written", async () => {
    const run = runOf("r", { q1: [["fine", 1]], q2: [["not fine", 1]] });
    await expect(writeRun(join(folder.path, "bad.run"), run)).rejects.toMatchObject({ code: "INVALID_RUN" });
    await expect(readRun(join(folder.path, "bad.run"))).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
  });
});
