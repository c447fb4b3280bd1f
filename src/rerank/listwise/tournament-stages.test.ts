import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tournamentStages } from "./tournament-stages.js";

const steps = (count: number, size = 20) =>
  tournamentStages(count, size).map(({ from, to, groups }) => `${from}→${to} in ${groups}`);

describe("tournamentStages", () => {
  it("has the stages of TourRank for 100 documents", () => {
    expect(steps(100)).toEqual(["100→50 in 5", "50→20 in 5", "20→10 in 1", "10→5 in 1", "5→2 in 1"]);
  });

  it.each([
    [2, []],
    [3, ["3→2 in 1"]],
    [7, ["7→5 in 1", "5→2 in 1"]],
    [25, ["25→10 in 5", "10→5 in 1", "5→2 in 1"]],
    [60, ["60→20 in 5", "20→10 in 1", "10→5 in 1", "5→2 in 1"]],
  ])("ends at two for %i", (count, stages) => {
    expect(steps(count)).toEqual(stages);
  });

  it("has groups that fit a prompt and from which somebody advances and somebody does not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 5000 }), fc.integer({ min: 5, max: 40 }), (count, size) => {
        let field = count;
        for (const { from, to, groups } of tournamentStages(count, size)) {
          expect(from).toBe(field);
          expect(to).toBeLessThan(from);
          expect(Math.ceil(from / groups)).toBeLessThanOrEqual(size);
          expect(Math.floor(to / groups)).toBeGreaterThanOrEqual(1);
          expect(Math.ceil(to / groups)).toBeLessThanOrEqual(Math.ceil(from / groups));
          field = to;
        }
        expect(field).toBe(2);
      }),
      { seed: 5 },
    );
  });
});
