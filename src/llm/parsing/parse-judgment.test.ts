import { describe, expect, it } from "vitest";
import { parseJudgment } from "./parse-judgment.js";

const read = (text: string, finish: "stop" | "length" = "stop") => parseJudgment({ text, finish });

describe("parseJudgment", () => {
  it.each([
    ['{"thoughts": "B names the date", "score": 0.75}', { thoughts: "B names the date", score: 0.75 }],
    ['```json\n{"score": -1}\n```', { score: -1 }],
    ['<think>0.3?</think>{"thoughts":"","score":"0.5"}', { thoughts: "", score: 0.5 }],
  ])("reads %j", (text, judgment) => {
    expect(read(text)).toEqual({ ...judgment, class: "ok" });
  });

  it("takes the last object of a text", () => {
    const text = 'As in {"score": 0}, I compare. {"thoughts": "a", "score": -0.5} Done.';
    expect(read(text)).toEqual({ thoughts: "a", score: -0.5, class: "wrong_format" });
  });

  it.each([
    ['{"score": 1.5}', "wrong_format"],
    ['{"score": null}', "wrong_format"],
    ['{"score": 1e999}', "wrong_format"],
    ["0.5", "wrong_format"],
    ["[]", "wrong_format"],
    ["I cannot help with that.", "refused"],
    [" ", "empty"],
    ["<think>", "truncated"],
  ])("makes nothing of %j", (text, answerClass) => {
    expect(read(text)).toEqual({ class: answerClass });
  });

  it("tells what was cut off or refused", () => {
    expect(read('{"thoughts": "B', "length")).toEqual({ class: "truncated" });
    expect(parseJudgment({ text: '{"score":1}', finish: "content_filter" })).toEqual({ class: "refused" });
  });
});
