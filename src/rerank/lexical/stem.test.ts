import { describe, expect, it } from "vitest";
import { stem } from "./stem.js";

describe("stem", () => {
  it.each([
    ["cancel", "cancels", "cancelled", "canceled", "cancelling", "canceling"],
    ["pause", "pauses", "paused", "pausing"],
    ["study", "studies", "studied", "studying"],
    ["box", "boxes", "boxed"],
    ["process", "processes", "processed", "processing"],
    ["stop", "stops", "stopped", "stopping"],
    ["bus", "buses"],
  ])("brings the forms of %s together", (...forms) => {
    expect(new Set(forms.map(stem)).size).toBe(1);
  });

  it.each([
    ["sing", "s"],
    ["red", "r"],
    ["this", "thi"],
    ["string", "str"],
    ["thing", "th"],
  ])("does not take %s for %s with an ending", (word, rest) => {
    expect(stem(word)).not.toBe(rest);
  });

  it("leaves short words, numbers and other alphabets alone", () => {
    for (const word of ["as", "bee", "k8s", "2024s", "früchte", "книги", "ученые"])
      expect(stem(word)).toBe(word);
  });
});
