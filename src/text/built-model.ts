import { asObject, invalidTokenizer, type JsonObject } from "./json.js";
import type { TokenSink } from "./token-sink.js";

/** The parts of a tokenizer that differ between the kinds. */
export interface BuiltModel {
  /** Pushes the tokens of a text without lone surrogates. */
  readonly encode: (text: string, sink: TokenSink) => void;
  /** Largest id of the model's own vocabulary plus one. */
  readonly size: number;
  readonly unknownId: number | undefined;
  /** The id of a token of the model's own vocabulary. */
  readonly find: (token: string) => number | undefined;
}

/** A part of tokenizer.json that must be of one type. */
export function partOfType(json: JsonObject, part: string, type: string, kind: string): JsonObject {
  const value = asObject(json[part], part);
  if (value.type !== type) {
    throw invalidTokenizer(`${part}.type`, value.type, `for ${kind} models only ${type} is supported.`);
  }
  return value;
}
