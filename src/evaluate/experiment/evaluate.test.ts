import { describe, expect, it } from "vitest";
import type { Warning } from "../../types/index.js";
import { parseMeasures } from "../measures/parse-measure.js";
import { evaluate } from "./evaluate.js";
import { evaluationReport } from "./evaluation-report.js";
import { recallCeiling } from "./recall-ceiling.js";
import { shareReranker, tinyCollection, tinyRun } from "./testing/tiny-collection.js";

const contestant = { name: "share", open: async () => shareReranker() };
const measures = parseMeasures("nDCG@10,RR,R@2");

describe("evaluate", () => {
  it("measures first stage, random order and models over the same candidates", async () => {
    const evaluation = await evaluate(tinyCollection(), tinyRun(), [contestant], { measures });
    expect(evaluation.systems.map(({ name, kind }) => [name, kind])).toEqual([
      ["first", "first stage"],
      ["random order", "random"],
      ["share", "model"],
    ]);
    const [first, random, share] = evaluation.systems.map(({ measured }) => measured.means);
    // d0, d3 and d5 stand fifth, second and sixth.
    expect(first!.get("RR")).toBeCloseTo((1 / 5 + 1 / 2 + 1 / 6) / 3, 12);
    expect(share!.get("RR")).toBe(1);
    // Two of six places: a third of the relevant documents, whatever the order of the candidates.
    expect(random!.get("R@2")).toBeGreaterThan(0.2);
    expect(random!.get("R@2")).toBeLessThan(0.47);
    expect(random!.get("R@2")).not.toBe(first!.get("R@2"));
    expect(evaluation.comparisons).toMatchObject([{ name: "share", wins: 3, ties: 0, losses: 0 }]);
  });

  it("re-ranks and measures only the depth asked for", async () => {
    const { systems, depth, candidates } = await evaluate(tinyCollection(), tinyRun(), [contestant], {
      measures,
      depth: 2,
    });
    expect(depth).toBe(2);
    expect(candidates.every(({ documents }) => documents.length === 2)).toBe(true);
    expect(systems[2]?.measured.means.get("R@2")).toBeCloseTo((0 + 1 / 2 + 0) / 3, 12);
  });

  it("counts judged queries that the first stage leaves out as 0, for everybody", async () => {
    const run = tinyRun();
    const lists = new Map([...run.lists].filter(([query]) => query !== "q3"));
    const { systems } = await evaluate(tinyCollection(), { ...run, lists }, [contestant], { measures });
    expect(systems[2]?.measured.means.get("RR")).toBeCloseTo(2 / 3, 12);
  });

  it("takes out the document that is the query itself", async () => {
    const collection = tinyCollection();
    const queries = new Map([...collection.queries, ["d0", "one"]]);
    const qrels = new Map([["d0", new Map([["d3", 1]])]]);
    const lists = new Map([["d0", { ids: ["d0", "d3"], scores: Float64Array.of(2, 1) }]]);
    const { candidates } = await evaluate({ ...collection, queries, qrels }, { name: "r", lists }, [], {
      measures,
    });
    expect(candidates[0]?.documents.map(({ id }) => id)).toEqual(["d3"]);
  });

  it("refuses collections without judgments, foreign runs and candidates that are not in the corpus", async () => {
    const collection = tinyCollection();
    await expect(evaluate({ ...collection, qrels: new Map() }, tinyRun(), [])).rejects.toMatchObject({
      code: "NO_JUDGMENTS",
    });
    const foreign = { name: "f", lists: new Map([["x9", tinyRun().lists.get("q1")!]]) };
    await expect(evaluate(collection, foreign, [])).rejects.toMatchObject({ code: "NO_COMMON_QUERIES" });
    await expect(evaluate(collection, tinyRun(["d0", "zz", "yy"]), [])).rejects.toMatchObject({
      code: "INVALID_COLLECTION",
      message: expect.stringContaining('"zz"'),
    });
    const empty = { name: "e", lists: new Map([["q1", { ids: [], scores: new Float64Array() }]]) };
    await expect(evaluate(collection, empty, [])).rejects.toMatchObject({ code: "NO_DOCUMENTS" });
  });

  it("drops a few candidates that are not in the corpus, and says so", async () => {
    const warnings: Warning[] = [];
    const { candidates } = await evaluate(tinyCollection(), tinyRun(["d0", "zz", "d1"]), [], {
      onWarning: (warning) => warnings.push(warning),
    });
    expect(candidates[0]?.documents.map(({ id }) => id)).toEqual(["d0", "d1"]);
    expect(warnings.map(({ code }) => code)).toEqual(["unknown_documents"]);
  });

  it("warns of judged queries that count 0 for everybody", async () => {
    const run = tinyRun();
    const lists = new Map([...run.lists].filter(([query]) => query !== "q3"));
    const collection = tinyCollection();
    const qrels = new Map([...collection.qrels, ["q1", new Map([["d0", 0]])]]);
    const warnings: Warning[] = [];
    await evaluate({ ...collection, qrels }, { ...run, lists }, [], {
      onWarning: (warning) => warnings.push(warning),
    });
    expect(warnings.map(({ code }) => code)).toEqual(["unanswered_queries", "queries_without_relevant"]);
  });

  it("refuses two systems of one name before anything is scored", async () => {
    let opened = 0;
    const open = async () => {
      opened++;
      return shareReranker();
    };
    for (const names of [["a", "a"], ["random order"], ["first"]]) {
      const contestants = names.map((name) => ({ name, open }));
      await expect(evaluate(tinyCollection(), tinyRun(), contestants)).rejects.toMatchObject({
        code: "INVALID_OPTION",
      });
    }
    expect(opened).toBe(0);
  });

  it("compares by the first measure that is a mean over queries", async () => {
    const { primary, comparisons } = await evaluate(tinyCollection(), tinyRun(), [contestant], {
      measures: parseMeasures("NumRet,RR"),
    });
    expect(primary.name).toBe("RR");
    expect(comparisons[0]?.wins).toBe(3);
  });

  it("counts the share of candidates that were cut", async () => {
    const { systems } = await evaluate(tinyCollection(), tinyRun(), [contestant]);
    // The reranker claims to have cut all but the first of six.
    expect(systems[2]?.work?.truncated).toBeCloseTo(5 / 6, 12);
  });

  it("closes a model even when it fails", async () => {
    let closed = 0;
    const broken = {
      ...shareReranker(),
      rerank: () => Promise.reject(new Error("broken")),
      close: async () => {
        closed++;
      },
    };
    await expect(
      evaluate(tinyCollection(), tinyRun(), [{ name: "b", open: async () => broken }]),
    ).rejects.toThrow("broken");
    expect(closed).toBe(1);
  });
});

describe("recallCeiling", () => {
  it("is what a perfect order of the first N reaches", async () => {
    const { candidates, qrels } = await evaluate(tinyCollection(), tinyRun(), [], { measures });
    const { recall, best } = recallCeiling(candidates, qrels, measures[0]!, [1, 2, 5, 6]);
    expect(recall.map((value) => value.toFixed(4))).toEqual(["0.0000", "0.1667", "0.6667", "1.0000"]);
    expect(best[0]).toBe(0);
    expect(best[3]).toBeCloseTo(1, 12);
    expect(best.toSorted()).toEqual(best);
  });
});

describe("evaluationReport", () => {
  it("holds every picture's figures", async () => {
    const collection = tinyCollection();
    const evaluation = await evaluate(collection, tinyRun(), [contestant], { measures });
    const report = await evaluationReport(evaluation, collection, { settings: [], created: new Date(0) });
    expect(report).toMatchObject({
      title: "Re-ranking tiny",
      created: "1970-01-01",
      collection: { documents: 6, queries: 3, judged: 3, grades: "1, 2" },
      depthCurves: [{ system: "share", depths: [1, 2, 3, 5, 6] }],
    });
    const { values } = report.depthCurves![0]!;
    expect(values[0]).toBe(evaluation.systems[0]?.measured.means.get("nDCG@10"));
    expect(values.at(-1)).toBe(evaluation.systems[2]?.measured.means.get("nDCG@10"));
    expect(report.scores?.[0]?.relevant.reduce((a, b) => a + b, 0)).toBe(4);
  });
});
