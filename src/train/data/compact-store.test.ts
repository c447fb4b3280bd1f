import fc from "fast-check";
import { expect, it } from "vitest";
import { CompactStore } from "./compact-store.js";

it("gives back every value that JSON can carry", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (values) => {
      const store = new CompactStore<unknown>();
      const numbers = values.map((value) => store.add(value));
      expect(numbers).toEqual(values.map((_, i) => i));
      expect(numbers.map((number) => JSON.stringify(store.get(number)))).toEqual(
        values.map((v) => JSON.stringify(v)),
      );
    }),
  );
});

it("holds values larger than a block, and many blocks", () => {
  const store = new CompactStore<string>();
  const values = [
    "small",
    "é".repeat(3_000_000),
    ...Array.from({ length: 5 }, (_, i) => String(i).repeat(1_500_000)),
    "end",
  ];
  for (const value of values) store.add(value);
  expect(values.every((value, number) => store.get(number) === value)).toBe(true);
  expect(Buffer.concat([...store.content()]).toString()).toBe(
    values.map((value) => JSON.stringify(value)).join(""),
  );
});
