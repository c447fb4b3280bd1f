import { describe, expect, it } from "vitest";
import { wrapText } from "./wrap-text.js";

describe("wrapText", () => {
  it("breaks at spaces and keeps long words whole", () => {
    expect(wrapText("the quick  brown fox", 10)).toEqual(["the quick", "brown fox"]);
    expect(wrapText("a cross-encoder here", 5)).toEqual(["a", "cross-encoder", "here"]);
    expect(wrapText(" ", 5)).toEqual([]);
  });
});
