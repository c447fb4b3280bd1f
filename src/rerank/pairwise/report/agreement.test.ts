import { describe, expect, it } from "vitest";
import { judgeAgreement } from "./agreement.js";
import type { JudgedPair } from "./judged-pair.js";

const said = (judge: string, a: string, b: string, probability?: number): JudgedPair => ({
  ...{ judge, a, b, probability },
});

describe("judgeAgreement", () => {
  it("compares every two judges on the pairs that both decided", () => {
    const judged = [
      said("x", "1", "2", 1),
      said("x", "1", "3", 0.6),
      said("x", "2", "3", 0),
      said("x", "3", "4", 0.5),
      said("y", "2", "1", 0.2),
      said("y", "1", "3", 0.2),
      said("y", "2", "3"),
      said("y", "4", "3", 1),
      said("z", "5", "6", 1),
    ];
    expect(judgeAgreement(judged)).toEqual([
      { judges: ["x", "y"], pairs: 2, rate: 0.5 },
      { judges: ["x", "z"], pairs: 0 },
      { judges: ["y", "z"], pairs: 0 },
    ]);
  });

  it("has nothing to say of one judge, or of names that only look alike", () => {
    expect(judgeAgreement([said("x", "1", "2", 1)])).toEqual([]);
    const judged = [said("x", "a b", "c", 1), said("y", "a", "b c", 1)];
    expect(judgeAgreement(judged)).toEqual([{ judges: ["x", "y"], pairs: 0 }]);
  });
});
