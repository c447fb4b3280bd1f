export type { TokenizerDefinition } from "./tokenizer-definition.js";
export { trainVocabulary, type VocabularyOptions, type VocabularyProgress } from "./train-vocabulary.js";
