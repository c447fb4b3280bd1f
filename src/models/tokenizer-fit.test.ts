import { expect, it } from "vitest";
import type { Tokenizer } from "../text/index.js";
import type { EncoderConfig } from "./encoder-config.js";
import { checkTokenizerFit } from "./tokenizer-fit.js";

const check = (vocabSize: number, documentType: number, tokenTypes: number) => () =>
  checkTokenizerFit(
    { vocabSize, template: { queryType: 0, documentType } } as Tokenizer,
    { vocabSize: 100, tokenTypes } as EncoderConfig,
    "model",
  );

it("lets pass what the model has embeddings for", () => {
  expect(check(100, 1, 2)).not.toThrow();
  // One type, as in RoBERTa: types are not looked at.
  expect(check(90, 1, 1)).not.toThrow();
});

it("names the id or type that the model does not have", () => {
  expect(check(101, 0, 2)).toThrow("ids up to 100, but config.json has vocab_size 100");
  expect(check(100, 2, 2)).toThrow("token type 2, but config.json has type_vocab_size 2");
});
