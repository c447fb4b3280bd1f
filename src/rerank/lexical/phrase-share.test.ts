import { describe, expect, it } from "vitest";
import { findMatches } from "./find-matches.js";
import { phraseShare } from "./phrase-share.js";
import { queryTerms } from "./query-terms.js";

function share(query: string, text: string, weights: readonly number[]): number {
  const terms = queryTerms(query);
  const { value } = findMatches({ text }, terms).next();
  if (!value) throw new Error("the text was longer than one step");
  return phraseShare(value.places, terms, weights);
}

describe("phraseShare", () => {
  it("is 1 for the exact phrase and 0 for the same words apart or turned round", () => {
    expect(share("monthly plan price", "Our monthly-plan price.", [1, 1, 1])).toBe(1);
    expect(share("monthly plan price", "price plan monthly", [1, 1, 1])).toBe(0);
    expect(share("monthly plan price", "monthly or yearly plan, any price", [1, 1, 1])).toBe(0);
  });

  it("weighs a pair as its lighter word, and each pair once", () => {
    // Pairs: monthly plan (1), plan price (2).
    expect(share("monthly plan price", "plan price and plan price", [1, 3, 2])).toBeCloseTo(2 / 3, 12);
  });

  it("works between the characters of unspaced scripts", () => {
    expect(share("暂停", "先暂停", [1, 1, 1])).toBe(1);
    expect(share("暂停", "停暂", [1, 1, 1])).toBe(0);
  });

  it("is 0 where the query has no neighbours", () => {
    expect(share("plan", "plan plan", [1])).toBe(0);
    expect(share("", "plan", [])).toBe(0);
  });
});
