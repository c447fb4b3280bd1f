import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RankwrightError } from "../../types/index.js";
import { recognise } from "./recognise.js";

const origin = { file: "pairs.jsonl", line: 7 };
const example = (record: Record<string, unknown>) => recognise(record, origin).example;
const message = (record: Record<string, unknown>): string => {
  try {
    recognise(record, origin);
  } catch (error) {
    expect(error).toMatchObject({ code: "INVALID_TRAINING_DATA" });
    return (error as Error).message;
  }
  return "nothing was thrown";
};

describe("recognise", () => {
  it.each([
    ["a labelled pair", { query: "q", document: "d", label: 1 }, ["d"], [1]],
    ["a pair with a teacher's score", { query: "q", passage: "d", score: -3.5 }, ["d"], [-3.5]],
    ["a pair with a probability", { question: "q", text: "d", probability: 0.25 }, ["d"], [0.25]],
    ["short keys and other keys", { src: "fever", q: "q", doc: "d", label: 0 }, ["d"], [0]],
    ["a boolean label", { query: "q", document: "d", label: true }, ["d"], [1]],
    ["what answers a question", { q: "q", pos: "d" }, ["d"], [1]],
    ["votes beside an answer, which are no target", { q: "q", pos: "d", score: 10 }, ["d"], [1]],
    ["a triple", { query: "q", positive: "a", negative: "b" }, ["a", "b"], [1, 0]],
    [
      "a triple with lists",
      { query: "q", pos: ["a", "b"], neg: ["c", "d"] },
      ["a", "b", "c", "d"],
      [1, 1, 0, 0],
    ],
    ["a teacher's triple", { query: "q", positive: "a", negative: "b", scores: [9, 2] }, ["a", "b"], [9, 2]],
    ["a list", { query: "q", documents: ["a", { text: "b" }], labels: [2, 0] }, ["a", "b"], [2, 0]],
    [
      "a teacher's probabilities",
      { query: "q", docs: ["a", "b"], probabilities: [0.9, 0.1] },
      ["a", "b"],
      [0.9, 0.1],
    ],
    [
      "ranks, of which 1 is best",
      { query: "q", documents: ["a", "b", "c"], ranks: [2, 1, 3] },
      ["a", "b", "c"],
      [1, 2, 0],
    ],
  ])("takes %s", (_, record, texts, targets) => {
    expect(example(record)).toEqual({ query: "q", documents: texts.map((text) => ({ text })), targets });
  });

  it("gives a single document the title beside it, and documents of a list their own", () => {
    expect(example({ q: "q", pos: "d", title: "T" }).documents).toEqual([{ title: "T", text: "d" }]);
    const list = { query: "q", documents: [{ text: "a", title: "T" }, "b"], labels: [1, 0] };
    expect(example(list).documents).toEqual([{ title: "T", text: "a" }, { text: "b" }]);
  });

  it("makes a weak pair of a heading and its text", () => {
    expect(example({ title: "T", abstract: "a" })).toEqual({
      query: "T",
      documents: [{ text: "a" }],
      targets: [1],
    });
    expect(example({ term: "t", meaning: "m" }).query).toBe("t");
    expect(example({ title: "Guide", heading: "Install", text: "…" }).query).toBe("Guide: Install");
    expect(example({ title: "Same", heading: "Same", text: "…" }).query).toBe("Same");
  });

  it("takes a text alone where that is asked for", () => {
    expect(message({ text: "d" })).toMatch(/keys \["text"\]/);
    expect(recognise({ text: "d" }, origin, { textOnly: true }).example.query).toBe("");
  });

  it("tells judgments from a teacher's numbers", () => {
    const judged = (record: Record<string, unknown>) => recognise(record, origin).judged;
    expect(judged({ query: "q", document: "d", label: 1 })).toBe(true);
    expect(judged({ query: "q", positive: "a", negative: "b" })).toBe(true);
    expect(judged({ query: "q", document: "d", score: 1 })).toBe(false);
    expect(judged({ query: "q", positive: "a", negative: "b", scores: [1, 0] })).toBe(false);
  });

  it("says which keys were seen and which are accepted", () => {
    expect(message({ prompt: "q", answer: "a" })).toBe(
      'pairs.jsonl, line 7: the keys ["prompt","answer"] are no training data; accepted are {"query", "document", "label"} or {"query", "positive"} or {"query", "positive", "negative"} or {"query", "documents": […], "labels": […]} or {"title", "text"}.',
    );
    expect(message({ query: "q", document: "d" })).toMatch(/the keys \["query","document"\] are no/);
    expect(message({ query: "q", documents: ["a", "b"] })).toMatch(/the keys/);
  });

  it.each([
    [{ query: " ", document: "d", label: 1 }, 'query is " "; give a string that is not blank'],
    [{ query: "q", document: 3, label: 1 }, "document is 3; give a string"],
    [{ query: "q", document: { title: "T" }, label: 1 }, "document.text is undefined"],
    [{ query: "q", document: "d", label: "yes" }, 'label is "yes"; give a finite number'],
    [{ query: "q", document: "d", probability: 1.2 }, "probability is 1.2; give a number from 0 to 1"],
    [{ query: "q", documents: [], labels: [] }, "documents is empty"],
    [{ query: "q", documents: ["a", ""], labels: [1, 0] }, 'documents[1] is ""'],
    [{ query: "q", documents: ["a", "b"], labels: [1] }, "labels has 1 entries and there are 2 documents"],
    [{ query: "q", documents: ["a", "b"], ranks: [0, 1] }, "ranks[0] is 0; give whole numbers from 1"],
    [
      { query: "q", documents: ["a", "b"], labels: [1, 0], scores: [3, 2] },
      "the line has labels and scores; keep one",
    ],
    [
      { query: "q", documents: ["a", "a"], labels: [1, 0] },
      "documents 1 and 2 are the same, with the targets 1 and 0",
    ],
    [
      { query: "q", positive: "a", negative: ["b", "a"] },
      "documents 1 and 3 are the same, with the targets 1 and 0",
    ],
    [
      { query: "q", documents: ["a", "a"], labels: [1, 1] },
      "documents 1 and 2 are the same; keep one of them",
    ],
  ])("refuses %j", (record, problem) => {
    expect(message(record)).toContain(`pairs.jsonl, line 7: ${problem}`);
  });

  it("learns from the kind of number that is asked for", () => {
    const record = { query: "q", documents: ["a", "b"], labels: [1, 0], scores: [3, 2] };
    expect(recognise(record, origin, { targets: "score" }).example.targets).toEqual([3, 2]);
    expect(recognise(record, origin, { targets: "label" }).example.targets).toEqual([1, 0]);
  });

  it("gives a sound example or INVALID_TRAINING_DATA for whatever object it is given", () => {
    const key = fc.constantFrom(
      "query",
      "q",
      "document",
      "documents",
      "pos",
      "neg",
      "label",
      "labels",
      "scores",
      "ranks",
      "title",
      "text",
    );
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.array(fc.oneof(fc.string(), fc.integer())),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.dictionary(key, value), (record) => {
        try {
          const { query, documents, targets } = example(record);
          expect(query.trim()).not.toBe("");
          expect(documents.length).toBeGreaterThan(0);
          expect(targets).toHaveLength(documents.length);
          expect(targets.every(Number.isFinite)).toBe(true);
          expect(documents.every(({ text }) => text.trim() !== "")).toBe(true);
        } catch (error) {
          if (!RankwrightError.isInstance(error)) throw error;
          expect(error.code).toBe("INVALID_TRAINING_DATA");
        }
      }),
      { numRuns: 500 },
    );
  });
});
