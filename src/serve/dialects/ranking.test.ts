import { describe, expect, it } from "vitest";
import { cannedAnswer } from "../testing/canned-answer.js";
import { hundreds, inInputOrder, oneEach, ranked } from "./ranking.js";

const request = {
  model: "m",
  query: "q",
  documents: [{ text: "a" }, { text: "b" }],
  scores: "logit",
} as const;
const answer = cannedAnswer(request, [0, 1]);
const [first, second] = answer.results;

describe("a ranking that names the wrong document never leaves", () => {
  it.each([
    ["twice", { ...answer, results: [first!, first!] }],
    ["out of range", { ...answer, results: [{ ...first!, index: 2 }] }],
    ["below zero", { ...answer, results: [{ ...first!, index: -1 }] }],
    ["no index", { ...answer, results: [{ ...first!, index: 0.5 }] }],
  ])("%s", (_, wrong) => {
    expect(() => ranked(wrong, 2)).toThrow(expect.objectContaining({ code: "INTERNAL" }));
  });

  it("nor one with documents left out where all are owed", () => {
    expect(() => inInputOrder({ ...answer, results: [second!] }, 2)).toThrow(
      "A ranking of 2 documents has 1",
    );
    expect(inInputOrder(answer, 2).map(({ value }) => value)).toEqual([0, 1]);
  });

  it("nor answers that are fewer or more than the requests", () => {
    expect(() => oneEach([], 1)).toThrow("1 requests have 0 answers");
    expect(oneEach([answer], 1)).toEqual([answer]);
  });
});

it("counts units of up to 100 documents", () => {
  expect([1, 100, 101, 1000].map(hundreds)).toEqual([1, 1, 2, 10]);
});
