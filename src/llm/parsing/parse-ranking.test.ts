import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { generateAnswer, RECIPE_NAMES } from "../testing/generated-answers.js";
import type { AnswerText } from "./answer-class.js";
import { parseRanking } from "./parse-ranking.js";

const read = (text: string, count: number, more: Partial<AnswerText> = {}) =>
  parseRanking({ text, finish: "stop", ...more }, count);

/** Identifiers from 1, as the answers have them. */
const ids = (order: readonly number[]) => order.map((position) => position + 1);

describe("parseRanking", () => {
  it("reads the form that was asked for", () => {
    expect(read("[2] > [3] > [1]", 3)).toEqual({ order: [1, 2, 0], named: 3, class: "ok" });
    expect(read("[1]", 1)).toEqual({ order: [0], named: 1, class: "ok" });
  });

  it.each([
    ["[2] > [2] > [1]", "repetition", [2, 1, 3], 2],
    ["[3]", "missing", [3, 1, 2], 1],
    ["[3] > [9] > [1] > [2]", "wrong_format", [3, 1, 2], 3],
    ["[0] > [3]", "wrong_format", [3, 1, 2], 1],
    ["The best is [3], then [1].", "wrong_format", [3, 1, 2], 2],
    ["Passage 2 is best, passage 3 is next.", "wrong_format", [2, 3, 1], 2],
    ["2, 3 and 1", "wrong_format", [2, 3, 1], 3],
    ["3", "wrong_format", [3, 1, 2], 1],
    ["[2, 3]", "wrong_format", [2, 3, 1], 2],
    ["Of [1] > [2] and [3] > [2] > [1] the second", "wrong_format", [3, 2, 1], 3],
    ["[1] > [2] > [3], no: [3] > [2] > [1]", "wrong_format", [3, 2, 1], 3],
    ["[3], [1] > [2]", "wrong_format", [3, 1, 2], 3],
    ["The order is [3] = [1] > [2]", "wrong_format", [3, 1, 2], 3],
    ["[Passage 3] > [Passage 2]", "wrong_format", [3, 2, 1], 2],
    ['{"ranking": [{"id": 3}, {"id": 1}]}', "wrong_format", [3, 1, 2], 2],
    ["There are 3 passages of 2 kinds.", "wrong_format", [1, 2, 3], 0],
    ["1.5 > 0.3", "wrong_format", [1, 2, 3], 0],
    ["50% > 3%", "wrong_format", [1, 2, 3], 0],
  ] as const)("reads %j as %s", (text, answerClass, order, named) => {
    const ranking = read(text, 3);
    expect({ ...ranking, order: ids(ranking.order) }).toEqual({ order, named, class: answerClass });
  });

  it("counts a list as complete that names as many as were wanted", () => {
    const answer = { text: "[4] > [2]", finish: "stop" } as const;
    expect(parseRanking(answer, 5, { wanted: 2 })).toMatchObject({ order: [3, 1, 0, 2, 4], class: "ok" });
    expect(parseRanking(answer, 5, { wanted: 3 }).class).toBe("missing");
  });

  it("reads letters", () => {
    const letters = (text: string) => parseRanking({ text, finish: "stop" }, 3, { identifiers: "letters" });
    expect(letters("[B] > [C] > [A]")).toEqual({ order: [1, 2, 0], named: 3, class: "ok" });
    expect(letters("Passage C > Passage A")).toMatchObject({ order: [2, 0, 1], class: "wrong_format" });
    expect(letters("document a good overview gives B, C")).toMatchObject({ order: [1, 2, 0], named: 2 });
    expect(letters("I think that A is a good one.").named).toBe(0);
  });

  it("does not take the beginning of a number for a number", () => {
    expect(read("[3] > [1", 12, { finish: "length" })).toMatchObject({ named: 1, class: "truncated" });
    expect(read("3 > 2 > 1", 12, { finish: "length" }).order.slice(0, 2)).toEqual([2, 1]);
  });

  it("does not read thoughts that were cut off", () => {
    const text = "Passage [3] seems best, but let me look at [1] and";
    expect(read(text, 3, { finish: "length" })).toEqual({ order: [0, 1, 2], named: 0, class: "truncated" });
  });

  it("takes its time for nothing, however long the answer", () => {
    const before = performance.now();
    for (const part of [
      " ",
      "[",
      "[1] > ",
      "1 > ",
      "passage ",
      "1, ",
      "(((",
      "\n",
      ">",
      "**",
      "9",
      "[1",
      "1.\n",
    ]) {
      read(part.repeat(200_000 / part.length), 20);
      read(`${part.repeat(100_000 / part.length)}x${part.repeat(100_000 / part.length)}`, 20);
    }
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

describe("generated answers", () => {
  // The full figure: RANKWRIGHT_FUZZ=100000 npx vitest run src/llm/parsing/parse-ranking.test.ts
  const total = Number(process.env.RANKWRIGHT_FUZZ ?? 4000);

  it(`are always a permutation and of the right class (${total})`, () => {
    const random = new Random(6);
    const classes: Record<string, number> = {};
    for (let i = 0; i < total; i++) {
      const recipe = RECIPE_NAMES[i % RECIPE_NAMES.length]!;
      const generated = generateAnswer(recipe, 3 + random.int(28), random);
      const { answer, count, named } = generated;
      const ranking = parseRanking(answer, count);
      const where = `${recipe}: ${JSON.stringify(answer)}`;
      expect(
        [...ranking.order].sort((a, b) => a - b),
        where,
      ).toEqual(Array.from({ length: count }, (_, k) => k));
      expect(ranking.class, where).toBe(generated.class);
      expect(ranking.order.slice(0, ranking.named), where).toEqual(named);
      classes[ranking.class] = (classes[ranking.class] ?? 0) + 1;
    }
    expect(Object.keys(classes)).toHaveLength(7);
    if (process.env.RANKWRIGHT_FUZZ) console.info(total, classes);
  }, 300_000);

  it("are read without an error whatever they hold", () => {
    const random = new Random(7);
    const pieces = [
      ..."[]()<>|/\\{}\"'`*_#.,:;!?%&=+-~@^ \n0123456789",
      "think>",
      "[1]",
      "²",
      "①",
      "\ud800",
      "passage ",
    ];
    for (let i = 0; i < total / 2; i++) {
      const text = Array.from({ length: random.int(60) }, () => pieces[random.int(pieces.length)]).join("");
      const { order, named } = read(text, 7, { finish: random.int(2) ? "stop" : "length" });
      expect([...order].sort(), JSON.stringify(text)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(named).toBeLessThanOrEqual(7);
    }
  }, 300_000);
});
