import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { bubblesortTop } from "./bubblesort.js";
import { heapsortTop } from "./heapsort.js";

/** Compares by number, the highest first, and counts. */
function comparer() {
  let calls = 0;
  const pick = async (items: readonly number[]) => {
    calls++;
    return Math.max(...items);
  };
  return { pick, calls: () => calls };
}

async function sort(how: typeof heapsortTop, items: readonly number[], children: number, depth: number) {
  const { pick, calls } = comparer();
  let last = items;
  await how(items, { children, depth }, pick, (best) => {
    last = best;
  });
  return { best: last.slice(0, depth), calls: calls() };
}

const descending = (items: readonly number[]) => items.toSorted((a, b) => b - a);

describe.each([
  ["heapsort", heapsortTop],
  ["bubblesort", bubblesortTop],
])("%s", (_, how) => {
  it("finds the best few, in order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(1000), { minLength: 2, maxLength: 60 }),
        fc.integer({ min: 2, max: 7 }),
        fc.integer({ min: 1, max: 70 }),
        async (items, children, depth) => {
          const { best } = await sort(how, items, children, depth);
          expect(best).toEqual(descending(items).slice(0, depth));
        },
      ),
      { seed: 11, numRuns: 200 },
    );
  });
});

describe("calls for 100 documents and a depth of 10", () => {
  const random = new Random(1);
  /** Documents by a first stage that sees their worth with as much noise again, best first. */
  const lists = Array.from({ length: 60 }, () => {
    const seen = Float64Array.from({ length: 100 }, (_, worth) => worth + 100 * (random.float() - 0.5));
    return Array.from(seen.keys()).sort((a, b) => seen[b]! - seen[a]!);
  });
  const mean = async (how: typeof heapsortTop, children: number) => {
    let calls = 0;
    for (const list of lists) calls += (await sort(how, list, children, 10)).calls;
    return calls / lists.length;
  };

  // Zhuang et al., 2310.09497, with two children on BM25's order: 125 and 461.
  it("are about 125 for heapsort and at most 475 for bubblesort with two children", async () => {
    const heap = await mean(heapsortTop, 2);
    expect(heap).toBeGreaterThan(120);
    expect(heap).toBeLessThan(130);
    const bubble = await mean(bubblesortTop, 2);
    expect(bubble).toBeGreaterThan(150);
    expect(bubble).toBeLessThan(475);
    if (process.env.RANKWRIGHT_SIMULATION) console.info({ heap, bubble });
  });

  it("fall with more children", async () => {
    const calls: number[] = [];
    for (const children of [2, 3, 5, 9]) calls.push(await mean(heapsortTop, children));
    expect(calls).toEqual(descending(calls));
    if (process.env.RANKWRIGHT_SIMULATION) console.info(calls);
  });
});
