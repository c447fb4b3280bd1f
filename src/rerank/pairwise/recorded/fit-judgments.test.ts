import { describe, expect, it } from "vitest";
import { kendallTau, pearson } from "../../../evaluate/index.js";
import type { JournalEntry, Judgment } from "../../../llm/journal/index.js";
import { sigmoid } from "../../../numbers/logistic.js";
import { Random } from "../../../numbers/random.js";
import { judgmentReport } from "../report/judgment-report.js";
import { collectJudgments } from "./collect-judgments.js";
import { type FitJudgmentsOptions, fitJudgments } from "./fit-judgments.js";
import type { QueryDocuments } from "./pair-question.js";
import { planPairs } from "./plan-pairs.js";

const random = new Random(5);
let lines = 0;

/** A line of a journal. */
const said = (
  query: Judgment["query"],
  documents: Judgment["documents"],
  order: Judgment["order"],
  preference: number | null,
  judge = "j",
): Judgment => ({
  hash: (++lines).toString(16).padStart(64, "0"),
  ...{ judge, model: "m", query, documents, order, answer: "", preference },
  ...{ latencyMs: 1, time: "2026-01-01T00:00:00Z" },
});
const bothOrders = (
  query: Judgment["query"],
  documents: Judgment["documents"],
  p: number,
  judge?: string,
): Judgment[] => (["ab", "ba"] as const).map((order) => said(query, documents, order, p, judge));

async function fitEntries(entries: readonly JournalEntry[], options?: FitJudgmentsOptions) {
  return fitJudgments(await collectJudgments(entries), options);
}

/** Queries whose documents have hidden scores, and the journal of a judge who sees differences with noise. */
function simulated({ count, depth, crossPairs }: Record<"count" | "depth" | "crossPairs", number>) {
  const queries: QueryDocuments[] = Array.from({ length: count }, (_, q) => ({
    id: `q${q}`,
    text: `${q}`,
    documents: Array.from({ length: depth }, (_, d) => ({ id: `d${d}`, text: `${q} ${d}` })),
  }));
  const truth = new Map<string, number>();
  for (const { documents } of queries) {
    const mean = 2 * random.normal();
    for (const { text } of documents) truth.set(text, mean + 1.5 * random.normal());
  }
  const entries = planPairs(queries, { degree: 6, crossPairs }).flatMap(({ a, b }) => {
    const difference = truth.get(a.document.text)! - truth.get(b.document.text)!;
    const query = a.query.id === b.query.id ? a.query.id : ([a.query.id, b.query.id] as const);
    return (["ab", "ba"] as const).map((order) => {
      // Across queries it is harder to judge.
      const noise = (a.query.id === b.query.id ? 0.5 : 1) * random.normal();
      const logit = difference + noise + (order === "ab" ? 0.3 : -0.3);
      return said(query, [a.document.id, b.document.id], order, sigmoid(logit));
    });
  });
  return { queries, truth, entries };
}

function scoresOf(fitted: Awaited<ReturnType<typeof fitEntries>>, truth: ReadonlyMap<string, number>) {
  const all = fitted.queries.flatMap(({ id, documents }) =>
    documents.map((document) => ({
      ...document,
      truth: truth.get(`${id.slice(1)} ${document.id.slice(1)}`)!,
    })),
  );
  return { ours: all.map(({ score }) => score), hidden: all.map(({ truth }) => truth), all };
}

describe("collectJudgments", () => {
  it("puts the orders of a pair together, whichever document is called a", async () => {
    const { pairs } = await collectJudgments([
      said("q", ["x", "y"], "ab", 0.9),
      said("q", ["y", "x"], "ab", 0.4),
      said("q", ["x", "z"], "ab", 1),
      said("q", ["y", "z"], "ab", 0.2),
      said("q", ["y", "z"], "ba", null),
    ]);
    expect(
      pairs.map(({ contenders, aFirst, bFirst, probability }) => ({
        pair: contenders.map(({ document }) => document).join(""),
        ...{ aFirst, bFirst, probability },
      })),
    ).toEqual([
      { pair: "xy", aFirst: 0.9, bFirst: 0.6, probability: 0.75 },
      { pair: "xz", aFirst: 1, bFirst: undefined, probability: undefined },
      { pair: "yz", aFirst: 0.2, bFirst: undefined, probability: undefined },
    ]);
  });

  it("turns preferences into votes where that is asked for, and counts a line that came twice once", async () => {
    const twice = said("q", ["x", "y"], "ab", 0.9);
    const entries = [twice, twice, said("q", ["x", "y"], "ba", 0.3), said("q", ["x", "z"], "ab", 0.5)];
    const { pairs, totals } = await collectJudgments(entries, { votes: "hard" });
    expect(pairs[0]).toMatchObject({ aFirst: 1, bFirst: 0, probability: 0.5 });
    expect(pairs[1]?.aFirst).toBe(0.5);
    expect(totals.all().calls).toBe(3);
  });
});

describe("fitJudgments", () => {
  it("recovers hidden scores of one query, with errors of the right size, from a biased judge", async () => {
    const { truth, entries } = simulated({ count: 1, depth: 60, crossPairs: 0 });
    // The usual prior draws the outermost scores in by more than their errors.
    const fitted = await fitEntries(entries, { lambda: 1e-3 });
    expect(fitted).toMatchObject({ comparable: true, comparisons: 180, crossComparisons: 0, incomplete: 0 });
    const { ours, hidden, all } = scoresOf(fitted, truth);
    expect(kendallTau(ours, hidden)).toBeGreaterThan(0.85);
    const mean = hidden.reduce((a, b) => a + b) / hidden.length;
    const within = all.filter(
      ({ score, standardError, truth }) => Math.abs(score - (truth - mean)) < 2.5 * standardError,
    );
    expect(within.length).toBeGreaterThan(52);
    expect(ours).toEqual([...ours].sort((a, b) => b - a));
  });

  it.each(["bt", "thurstone"] as const)(
    "makes scores of different queries comparable with four cross pairs a query: %s",
    async (model) => {
      const { truth, entries } = simulated({ count: 100, depth: 15, crossPairs: 4 });
      const fitted = await fitEntries(entries, { model });
      expect(fitted).toMatchObject({ comparable: true, crossComparisons: 400 });
      const { ours, hidden } = scoresOf(fitted, truth);
      expect(pearson(ours, hidden)).toBeGreaterThan(0.96);
      const alone = await fitEntries(
        entries.filter(({ query }) => typeof query === "string"),
        { model },
      );
      expect(alone.comparable).toBe(false);
      const without = scoresOf(alone, truth);
      expect(pearson(without.ours, without.hidden)).toBeLessThan(0.8);
    },
  );

  it("says so where cross comparisons do not connect all queries", async () => {
    const entries = ["p", "q", "r"].flatMap((query) => bothOrders(query, ["x", "y"], 0.8));
    const some = await fitEntries([...entries, ...bothOrders(["p", "q"], ["x", "y"], 0.9)]);
    expect(some.comparable).toBe(false);
    expect(some.queries.map(({ offset }) => offset)).toEqual([expect.any(Number), expect.any(Number), 0]);
    const all = await fitEntries([
      ...entries,
      ...bothOrders(["p", "q"], ["x", "y"], 0.9),
      ...bothOrders(["r", "q"], ["x", "x"], 0.5),
    ]);
    expect(all.comparable).toBe(true);
    const [p, q] = all.queries;
    expect(p!.offset).toBeGreaterThan(q!.offset);
  });

  it("keeps undefeated documents finite, names them, and tells what is not connected", async () => {
    const entries = [
      ...bothOrders("q", ["top", "middle"], 1),
      ...bothOrders("q", ["middle", "low"], 1),
      ...bothOrders("q", ["top", "low"], 1),
      ...bothOrders("q", ["apart", "alone"], 0.5),
    ];
    const [query] = (await fitEntries(entries)).queries;
    expect(query?.connected).toBe(false);
    const top = query?.documents[0];
    expect(top).toMatchObject({ id: "top", undefeated: true, comparisons: 2 });
    expect(top?.score).toBeLessThan(10);
    expect(query?.documents.filter(({ undefeated }) => undefeated)).toHaveLength(1);
    expect(query?.documents.map(({ standardError }) => standardError).every(Number.isFinite)).toBe(true);
  });

  it("leaves out what lacks an answer in either order, but not its documents", async () => {
    const entries = [
      ...bothOrders("q", ["a", "b"], 0.9),
      said("q", ["a", "c"], "ab", 1),
      said("q", ["a", "c"], "ba", null),
    ];
    const fitted = await fitEntries(entries);
    expect(fitted).toMatchObject({ comparisons: 1, incomplete: 1 });
    expect(fitted.queries[0]?.documents.map(({ id, comparisons }) => [id, comparisons])).toEqual([
      ["a", 1],
      ["c", 0],
      ["b", 1],
    ]);
  });

  it("gives duplicates the score of the document that was judged", async () => {
    const entries: JournalEntry[] = [
      { duplicate: "a2", of: "a", query: "q" },
      { duplicate: "a2", of: "b", query: "other" },
      ...bothOrders("q", ["a", "b"], 0.9),
    ];
    const [query] = (await fitEntries(entries)).queries;
    expect(query?.documents.map(({ id, duplicateOf }) => [id, duplicateOf])).toEqual([
      ["a", undefined],
      ["a2", "a"],
      ["b", undefined],
    ]);
    expect(query?.documents[1]?.score).toBe(query?.documents[0]?.score);
  });

  it("weighs judges, and reports on them", async () => {
    const entries = [...bothOrders("q", ["a", "b"], 1, "one"), ...bothOrders("q", ["a", "b"], 0, "two")];
    const scores = async (weights: Record<string, number>) =>
      (await fitEntries(entries, { weights })).queries[0]!.documents.map(({ id }) => id);
    expect(await scores({ one: 3 })).toEqual(["a", "b"]);
    expect(await scores({ two: 3 })).toEqual(["b", "a"]);
    const { pairs } = await collectJudgments(entries);
    expect(judgmentReport(pairs).agreement).toEqual([{ judges: ["one", "two"], pairs: 1, rate: 0 }]);
  });

  it("fits nothing, one pair, and refuses options out of range", async () => {
    expect(await fitEntries([])).toEqual({
      queries: [],
      comparable: true,
      comparisons: 0,
      crossComparisons: 0,
      incomplete: 0,
    });
    await expect(fitEntries([], { model: "elo" as never })).rejects.toMatchObject({
      code: "INVALID_OPTION",
      field: "model",
    });
    await expect(fitEntries([], { weights: { j: 0 } })).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });
});
