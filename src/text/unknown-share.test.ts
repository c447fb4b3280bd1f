import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadTokenizer } from "./load-tokenizer.js";
import { unknownShare } from "./unknown-share.js";

describe("unknownShare", async () => {
  const tokenizer = await loadTokenizer(join(import.meta.dirname, "../../goldens/tokenizers/wordpiece"));

  it("counts the tokens that the vocabulary lacks", () => {
    expect(unknownShare(tokenizer, ["the", "of"])).toBe(0);
    // Hieroglyphs, which no small vocabulary holds.
    expect(unknownShare(tokenizer, ["the of 𓀀", "𓀁"])).toBe(0.5);
  });

  it("is 0 where there is nothing to read", () => {
    expect(unknownShare(tokenizer, [])).toBe(0);
    expect(unknownShare(tokenizer, [" "])).toBe(0);
  });
});
