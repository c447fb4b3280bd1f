import { describe, expect, it } from "vitest";
import { parsePairTemplate } from "./pair-template.js";

const parse = (part: unknown) => parsePairTemplate(part, "post_processor");
const run = (ids: number[], types: number[]) => ({ ids, types });
const pieces = (...items: [name: string, type: number][]) =>
  items.map(([id, type_id]) =>
    id.length === 1 ? { Sequence: { id, type_id } } : { SpecialToken: { id, type_id } },
  );
const special_tokens = { "[CLS]": { ids: [101] }, "[SEP]": { ids: [102, 103] } };

describe("parsePairTemplate", () => {
  it("reads BertProcessing", () => {
    expect(parse({ type: "BertProcessing", sep: ["[SEP]", 102], cls: ["[CLS]", 101] })).toEqual({
      before: run([101], [0]),
      between: run([102], [0]),
      after: run([102], [1]),
      queryType: 0,
      documentType: 1,
    });
  });

  it("reads RobertaProcessing: two separators, one type", () => {
    expect(parse({ type: "RobertaProcessing", sep: ["</s>", 2], cls: ["<s>", 0] })).toEqual({
      before: run([0], [0]),
      between: run([2, 2], [0, 0]),
      after: run([2], [0]),
      queryType: 0,
      documentType: 0,
    });
  });

  it("reads TemplateProcessing, tokens of several ids included", () => {
    const pair = pieces(["[CLS]", 0], ["A", 0], ["[SEP]", 0], ["B", 1], ["[SEP]", 1]);
    expect(parse({ type: "TemplateProcessing", pair, special_tokens })).toEqual({
      before: run([101], [0]),
      between: run([102, 103], [0, 0]),
      after: run([102, 103], [1, 1]),
      queryType: 0,
      documentType: 1,
    });
  });

  it("takes the one of a Sequence that adds tokens", () => {
    const bert = { type: "BertProcessing", sep: ["[SEP]", 2], cls: ["[CLS]", 1] };
    expect(parse({ type: "Sequence", processors: [{ type: "ByteLevel" }, bert] })).toEqual(parse(bert));
    expect(() => parse({ type: "Sequence", processors: [bert, bert] })).toThrow("only one of them");
  });

  it("adds nothing where there is no post-processor", () => {
    for (const part of [null, undefined, { type: "ByteLevel" }]) {
      expect(parse(part)).toMatchObject({ before: run([], []), queryType: 0, documentType: 1 });
    }
  });

  it("refuses what it cannot follow and names it", () => {
    expect(() => parse({ type: "Magic" })).toThrow('post_processor.type is "Magic": supported are');
    expect(() =>
      parse({ type: "TemplateProcessing", pair: pieces(["B", 0], ["A", 0]), special_tokens }),
    ).toThrow('post_processor.pair is "B, A"');
    const unknown = {
      type: "TemplateProcessing",
      pair: pieces(["<x>", 0], ["A", 0], ["B", 0]),
      special_tokens,
    };
    expect(() => parse(unknown)).toThrow('post_processor.special_tokens["<x>"] is undefined');
  });
});
