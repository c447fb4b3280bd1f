import { describe, expect, it } from "vitest";
import { findApiKey } from "./api-key.js";

const ENV = { FIRST: " ", SECOND: "from-second\n", THIRD: "from-third" };

describe("findApiKey", () => {
  it("takes the option, else the first variable that is set", () => {
    expect(findApiKey(" mine ", ["SECOND"], ENV)).toEqual({ key: "mine", source: "apiKey or apiKeyEnv" });
    expect(findApiKey(undefined, ["FIRST", "SECOND", "THIRD"], ENV)).toEqual({
      key: "from-second",
      source: "SECOND",
    });
    expect(findApiKey("", ["NONE"], ENV).key).toBeUndefined();
    expect(findApiKey(false, ["SECOND"], ENV).key).toBeUndefined();
  });

  it("refuses what no header can carry, without repeating it", () => {
    for (const key of ["two words", "schlüssel-geheim", "line\nbreak-secret"]) {
      expect(() => findApiKey(key, [], {})).toThrow(/^apiKey or apiKeyEnv holds spaces or other characters/);
    }
    expect(() => findApiKey(7 as unknown as string, [], {})).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", field: "apiKey" }),
    );
  });
});
