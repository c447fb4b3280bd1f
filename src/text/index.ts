export { type AggregatedScore, aggregateWindows, type WindowAggregate } from "./aggregate-windows.js";
export { buildTokenizer, type TokenizerParts } from "./build-tokenizer.js";
export type { EncodedDocument, EncodedQuery, Sequence } from "./encoded-pair.js";
export { loadTokenizer } from "./load-tokenizer.js";
export { PairEncoder } from "./pair-encoder.js";
export type {
  HeadTail,
  PairOptions,
  PairSettings,
  TokenCaps,
  Truncation,
  WindowOptions,
} from "./pair-options.js";
export type { EncodeOptions, Encoding, PairTemplate, SpecialRun, Tokenizer } from "./tokenizer.js";
export { unknownShare } from "./unknown-share.js";
