import fc from "fast-check";
import { expect, it } from "vitest";
import { topDocuments } from "./top-documents.js";

it("equals sorting everything, by score and then by number", () => {
  const scores = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 0, max: 70 }), fc.infiniteStream(fc.nat()), (given, k, order) => {
      const documents = given.map((_, index) => index);
      const shuffled = documents
        .map((document) => [order.next().value as number, document] as const)
        .sort(([one], [other]) => one - other)
        .map(([, document]) => document);
      const sorted = documents.toSorted((one, other) => given[other]! - given[one]! || one - other);
      const top = topDocuments(Uint32Array.from(shuffled), Float64Array.from(given), k);
      expect([...top]).toEqual(sorted.slice(0, k));
    }),
  );
});
