import { RankwrightError, show } from "../types/index.js";
import { TokenSink } from "./token-sink.js";
import type { EncodeOptions, Encoding, PairTemplate, Tokenizer } from "./tokenizer.js";

/** What a tokenizer is besides the way it encodes. */
export type TokenizerTraits = Omit<Tokenizer, "encode">;

/** A tokenizer around a function that pushes a text's tokens; the text holds no lone surrogates. */
export class TextTokenizer implements Tokenizer {
  readonly kind: Tokenizer["kind"];
  readonly vocabSize: number;
  readonly padId: number;
  readonly unknownId: number | undefined;
  readonly template: PairTemplate;
  private readonly encodeText: (text: string, sink: TokenSink) => void;
  private readonly sink = new TokenSink();

  constructor(traits: TokenizerTraits, encodeText: (text: string, sink: TokenSink) => void) {
    this.kind = traits.kind;
    this.vocabSize = traits.vocabSize;
    this.padId = traits.padId;
    this.unknownId = traits.unknownId;
    this.template = traits.template;
    this.encodeText = encodeText;
  }

  encode(text: string, { head = Number.POSITIVE_INFINITY, tail = 0 }: EncodeOptions = {}): Encoding {
    requireCount(head, "head");
    requireCount(tail, "tail");
    this.sink.begin(head, tail);
    // U+FFFD is as long as the lone surrogate that it stands for, so that offsets stay.
    this.encodeText(text.isWellFormed() ? text : text.toWellFormed(), this.sink);
    return this.sink.finish();
  }
}

function requireCount(value: number, field: string): void {
  if (value >= 0 && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY)) return;
  throw new RankwrightError(
    "INVALID_OPTION",
    `${field} is ${show(value)}: a whole number from 0 on is needed.`,
    {
      field,
      value,
    },
  );
}
