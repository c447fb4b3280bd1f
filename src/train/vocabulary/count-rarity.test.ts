import { expect, it } from "vitest";
import { piecesOf } from "../../models/lexical/read-pieces.js";
import { buildTokenizer } from "../../text/index.js";
import { countRarity } from "./count-rarity.js";
import { tokenizerDefinition } from "./tokenizer-definition.js";

const definition = tokenizerDefinition([
  "[PAD]",
  "[UNK]",
  "[CLS]",
  "[SEP]",
  "[MASK]",
  "the",
  "cat",
  "in",
  "##s",
  "##t",
  "never",
]);
const { vocab } = definition.model;
const count = async (texts: string[]) => {
  const levels = await countRarity(texts, buildTokenizer({ tokenizer: definition }), piecesOf(definition));
  return (piece: string) => levels[vocab[piece]!];
};

it("counts texts that hold a word, in powers of two", async () => {
  const level = await count(["the the cat", "the", "the", "the"]);
  expect(level("the")).toBe(0);
  expect(level("cat")).toBe(2);
  // Half a text in four.
  expect(level("never")).toBe(3);
});

it("counts pieces inside words, and words of several pieces under the unknown id", async () => {
  const level = await count(["cats cats", "in", "ins", "in"]);
  expect(level("in")).toBe(1);
  expect(level("cat")).toBe(3);
  expect(level("##s")).toBe(1);
  // "cats" and "ins" stand in one text of four each.
  expect(level("[UNK]")).toBe(2);
});

it("refuses to count nothing, and stops when it is told to", async () => {
  await expect(count([])).rejects.toMatchObject({ code: "EMPTY_FILE" });
  const signal = AbortSignal.abort("enough");
  const running = countRarity(["the"], buildTokenizer({ tokenizer: definition }), piecesOf(definition), {
    signal,
  });
  await expect(running).rejects.toMatchObject({ code: "ABORTED" });
});
