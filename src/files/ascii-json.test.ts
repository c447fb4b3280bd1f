import fc from "fast-check";
import { expect, it } from "vitest";
import { asciiJson } from "./ascii-json.js";

it("says the same as JSON, in ASCII", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      const text = asciiJson(value);
      expect(text).toMatch(/^[\0-\x7f]*$/);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
