import { describe, expect, it } from "vitest";
import { outcomeRun } from "./outcome-run.js";
import type { QueryOutcome } from "./query-outcome.js";

const outcome: QueryOutcome = {
  query: "q",
  ids: ["a", "b", "c", "d"],
  scores: [0.1, 0.9, 0.9, 5],
  ms: 1,
  pairs: 4,
  tokens: 0,
  warnings: [],
};
const ranking = (depth?: number) => {
  const { ids, scores } = outcomeRun("x", [outcome], depth).lists.get("q")!;
  return [...ids.keys()].sort((a, b) => scores[b]! - scores[a]!).map((i) => ids[i]);
};

describe("outcomeRun", () => {
  it("carries the model's own scores when everything was re-ranked", () => {
    expect([...outcomeRun("x", [outcome]).lists.get("q")!.scores]).toEqual([0.1, 0.9, 0.9, 5]);
  });

  it("leaves the rest below, in the first stage's order, and ties to the document id as measures do", () => {
    expect(ranking(3)).toEqual(["c", "b", "a", "d"]);
    expect(ranking(2)).toEqual(["b", "a", "c", "d"]);
    expect(ranking(0)).toEqual(["a", "b", "c", "d"]);
  });
});
