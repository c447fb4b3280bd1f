export type { Analyzer } from "./analysis/analyzer.js";
export { type AnalyzerOptions, analyzer } from "./analysis/build-analyzer.js";
export { LANGUAGE_NAMES, type LanguageName } from "./analysis/languages.js";
export { Bm25Index, type Bm25Options, type SearchOptions } from "./bm25/bm25-index.js";
export { bm25Retriever } from "./bm25/bm25-retriever.js";
export type { CollectOptions } from "./bm25/collect-postings.js";
export type { Bm25Formula } from "./bm25/impacts.js";
export { type Bm25RunOptions, type Bm25RunProgress, bm25Run } from "./first-stage.js";
