/**
 * The sizes of three well-known cross-encoders. Only sizes matter for time, so the weights are random.
 *
 * @typedef {{ title: string, layers: number, hidden: number, heads: number, inner: number }} Shape
 */

/** @type {Record<string, Shape>} */
export const SHAPES = {
  tiny: { title: "TinyBERT-L2", layers: 2, hidden: 128, heads: 2, inner: 512 },
  mini: { title: "MiniLM-L6", layers: 6, hidden: 384, heads: 12, inner: 1536 },
  base: { title: "BERT-base", layers: 12, hidden: 768, heads: 12, inner: 3072 },
};

export const VOCABULARY_SIZE = 30522;
export const MAX_TOKENS = 512;
export const TYPES = 2;
export const LAYER_NORM_EPS = 1e-12;
