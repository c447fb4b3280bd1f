export const VOCABULARY = 16_000;
export const SHAPE = {
  layers: 3,
  hiddenSize: 192,
  heads: 6,
  intermediateSize: 768,
  embeddingSize: 128,
  maxTokens: 512,
};
