import { describe, expect, it } from "vitest";
import { parseMetaspace } from "./metaspace.js";

const parse = (part: unknown) => parseMetaspace(part, "pre_tokenizer");
const metaspace = (options: object = {}) => ({ type: "Metaspace", replacement: "▁", ...options });

describe("parseMetaspace", () => {
  it("reads the old and the new spelling alike", () => {
    const always = { whitespaceSplit: false, metaspace: true, prepend: "always", split: true };
    expect(parse(metaspace({ add_prefix_space: true }))).toEqual(always);
    expect(parse(metaspace({ prepend_scheme: "always", split: true }))).toEqual(always);
    expect(parse(metaspace({ add_prefix_space: false, prepend_scheme: "never" }))).toMatchObject({
      prepend: "never",
    });
    expect(parse(metaspace({ prepend_scheme: "first", split: false }))).toMatchObject({
      prepend: "first",
      split: false,
    });
  });

  it("reads Sequences", () => {
    const sequence = { type: "Sequence", pretokenizers: [{ type: "WhitespaceSplit" }, metaspace()] };
    expect(parse(sequence)).toMatchObject({ whitespaceSplit: true, metaspace: true });
    expect(parse(null)).toMatchObject({ whitespaceSplit: false, metaspace: false });
  });

  it("refuses what it cannot follow", () => {
    expect(() => parse({ type: "Digits" })).toThrow('pre_tokenizer.type is "Digits"');
    expect(() => parse(metaspace({ replacement: "_" }))).toThrow('pre_tokenizer.replacement is "_"');
    expect(() => parse(metaspace({ add_prefix_space: false, prepend_scheme: "always" }))).toThrow(
      "contradicts",
    );
    const reversed = { type: "Sequence", pretokenizers: [metaspace(), { type: "WhitespaceSplit" }] };
    expect(() => parse(reversed)).toThrow("pre_tokenizer.pretokenizers[1].type");
  });
});
