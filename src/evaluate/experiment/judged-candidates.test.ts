import { describe, expect, it } from "vitest";
import { judgedCandidates } from "./judged-candidates.js";

describe("judgedCandidates", () => {
  it("keeps the run's order among judged documents, and puts those that it lacks below", () => {
    const lists = new Map([["q1", { ids: ["x", "b", "a"], scores: Float64Array.of(9, 1, 2) }]]);
    const qrels = new Map([
      [
        "q1",
        new Map([
          ["a", 0],
          ["b", 1],
          ["d", 0],
          ["c", 2],
        ]),
      ],
      ["q2", new Map([["z", 1]])],
    ]);
    const run = judgedCandidates({ name: "r", lists }, qrels);
    expect(run.lists.get("q1")?.ids).toEqual(["a", "b", "c", "d"]);
    expect(run.lists.get("q2")?.ids).toEqual(["z"]);
  });
});
