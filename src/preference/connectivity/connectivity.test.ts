import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectedComponents } from "./connected-components.js";
import { connectivity } from "./connectivity.js";
import { strongComponents } from "./strong-components.js";

const N = 7;
const arcs = fc.array(fc.tuple(fc.nat(N - 1), fc.nat(N - 1)), { maxLength: 20 });
const ends = (list: readonly (readonly [number, number])[]) =>
  [0, 1].map((end) => Int32Array.from(list, (arc) => arc[end]!)) as [Int32Array, Int32Array];

/** Whether arcs lead from i to j, by repeated squaring. */
function reachable(list: readonly (readonly [number, number])[]): boolean[][] {
  let reach = Array.from({ length: N }, (_, i) => Array.from({ length: N }, (_, j) => i === j));
  for (const [i, j] of list) reach[i]![j] = true;
  for (let round = 0; round < 3; round++)
    reach = reach.map((row) => row.map((_, j) => row.some((there, k) => there && reach[k]![j]!)));
  return reach;
}

describe("strongComponents", () => {
  it("joins what reaches each other, and numbers along the arcs", () => {
    fc.assert(
      fc.property(arcs, (list) => {
        const { count, labels } = strongComponents(N, ...ends(list));
        const reach = reachable(list);
        expect(new Set(labels).size).toBe(count);
        for (let i = 0; i < N; i++)
          for (let j = 0; j < N; j++) {
            expect(labels[i] === labels[j]).toBe(reach[i]![j] && reach[j]![i]);
            if (reach[i]![j]) expect(labels[i]).toBeLessThanOrEqual(labels[j]!);
          }
      }),
    );
  });

  it("walks chains of any length", () => {
    const n = 300_000;
    const from = Int32Array.from({ length: n - 1 }, (_, i) => i);
    const to = from.map((i) => i + 1);
    expect(strongComponents(n, from, to).count).toBe(n);
    expect(strongComponents(n, Int32Array.from([...from, n - 1]), Int32Array.from([...to, 0])).count).toBe(1);
    expect(connectedComponents(n, from, to).count).toBe(1);
  });
});

describe("connectedComponents", () => {
  it("joins what arcs connect in any direction", () => {
    fc.assert(
      fc.property(arcs, (list) => {
        const { count, labels } = connectedComponents(N, ...ends(list));
        const reach = reachable(list.flatMap(([i, j]) => [[i, j] as const, [j, i] as const]));
        expect(new Set(labels).size).toBe(count);
        for (let i = 0; i < N; i++)
          for (let j = 0; j < N; j++) expect(labels[i] === labels[j]).toBe(reach[i]![j]);
      }),
    );
  });
});

describe("connectivity", () => {
  it("is strong where wins go round, and where votes are soft", () => {
    const round = [
      { a: "x", b: "y", probability: 1 },
      { a: "y", b: "z", probability: 1 },
      { a: "z", b: "x", probability: 1 },
    ];
    expect(connectivity(round)).toEqual({
      strong: true,
      components: [["x", "y", "z"]],
      groups: [["x", "y", "z"]],
      summary: "Wins lead from every item to every other one: all scores are finite.",
    });
    expect(connectivity([{ a: 1, b: 2, probability: 0.99 }]).strong).toBe(true);
  });

  it("tells who is out of reach, in words", () => {
    const { strong, groups, summary } = connectivity([
      { a: "champion", b: "x", probability: 1 },
      { a: "x", b: "y", probability: 0.5 },
      { a: "last", b: "y", probability: 0 },
    ]);
    expect(strong).toBe(false);
    expect(groups).toEqual([["champion"], ["x", "y"], ["last"]]);
    expect(summary).toBe(
      '"champion" never lost to any of the others. "last" never won against any of the others.',
    );
  });

  it("tells what is not compared at all", () => {
    const { components, summary } = connectivity([{ a: 1, b: 2, probability: 0.5 }], { items: [1, 2, 3] });
    expect(components).toEqual([[1, 2], [3]]);
    expect(summary).toBe("Nothing connects 2 parts of the comparisons; one of them is 3.");
  });

  it("names a few of many", () => {
    const data = Array.from({ length: 9 }, (_, i) => ({ a: i, b: i + 1, probability: i === 8 ? 1 : 0.5 }));
    expect(connectivity(data).summary).toBe("9 never won against any of the others.");
    const lower = data.map(({ a, b, probability }) => ({ a, b, probability: a === 4 ? 1 : probability }));
    expect(connectivity(lower).summary).toBe(
      "0, 1, 2, 3 and 1 more never lost to any of the others. 9 never won against any of the others.",
    );
  });
});
