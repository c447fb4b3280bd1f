import { describe, expect, it } from "vitest";
import { distinctQueries } from "./distinct-queries.js";
import type { PairQuestion, QueryDocuments } from "./pair-question.js";
import { planPairs } from "./plan-pairs.js";

const query = (id: string, count: number): QueryDocuments => ({
  id,
  text: `query ${id}`,
  documents: Array.from({ length: count }, (_, i) => ({ id: `${id}-${i}`, text: `text ${i} of ${id}` })),
});
const queries = [query("q1", 20), query("q2", 12), query("q3", 1), query("q4", 2), query("q5", 0)];
const within = (plan: readonly PairQuestion[], id: string) =>
  plan.filter(({ a, b }) => a.query.id === id && b.query.id === id);
const names = (plan: readonly PairQuestion[]) => plan.map(({ a, b }) => `${a.document.id} ${b.document.id}`);

describe("planPairs", () => {
  it("gives each document of a query the same number of others to meet", () => {
    const plan = planPairs(queries, { degree: 6 });
    expect(["q1", "q2", "q3", "q4"].map((id) => within(plan, id).length)).toEqual([60, 36, 0, 1]);
    const degrees = new Map<string, number>();
    for (const { a, b } of within(plan, "q1"))
      for (const { document } of [a, b]) degrees.set(document.id, (degrees.get(document.id) ?? 0) + 1);
    expect(new Set(degrees.values())).toEqual(new Set([6]));
    expect(new Set(names(plan)).size).toBe(plan.length);
  });

  it("takes as many pairs as are wanted, and no more than there are", () => {
    const plan = planPairs(queries, { pairsPerQuery: 25 });
    expect(["q1", "q2", "q4"].map((id) => within(plan, id).length)).toEqual([25, 25, 1]);
    expect(within(planPairs([query("q", 5)], { pairsPerQuery: 99 }), "q")).toHaveLength(10);
  });

  it("pairs queries with others, each as often as wanted", () => {
    const many = Array.from({ length: 30 }, (_, i) => query(`q${i}`, 4));
    const cross = planPairs(many, { crossPairs: 2 }).filter(({ a, b }) => a.query.id !== b.query.id);
    expect(cross).toHaveLength(60);
    const counts = new Map<string, number>();
    for (const { a, b } of cross)
      for (const { query } of [a, b]) counts.set(query.id, (counts.get(query.id) ?? 0) + 1);
    expect([...counts.values()]).toEqual(Array.from({ length: 30 }, () => 4));
    for (const { a } of cross) expect(a.document.id.startsWith(`${a.query.id}-`)).toBe(true);
    expect(planPairs([query("q", 4)], { crossPairs: 4 })).toHaveLength(6);
  });

  it("is the same plan again, with further queries too, and another one for another seed", () => {
    const plan = names(within(planPairs(queries), "q1"));
    expect(names(within(planPairs(queries), "q1"))).toEqual(plan);
    expect(names(within(planPairs([query("q0", 9), ...queries]), "q1"))).toEqual(plan);
    expect(names(within(planPairs(queries, { seed: 2 }), "q1"))).not.toEqual(plan);
  });

  it("lets queries take turns, so that a budget that ends early is spread over all", () => {
    const plan = planPairs([query("q1", 40), query("q2", 40), query("q3", 20)], { degree: 8, crossPairs: 2 });
    const half = plan.slice(0, plan.length / 2);
    for (const id of ["q1", "q2", "q3"]) {
      expect(Math.abs(within(half, id).length / within(plan, id).length - 0.5)).toBeLessThan(0.02);
    }
  });

  it.each([{ degree: 3 }, { degree: 0 }, { pairsPerQuery: 0 }, { crossPairs: -1 }, { seed: 0.5 }])(
    "refuses %j",
    (options) => {
      expect(() => planPairs(queries, options)).toThrow(
        expect.objectContaining({ code: "INVALID_OPTION", field: Object.keys(options)[0] }),
      );
    },
  );
});

describe("distinctQueries", () => {
  it("keeps the first of documents that read the same, and names the others", () => {
    const documents = ["x", "y", "x", "x"].map((text, i) => ({ id: `d${i}`, text }));
    const { queries: distinct, duplicates } = distinctQueries([
      { id: "q", text: "?", documents },
      query("p", 3),
    ]);
    expect(distinct[0]?.documents.map(({ id }) => id)).toEqual(["d0", "d1"]);
    expect(distinct[1]?.documents).toHaveLength(3);
    expect(duplicates).toEqual([
      { duplicate: "d2", of: "d0", query: "q" },
      { duplicate: "d3", of: "d0", query: "q" },
    ]);
  });
});
