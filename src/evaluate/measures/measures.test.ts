import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgedQuery } from "./judged-query.js";
import { type JudgedRanking, UNJUDGED } from "./measure.js";
import { parseMeasure, parseMeasures } from "./parse-measure.js";
import { tiedRankings } from "./testing/judged-queries.js";

/** Grades by rank, and of judged documents that were not retrieved. */
function ranking(grades: readonly number[], leftBehind: readonly number[] = []): JudgedRanking {
  const judged = [...grades.filter((grade) => grade !== UNJUDGED), ...leftBehind];
  return {
    grades: Float64Array.from(grades),
    judged: judgedQuery(new Map(judged.map((grade, i) => [`${i}`, grade]))),
  };
}

const value = (measure: string, ...of: Parameters<typeof ranking>) =>
  parseMeasure(measure).compute(ranking(...of));

describe("measures that trec_eval does not have", () => {
  it("nDCG with exponential gain", () => {
    const dcg = 3 / 1 + 7 / 2;
    const best = 7 / 1 + 3 / Math.log2(3) + 1 / 2;
    expect(value("nDCG(gain=exp)@3", [2, 0, 3], [1])).toBeCloseTo(dcg / best, 15);
    expect(value("nDCG(gain=exp)", [1, 1, 1])).toBe(1);
  });

  it("RBP: Moffat & Zobel's example of relevant documents at ranks 1, 2, 4, 6 and 9", () => {
    const grades = [1, 1, 0, 1, 0, 1, 0, 0, 1];
    const sum = (p: number) => (1 - p) * (1 + p + p ** 3 + p ** 5 + p ** 8);
    expect(value("RBP(p=0.5)", grades)).toBeCloseTo(sum(0.5), 15);
    expect(value("RBP", grades)).toBeCloseTo(sum(0.8), 15);
    expect(value("RBP@2", grades)).toBeCloseTo(0.2 * 1.8, 15);
    expect(value("RBP(rel=2)", grades)).toBe(0);
  });

  it("ERR: the reader stops at the third of three documents with what the first two left", () => {
    const content = (grade: number) => (2 ** grade - 1) / 16;
    const first = content(1);
    const second = (1 - content(1)) * (content(4) / 2);
    const third = (1 - content(1)) * (1 - content(4)) * (content(2) / 3);
    expect(value("ERR", [1, 4, 2])).toBeCloseTo(first + second + third, 15);
    expect(value("ERR@2", [1, 4, 2])).toBeCloseTo(first + second, 15);
    expect(value("ERR(max=1)", [UNJUDGED, -1, 1])).toBeCloseTo(0.5 / 3, 15);
  });

  it("ERR refuses grades above the scale", () => {
    expect(() => value("ERR@10", [1], [5])).toThrow(
      expect.objectContaining({ code: "INVALID_MEASURE", message: expect.stringContaining("ERR(max=5)") }),
    );
  });

  it("Judged: a share of what was retrieved; negative grades are not judged", () => {
    expect(value("Judged@4", [0, UNJUDGED, 2, -1, 1])).toBe(0.5);
    expect(value("Judged@10", [0, UNJUDGED, 2, -1])).toBe(0.5);
    expect(value("Judged", [0, 1])).toBe(1);
  });
});

describe("parameters that trec_eval has and the goldens leave at their default", () => {
  it("set_F, utility and cutoffs that are not customary", () => {
    const example = [
      [0, 1, UNJUDGED, 1],
      [1, 1, 0],
    ] as const;
    expect(value("set_F(x=2)", ...example)).toBeCloseTo((3 * 0.5 * 0.5) / (2 * 0.5 + 0.5), 15);
    expect(value("utility(a=2,b=-0.5,c=-1,d=0.25,docs=100)", ...example)).toBe(4 - 1 - 2 + 0.25 * 94);
    expect(value("P@3", ...example)).toBe(1 / 3);
    expect(value("IPrec@0.5", ...example)).toBe(0.5);
    expect(value("IPrec@0.6", ...example)).toBe(0);
    expect(value("Rprec_mult@0.5", ...example)).toBe(0.5);
    expect(value("RR@1", ...example)).toBe(0);
    expect(value("Success@2", ...example)).toBe(1);
  });
});

describe("what holds for every ranking", () => {
  const anyGrades = tiedRankings({ grades: [-2, -1, 0, 1, 2, 4], length: 30 });
  const everything = `all_trec,ERR,RBP,Judged,nDCG(gain=exp)@3`;
  const counting = /^(Num|num|utility)/;

  it("measures are finite, and no mean leaves [0, 1]", () => {
    const measures = parseMeasures(everything);
    fc.assert(
      fc.property(anyGrades, (ranking) => {
        for (const { name, compute } of measures) {
          const value = compute(ranking);
          expect(value, name).toBeGreaterThanOrEqual(name === "utility" ? -30 : 0);
          expect(value, name).toBeLessThanOrEqual(counting.test(name) ? 34 : 1);
        }
      }),
    );
  });

  it("the best order has an nDCG of 1, or of 0 where nothing is relevant", () => {
    fc.assert(
      fc.property(anyGrades, ({ judged }) => {
        const best = { grades: Float64Array.from(judged.ideal), judged };
        const relevant = (judged.ideal[0] ?? 0) > 0;
        for (const measure of parseMeasures("nDCG,nDCG@5,nDCG(gain=exp)@10")) {
          expect(measure.compute(best)).toBe(relevant ? 1 : 0);
        }
      }),
    );
  });

  it("a relevant document that moves up one rank harms no measure that looks at the order", () => {
    const measures = parseMeasures("nDCG,AP,RR,P@5,R@5,Success@3,RBP,ERR,Rprec,Bpref,11pt_avg,binG,G");
    const rankings = tiedRankings({ grades: [0, 1, 1], length: 30 });
    fc.assert(
      fc.property(rankings, fc.nat(), (before, seed) => {
        const spots = [...before.grades.keys()].filter((i) => i > 0 && before.grades[i] === 1);
        const from = spots[seed % spots.length];
        if (from === undefined) return;
        const grades = before.grades.slice();
        [grades[from - 1], grades[from]] = [grades[from] as number, grades[from - 1] as number];
        for (const { name, compute } of measures) {
          const gain = compute({ ...before, grades }) - compute(before);
          expect(gain, name).toBeGreaterThanOrEqual(-1e-15);
        }
      }),
    );
  });
});
