import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestFirst, shrinkHeadTail } from "./truncation.js";

describe("longestFirst", () => {
  it("cuts the longer side, and both only when it must", () => {
    expect(longestFirst(3, 20, 10)).toEqual({ query: 3, document: 7 });
    expect(longestFirst(20, 3, 10)).toEqual({ query: 7, document: 3 });
    expect(longestFirst(20, 30, 11)).toEqual({ query: 5, document: 6 });
    expect(longestFirst(30, 20, 11)).toEqual({ query: 6, document: 5 });
    expect(longestFirst(4, 5, 10)).toEqual({ query: 4, document: 5 });
  });

  it("is taking tokens off the longer side one at a time, as far as lengths go", () => {
    const length = fc.nat({ max: 60 });
    fc.assert(
      fc.property(length, length, fc.integer({ min: 1, max: 60 }), (query, document, room) => {
        let [q, d] = [query, document];
        while (q + d > room) q > d ? q-- : d--;
        const cut = longestFirst(query, document, room);
        expect(cut.query + cut.document).toBe(q + d);
        expect(Math.abs(cut.query - q)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("shrinkHeadTail", () => {
  it("keeps both where they fit and shrinks them in proportion where not", () => {
    expect(shrinkHeadTail(200, 100, 400)).toEqual({ head: 200, tail: 100 });
    expect(shrinkHeadTail(200, 100, 30)).toEqual({ head: 20, tail: 10 });
    expect(shrinkHeadTail(0, 100, 30)).toEqual({ head: 0, tail: 30 });
  });
});
