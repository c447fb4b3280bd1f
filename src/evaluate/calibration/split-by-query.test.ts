import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitByQuery } from "./split-by-query.js";

const ids = fc.uniqueArray(fc.string(), { minLength: 2 });

describe("splitByQuery", () => {
  it("puts every query into one of two halves, whatever the order of the ids", () => {
    fc.assert(
      fc.property(ids, fc.nat(), (queries, seed) => {
        const { fit, heldOut } = splitByQuery(queries, seed);
        expect([...fit, ...heldOut].sort()).toEqual([...queries].sort());
        expect(fit.size - heldOut.size).toBe(queries.length % 2);
        expect(splitByQuery([...queries, ...queries].reverse(), seed)).toEqual({ fit, heldOut });
      }),
    );
  });

  it("differs from seed to seed", () => {
    const queries = Array.from({ length: 40 }, (_, i) => `q${i}`);
    expect(splitByQuery(queries, 1)).not.toEqual(splitByQuery(queries, 2));
  });

  it("refuses a single query", () => {
    expect(() => splitByQuery(["a", "a"])).toThrow("queryIds.length is 1: at least 2 needed.");
  });
});
