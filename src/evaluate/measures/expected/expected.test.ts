import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FAMILIES } from "../families.js";
import type { JudgedRanking, TiedRanking } from "../measure.js";
import { parseMeasure, parseMeasures } from "../parse-measure.js";
import { tiedRankings } from "../testing/judged-queries.js";

function permutations(values: readonly number[]): number[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((value, i) =>
    permutations(values.filter((_, j) => j !== i)).map((rest) => [value, ...rest]),
  );
}

/** Every order of the tied documents, each as likely as any other. */
function orders({ grades, groupEnds, judged }: TiedRanking): JudgedRanking[] {
  let all: number[][] = [[]];
  let start = 0;
  for (const end of groupEnds) {
    const group = permutations([...grades.subarray(start, end)]);
    all = all.flatMap((before) => group.map((order) => [...before, ...order]));
    start = end;
  }
  return all.map((order) => ({ grades: Float64Array.from(order), judged }));
}

describe("expected values over tied orders", () => {
  const measures = parseMeasures(
    [
      ...["nDCG", "nDCG@2", "nDCG(gain=exp)@3", "AP", "AP(rel=2)", "AP@3", "RR", "RR@2", "RR(rel=2)"],
      ...["P@1", "P@3", "P(rel=2)@10", "R@2", "R@4", "Success@1", "Success@3", "Success(rel=2)@2"],
      ...[
        "Judged@2",
        "Judged",
        "RBP",
        "RBP(p=0.5,rel=2)@3",
        "Rprec",
        "Rprec_mult@0.6",
        "relative_P@3",
        "set_P",
        "set_F",
        "NumRelRet",
        "utility",
      ],
    ].join(","),
  );

  it.each(measures.map((measure) => [measure.name, measure] as const))("%s", (_, measure) => {
    fc.assert(
      fc.property(tiedRankings({ grades: [-1, 0, 1, 2, 3], length: 6 }), (ranking) => {
        const values = orders(ranking).map((order) => measure.compute(order));
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(measure.expected?.(ranking)).toBeCloseTo(mean, 12);
      }),
      { numRuns: 60 },
    );
  });

  it("are the plain values where nothing is tied", () => {
    fc.assert(
      fc.property(tiedRankings({ grades: [0, 1, 2], length: 12 }), (ranking) => {
        const single = { ...ranking, groupEnds: Uint32Array.from(ranking.grades, (_, i) => i + 1) };
        for (const measure of measures)
          expect(measure.expected?.(single)).toBeCloseTo(measure.compute(single), 12);
      }),
    );
  });

  it("exist for the common measures and for those that no order can change", () => {
    const without = FAMILIES.filter(({ expected, orderless }) => !expected && !orderless).map(
      ({ name }) => name,
    );
    expect(without).toEqual([
      ...["ERR", "Bpref", "infAP", "IPrec", "gm_map", "gm_bpref", "11pt_avg"],
      ...["binG", "G", "ndcg_rel", "Rndcg"],
    ]);
    expect(parseMeasure("ERR").expected).toBeUndefined();
  });
});
