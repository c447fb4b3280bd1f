import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FAMILIES } from "./families.js";
import { parseMeasure, parseMeasures } from "./parse-measure.js";

const names = (text: string) => parseMeasures(text).map(({ name }) => name);

describe("parseMeasures", () => {
  it("reads a list, with commas inside parentheses", () => {
    const text = "nDCG@10,AP(rel=2),RR@10,R@100,P@5,Judged@10,RBP(p=0.8),Success@1";
    expect(names(text)).toEqual([
      ...["nDCG@10", "AP(rel=2)", "RR@10", "R@100", "P@5", "Judged@10", "RBP", "Success@1"],
    ]);
    expect(names("RBP(p=0.5, rel=2)@20 , nDCG")).toEqual(["RBP(p=0.5,rel=2)@20", "nDCG"]);
  });

  it("takes a measure that is named twice once", () => {
    expect(names("nDCG@10,ndcg_cut_10,NDCG@10")).toEqual(["nDCG@10"]);
  });

  it("expands trec_eval's nicknames", () => {
    expect(names("official")).toHaveLength(29);
    expect(names("all_trec")).toHaveLength(93);
    expect(names("all_trec")).toEqual(expect.arrayContaining(names("official")));
  });

  it("sets the relevance level of measures that have one and do not say it", () => {
    const measures = parseMeasures("nDCG@10,AP,R(rel=3)@100", { rel: 2 });
    expect(measures.map(({ name }) => name)).toEqual(["nDCG@10", "AP(rel=2)", "R(rel=3)@100"]);
  });
});

describe("parseMeasure", () => {
  const canonical: readonly [string, string][] = [
    ["NDCG@10", "nDCG@10"],
    ["map", "AP"],
    ["MRR@10", "RR@10"],
    ["recall@100", "R@100"],
    ["precision(REL=2)@5", "P(rel=2)@5"],
    ["hit@1", "Success@1"],
    ["AP(rel=1)", "AP"],
    ["RBP( rel = 2 , p = .5 )", "RBP(p=0.5,rel=2)"],
    ["nDCG(gain=EXP)@10", "nDCG(gain=exp)@10"],
    ["nDCG()@10", "nDCG@10"],
    ["P@1e1", "P@10"],
    ["ndcg_cut_10", "nDCG@10"],
    ["ndcg_cut.10", "nDCG@10"],
    ["ndcg", "nDCG"],
    ["map_cut_100", "AP@100"],
    ["recip_rank", "RR"],
    ["P_5", "P@5"],
    ["recall_100", "R@100"],
    ["success_1", "Success@1"],
    ["iprec_at_recall_0.10", "IPrec@0.1"],
    ["iprec_at_recall.0", "IPrec@0"],
    ["Rprec_mult_0.20", "Rprec_mult@0.2"],
    ["relative_P_5", "relative_P@5"],
    ["gm_map", "gm_map"],
    ["Rprec", "Rprec"],
    ["bpref", "Bpref"],
    ["infAP", "infAP"],
    ["11pt_avg", "11pt_avg"],
    ["set_F", "set_F"],
    ["num_q", "NumQ"],
    ["num_rel_ret", "NumRelRet"],
  ];
  it.each(canonical)("names %s %s", (text, name) => {
    expect(parseMeasure(text).name).toBe(name);
  });

  const refused: readonly [string, string][] = [
    ["nDGC@10", 'there is no measure "nDGC@10"; did you mean nDCG?'],
    ["ncdg_cut_10", 'there is no measure "ncdg_cut_10"; did you mean ndcg_cut?'],
    ["accuracy@10", 'there is no measure "accuracy@10"; known are nDCG, AP, RR'],
    ["", 'the measure "" is not of the form Name(parameter=value)@number'],
    ["nDCG@10@5", "is not of the form"],
    ["nDCG(gain=exp@10", "is not of the form"],
    ["nDCG@0", 'cutoff of the measure "nDCG@0" is "0"; it must be a whole number of 1 or more'],
    ["nDCG@-5", 'cutoff of the measure "nDCG@-5" is "-5"'],
    ["nDCG@2.5", 'cutoff of the measure "nDCG@2.5" is "2.5"'],
    ["nDCG@ten", 'cutoff of the measure "nDCG@ten" is "ten"'],
    ["nDCG@", 'cutoff of the measure "nDCG@" is ""'],
    ["ndcg_cut_0", 'cutoff of the measure "ndcg_cut_0" is "0"'],
    ["P", 'the measure "P" needs a cutoff; write it after @, as in P@10'],
    ["recall", 'the measure "recall" needs a cutoff; write it after @, as in R@10'],
    ["IPrec", "needs a recall; write it after @, as in IPrec@0.5"],
    ["IPrec@1.1", "must be a number from 0 to 1"],
    ["Rprec@10", 'the measure "Rprec@10" takes nothing after @; write Rprec'],
    ["P_5@10", 'the measure "P_5@10" has two numbers; write P@10'],
    ["AP(rel=0)", 'rel of the measure "AP(rel=0)" is "0"; it must be a whole number of 1 or more'],
    ["AP(rel=1.5)", 'rel of the measure "AP(rel=1.5)" is "1.5"'],
    ["AP(rel=2,rel=3)", "gives rel twice; give it once"],
    ["AP(level=2)", 'has no parameter "level"; it takes rel'],
    ["AP(cutoff=2)", 'has no parameter "cutoff"; it takes rel'],
    ["NumQ(rel=2)", "it takes none in parentheses"],
    ["AP(rel)", "gives rel no value; write rel=value"],
    ["RBP(p=1)", "must be a number between 0 and 1"],
    ["RBP(p=0)", "must be a number between 0 and 1"],
    ["nDCG(gain=log)", 'gain of the measure "nDCG(gain=log)" is "log"; it must be linear or exp'],
  ];
  it.each(refused)("refuses %s", (text, message) => {
    expect(() => parseMeasure(text)).toThrow(
      expect.objectContaining({ code: "INVALID_MEASURE", message: expect.stringContaining(message) }),
    );
  });

  it("refuses a relevance level that is none", () => {
    expect(() => parseMeasures("AP", { rel: 0 })).toThrow(
      expect.objectContaining({ code: "INVALID_MEASURE" }),
    );
  });

  it("finds every family by each of its names, and no name twice", () => {
    const seen = new Set<string>();
    for (const { name, aliases = [] } of FAMILIES) {
      for (const one of new Set([name, ...aliases].map((name) => name.toLowerCase()))) {
        expect(seen).not.toContain(one);
        seen.add(one);
      }
    }
  });

  it("reads back every canonical name as the same measure", () => {
    const cutoff = fc.option(fc.integer({ min: 1, max: 2000 }), { nil: undefined });
    const rel = fc.integer({ min: 1, max: 5 });
    const p = fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom("AP", "RR", "RBP"), rel, p, cutoff, (family, rel, p, cutoff) => {
        const inside = family === "RBP" ? `p=${p},rel=${rel}` : `rel=${rel}`;
        const { name } = parseMeasure(`${family}(${inside})${cutoff ? `@${cutoff}` : ""}`);
        expect(parseMeasure(name).name).toBe(name);
        expect(name.includes("rel=")).toBe(rel !== 1);
      }),
    );
    for (const { name } of parseMeasures("all_trec", { rel: 2 })) expect(parseMeasure(name).name).toBe(name);
  });
});
