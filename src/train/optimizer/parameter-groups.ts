/** How a parameter's tensor name makes its update differ from the others'. */
export interface ParameterGroup {
  readonly decays: boolean;
  /** Factor on the learning rate, above 0 and at most 1. */
  readonly rateScale: number;
}

const LAYER = /(?:^|\.)(?:layers?|blocks?|h)\.(\d+)\./;
const EMBEDDING = /embed|(?:^|\.)wte\.|(?:^|\.)wpe\./i;
/** `LayerNorm.weight`, `layer_norm.weight`, `final_norm.weight`, `attn_norm.weight`, `norm1.weight`, `ln_1.weight` … */
const NORMALIZATION = /(?:norm\d*|(?:^|\.)ln(?:_\w+)?)\.[^.]+$/i;
const BIAS = /(?:^|[._])(?:bias|beta)$/;

/** Biases and the weights of normalisation layers are not decayed. */
export function decays(name: string): boolean {
  return !BIAS.test(name) && !NORMALIZATION.test(name);
}

/**
 * Groups parameters by tensor name. With n layers (the highest layer number in the names, plus one), the
 * embeddings' rate is layerDecay^(n + 1), layer i's layerDecay^(n − i), and everything else belongs to the
 * head, at the full rate (Howard and Ruder, "Universal language model fine-tuning for text classification",
 * ACL 2018, section 3.2, one group a layer).
 */
export function parameterGroups(names: readonly string[], layerDecay: number): readonly ParameterGroup[] {
  const layerOf = names.map((name) => {
    const layer = LAYER.exec(name)?.[1];
    return layer === undefined ? undefined : Number(layer);
  });
  const layers = Math.max(-1, ...layerOf.filter((layer) => layer !== undefined)) + 1;
  return names.map((name, i) => {
    const layer = layerOf[i];
    const below = layer !== undefined ? layers - layer : EMBEDDING.test(name) ? layers + 1 : 0;
    return { decays: decays(name), rateScale: layerDecay ** below };
  });
}
