import { describe, expect, it } from "vitest";
import { parseLabel } from "./parse-label.js";

const ABC = ["A", "B", "C"];
const YES_NO = ["yes", "no"];
const GRADES = ["0", "1", "2", "3"];
const read = (text: string, labels: readonly string[], finish: "stop" | "length" = "stop") =>
  parseLabel({ text, finish }, labels);

describe("parseLabel", () => {
  it.each([
    ["B", ABC, 1],
    [" Passage C\n", ABC, 2],
    ["**Passage: A**", ABC, 0],
    ["[B].", ABC, 1],
    ["The most relevant passage is B", ABC, 1],
    ["<think>A or B? A.</think>B", ABC, 1],
    ["Yes", YES_NO, 0],
    ["NO.", YES_NO, 1],
    ["Answer: no", YES_NO, 1],
    ["2", GRADES, 2],
    ["Score: 3", GRADES, 3],
    ["²", GRADES, 2],
  ] as const)("reads %j as it was asked for", (text, labels, position) => {
    expect(read(text, labels)).toEqual({ position, class: "ok" });
  });

  it.each([
    ["Passage B is more relevant because it names the date.", ABC, 1],
    ["A: it answers the question.", ABC, 0],
    ["I would choose passage C.", ABC, 2],
    ["Yes, it does.", YES_NO, 0],
    ["No\nThe passage is about something else.", YES_NO, 1],
    ["I rate it 2 of all", GRADES, 2],
  ] as const)("finds the only label of %j", (text, labels, position) => {
    expect(read(text, labels)).toEqual({ position, class: "wrong_format" });
  });

  it.each([
    ["A passage about cats", ABC, "wrong_format"],
    ["Passage A is better than passage B", ABC, "wrong_format"],
    ["Both yes and no", YES_NO, "wrong_format"],
    ["It is not relevant", YES_NO, "wrong_format"],
    ["Passage D", ABC, "wrong_format"],
    ["4", GRADES, "wrong_format"],
    ["I'm sorry, I can't assist with that.", ABC, "refused"],
    ["", ABC, "empty"],
    ["<think>A", ABC, "truncated"],
  ] as const)("makes nothing of %j", (text, labels, answerClass) => {
    expect(read(text, labels)).toEqual({ class: answerClass });
  });

  it("tells what was cut off or refused", () => {
    expect(read("B", ABC, "length")).toEqual({ position: 1, class: "truncated" });
    expect(read("Let me think about", ABC, "length")).toEqual({ class: "truncated" });
    expect(parseLabel({ text: "A", finish: "content_filter" }, ABC)).toEqual({ class: "refused" });
    expect(parseLabel({ text: "", finish: "stop", refusal: "no" }, ABC)).toEqual({ class: "refused" });
  });
});
