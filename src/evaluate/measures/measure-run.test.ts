import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Qrels } from "../collection/qrels.js";
import type { Run } from "../runs/run.js";
import { measureRun } from "./measure-run.js";
import { parseMeasure, parseMeasures } from "./parse-measure.js";
import { qrelsOf, runOf } from "./testing/trec-text.js";

const qrels = qrelsOf(["b 0 x 1", "a 0 x 2", "a 0 y 0", "c 0 x 1", "c 0 y 1", "d 0 x 0"].join("\n"));
const run = runOf(
  ["z Q0 x 1 9 r", "d Q0 x 1 3 r", "a Q0 x 1 1 r", "a Q0 y 1 2 r", "b Q0 x 1 1 r", "b Q0 q 1 0 r"].join("\n"),
);

describe("measureRun", () => {
  it("counts judged queries that the run does not answer, by default", () => {
    const measured = measureRun(run, qrels, parseMeasures("RR,NumQ,NumRel,NumRet"));
    expect(measured.queries).toEqual(["a", "b", "c", "d"]);
    expect(measured.values.get("RR")).toEqual(Float64Array.of(0.5, 1, 0, 0));
    expect(Object.fromEntries(measured.means)).toEqual({ RR: 0.375, NumQ: 4, NumRel: 4, NumRet: 5 });
  });

  it("leaves them out with topics: common", () => {
    const measured = measureRun(run, qrels, parseMeasures("RR,NumQ,NumRel"), { topics: "common" });
    expect(measured.queries).toEqual(["a", "b", "d"]);
    expect(Object.fromEntries(measured.means)).toEqual({ RR: 0.5, NumQ: 3, NumRel: 2 });
  });

  it("says which queries have no answer, no judgments, or nothing relevant", () => {
    const measured = measureRun(run, qrels, []);
    expect(measured).toMatchObject({ unanswered: ["c"], unjudged: ["z"], withoutRelevant: ["d"] });
  });

  it("takes an empty list for no answer", () => {
    const lists = new Map(run.lists).set("c", { ids: [], scores: new Float64Array() });
    expect(measureRun({ name: "r", lists }, qrels, []).unanswered).toEqual(["c"]);
  });

  it("drops unjudged documents with judgedOnly", () => {
    const found = runOf("a Q0 u 1 9 r\na Q0 x 2 8 r");
    const judgments = qrelsOf("a 0 x 1");
    const value = (judgedOnly: boolean) =>
      measureRun(found, judgments, [parseMeasure("RR")], { judgedOnly }).means.get("RR");
    expect(value(false)).toBe(0.5);
    expect(value(true)).toBe(1);
  });

  it("takes the mean over tied orders with ties: expected", () => {
    const tied = runOf("a Q0 x 1 1 r\na Q0 y 2 1 r\na Q0 u 3 1 r");
    const judgments = qrelsOf("a 0 x 1");
    const value = (options: Parameters<typeof measureRun>[3]) =>
      measureRun(tied, judgments, [parseMeasure("RR")], options).means.get("RR");
    expect(value({})).toBe(1 / 2); // y, x, u
    expect(value({ ties: "expected" })).toBeCloseTo((1 + 1 / 2 + 1 / 3) / 3, 15);
    expect(value({ ties: "expected", judgedOnly: true })).toBeCloseTo(1, 15);
  });

  it("refuses expected values of a measure that has no closed form", () => {
    expect(() => measureRun(run, qrels, parseMeasures("nDCG,Bpref"), { ties: "expected" })).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        field: "ties",
        message: expect.stringContaining("the mean of Bpref"),
      }),
    );
  });

  it("refuses a run and judgments without a common query, and shows an id of each", () => {
    expect(() => measureRun(run, qrelsOf("101 0 x 1"), [])).toThrow(
      expect.objectContaining({
        code: "NO_COMMON_QUERIES",
        message: expect.stringMatching(/the run has queries such as "z", the judgments such as "101"/),
      }),
    );
    const empty = { name: "empty", lists: new Map() };
    expect(() => measureRun(empty, qrels, [])).toThrow("the run is empty");
    expect(() => measureRun(run, new Map(), [])).toThrow("there are no judgments");
  });

  it("says where a score is no number", () => {
    const lists = new Map(run.lists).set("b", { ids: ["x"], scores: Float64Array.of(Number.NaN) });
    expect(() => measureRun({ name: "broken", lists }, qrels, [])).toThrow(
      expect.objectContaining({
        code: "INVALID_RUN",
        message: expect.stringContaining('run "broken", query "b": the score of document "x" is NaN'),
      }),
    );
  });

  describe("for every run", () => {
    const ids = ["1", "10", "9", "é", "\u{ff21}", "😀"];
    const documents = ["a", "b", "c", "d", "e", "ü", "文", "😀"];
    const scores = fc.dictionary(fc.constantFrom(...documents), fc.integer({ min: -3, max: 3 }), {
      minKeys: 1,
    });
    const runs = fc.dictionary(fc.constantFrom(...ids), scores, { minKeys: 1, noNullPrototype: true });
    const judgments: Qrels = new Map(
      ids.map((query, i) => [query, new Map(documents.map((id, j) => [id, ((i + 2) * (j + 5)) % 4]))]),
    );
    const measures = parseMeasures("all_trec,RBP,Judged@5");

    function toRun(
      lists: Record<string, Record<string, number>>,
      score: (x: number) => number = Number,
    ): Run {
      const entries = Object.entries(lists).map(([query, list]) => {
        const ids = Object.keys(list);
        return [query, { ids, scores: Float64Array.from(ids, (id) => score(list[id] as number)) }] as const;
      });
      return { name: "any", lists: new Map(entries) };
    }

    it("only the order of the scores matters", () => {
      fc.assert(
        fc.property(runs, (lists) => {
          const plain = measureRun(toRun(lists), judgments, measures);
          const other = measureRun(
            toRun(lists, (x) => Math.exp(x / 2) * 1000),
            judgments,
            measures,
          );
          expect(other).toEqual(plain);
        }),
        { numRuns: 50 },
      );
    });

    it("the order of the file does not", () => {
      fc.assert(
        fc.property(runs, (lists) => {
          const reversed = Object.entries(lists)
            .map(([query, list]) => [query, Object.fromEntries(Object.entries(list).reverse())] as const)
            .reverse();
          const plain = measureRun(toRun(lists), judgments, measures);
          expect(measureRun(toRun(Object.fromEntries(reversed)), judgments, measures)).toEqual(plain);
        }),
        { numRuns: 50 },
      );
    });
  });
});
