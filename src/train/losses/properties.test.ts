import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLoss, LOSS_NAMES } from "./losses.js";
import { type Lists, type OpenLoss, openLoss } from "./testing/open-loss.js";

/** Losses that learn from the order of a list, and nothing from a list without one. */
const OF_ORDER = LOSS_NAMES.filter((name) => !["bce", "soft-bce", "mse", "margin-mse"].includes(name));
/** Those whose weights do not jump where two scores change places. */
const SMOOTH = LOSS_NAMES.filter((name) => !["lambdarank", "ndcg-loss2", "ndcg-loss2++"].includes(name));

const open = new Map<string, OpenLoss>();
beforeAll(async () => {
  for (const name of LOSS_NAMES) open.set(name, await openLoss(createLoss(name)));
});
afterAll(async () => {
  for (const loss of open.values()) await loss.close();
});
const run = (name: string, lists: Lists, length?: number) => (open.get(name) as OpenLoss).run(lists, length);

/** Few values, so that ties abound, in scores too; targets that every loss takes. */
const score = fc.constantFrom(-2.5, -1, 0, 0.25, 0.25, 1.5, 3);
const anyScore = fc.oneof(score, fc.constantFrom(1e4, -1e4, 87, -104));
const target = fc.constantFrom(0, 0, 1);
const lists = (of: fc.Arbitrary<number>) =>
  fc
    .array(fc.array(fc.tuple(of, target), { minLength: 2, maxLength: 7 }), { minLength: 1, maxLength: 4 })
    .map(
      (rows): Lists => ({
        scores: rows.map((row) => row.map(([value]) => value)),
        targets: rows.map((row) => row.map(([, value]) => value)),
      }),
    );

const reversed = ({ scores, targets }: Lists): Lists => ({
  scores: scores.map((row) => row.toReversed()),
  targets: targets.map((row) => row.toReversed()),
});

function near(actual: number | undefined, wanted: number, tolerance = 1e-5) {
  expect(Math.abs((actual as number) - wanted)).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(wanted)),
  );
}
function allNear(actual: readonly (readonly number[])[], wanted: readonly (readonly number[])[]) {
  const [a, b] = [actual.flat(), wanted.flat()];
  expect(a).toHaveLength(b.length);
  for (const [i, value] of b.entries()) near(a[i], value);
}

describe.each(LOSS_NAMES)("%s", (name) => {
  it("is finite, as is its gradient, whatever the scores, and 0 at least", async () => {
    await fc.assert(
      fc.asyncProperty(lists(anyScore), async (batch) => {
        const { loss, gradient } = await run(name, batch);
        expect(loss).toBeGreaterThanOrEqual(0);
        expect([loss, ...gradient.flat()].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("does not depend on padding", async () => {
    await fc.assert(
      fc.asyncProperty(lists(score), async (batch) => {
        const [plain, wide] = [await run(name, batch), await run(name, batch, 11)];
        near(wide.loss, plain.loss);
        const padded = plain.gradient.map((row) => [...row, ...Array<number>(11 - row.length).fill(0)]);
        allNear(wide.gradient, padded);
      }),
      { numRuns: 20 },
    );
  });

  it("averages: a batch twice over is no more than once", async () => {
    await fc.assert(
      fc.asyncProperty(lists(score), async (batch) => {
        const twice = {
          scores: [...batch.scores, ...batch.scores],
          targets: [...batch.targets, ...batch.targets],
        };
        const [one, two] = [await run(name, batch), await run(name, twice)];
        near(two.loss, one.loss);
        allNear(
          two.gradient,
          [...one.gradient, ...one.gradient].map((row) => row.map((value) => value / 2)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it("shows a score that is not a number", async () => {
    const batch = {
      scores: [
        [0, Number.NaN, 1],
        [1, 2],
      ],
      targets: [
        [1, 0, 1],
        [0, 1],
      ],
    };
    expect((await run(name, batch)).loss).toBeNaN();
  });

  it("is the same in a graph of known size", async () => {
    const fixed = await openLoss(createLoss(name), [2, 3]);
    try {
      const batch = {
        scores: [
          [0.5, -1, 2],
          [3, 1, 1],
        ],
        targets: [
          [1, 0, 1],
          [0, 1, 0],
        ],
      };
      expect(await fixed.run(batch)).toEqual(await run(name, batch));
    } finally {
      await fixed.close();
    }
  });
});

describe.each(LOSS_NAMES.filter((name) => name !== "margin-mse"))("%s", (name) => {
  it("does not depend on the order of a list, ties and all", async () => {
    await fc.assert(
      fc.asyncProperty(lists(score), async (batch) => {
        // Lists of one length, since padding stays last.
        const length = Math.min(...batch.scores.map((row) => row.length));
        const even = {
          scores: batch.scores.map((row) => row.slice(0, length)),
          targets: batch.targets.map((row) => row.slice(0, length)),
        };
        const [straight, back] = [await run(name, even), await run(name, reversed(even))];
        near(back.loss, straight.loss);
        allNear(
          back.gradient.map((row) => row.toReversed()),
          straight.gradient,
        );
      }),
      { numRuns: 20 },
    );
  });
});

describe.each(OF_ORDER)("%s", (name) => {
  it("learns nothing from a list of equal targets, also beside others", async () => {
    const learns = { scores: [[1, -1, 0.5]], targets: [[0, 1, 1]] };
    const equal = {
      scores: [
        [3, -2],
        [0.5, 4],
      ],
      targets: [
        [0, 0],
        [1, 1],
      ],
    };
    const alone = await run(name, equal);
    expect(alone.loss).toBe(0);
    expect(alone.gradient.flat().map(Math.abs)).toEqual([0, 0, 0, 0]);
    const both = {
      scores: [...learns.scores, ...equal.scores],
      targets: [...learns.targets, ...equal.targets],
    };
    near((await run(name, both)).loss, (await run(name, learns)).loss);
  });

  it("does not depend on what is added to all scores", async () => {
    await fc.assert(
      fc.asyncProperty(lists(score), async (batch) => {
        const moved = { ...batch, scores: batch.scores.map((row) => row.map((value) => value + 16)) };
        const [here, there] = [await run(name, batch), await run(name, moved)];
        near(there.loss, here.loss, 1e-4);
        for (const row of here.gradient)
          near(
            row.reduce((sum, value) => sum + value, 0),
            0,
          );
      }),
      { numRuns: 20 },
    );
  });

  it("pulls the relevant document up from equal scores", async () => {
    const { gradient } = await run(name, { scores: [[0, 0, 0, 0]], targets: [[0, 1, 0, 0]] });
    const [row] = gradient;
    expect(row?.[1]).toBeLessThan(0);
    for (const i of [0, 2, 3]) expect(row?.[i]).toBeGreaterThan(0);
  });
});

describe.each(SMOOTH)("%s", (name) => {
  it("has the gradient that finite differences say", async () => {
    const h = 2 ** -5;
    await fc.assert(
      fc.asyncProperty(lists(fc.integer({ min: -32, max: 32 }).map((n) => n / 16)), async (batch) => {
        const { gradient } = await run(name, batch);
        for (const [q, row] of batch.scores.entries()) {
          for (const i of row.keys()) {
            const at = async (shift: number) =>
              (
                await run(name, {
                  ...batch,
                  scores: batch.scores.with(q, row.with(i, (row[i] as number) + shift)),
                })
              ).loss;
            const slope = ((await at(h)) - (await at(-h))) / (2 * h);
            near(gradient[q]?.[i], slope, 1e-3);
          }
        }
      }),
      { numRuns: 5 },
    );
  });
});
