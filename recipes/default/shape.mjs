export const VOCABULARY = 16_000;
export const SHAPE = {
  layers: 2,
  hiddenSize: 128,
  heads: 4,
  intermediateSize: 512,
  embeddingSize: 128,
  maxTokens: 512,
};
