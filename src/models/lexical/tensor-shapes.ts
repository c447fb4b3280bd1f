import { SOFT_MATCHES, VIEWS } from "../architectures/soft-match.js";
import type { EncoderConfig } from "../encoder-config.js";
import { MATCH_ROWS, PLACE_ROWS } from "./layout.js";
import { RARITY_TENSOR } from "./open-features.js";
import { PAIR_FEATURES } from "./pair-features.js";

/** Numbers that are known of a pair as a whole. */
export const PAIR_SIZE = PAIR_FEATURES.length + SOFT_MATCHES;

/** Every tensor of a checkpoint of the family `rankwright`, by name, in the order of a file. */
export function tensorShapes(config: EncoderConfig): ReadonlyMap<string, readonly number[]> {
  const { embeddingSize, hiddenSize, intermediateSize } = config;
  const shapes = new Map<string, readonly number[]>();
  const linear = (name: string, inputs: number, outputs: number) => {
    shapes.set(`${name}.weight`, [outputs, inputs]);
    shapes.set(`${name}.bias`, [outputs]);
  };
  const norm = (name: string, size: number) => {
    shapes.set(`${name}.weight`, [size]);
    shapes.set(`${name}.bias`, [size]);
  };
  shapes.set(RARITY_TENSOR, [config.vocabSize]);
  for (const [name, rows] of embeddingTables(config)) {
    shapes.set(`rankwright.embeddings.${name}_embeddings.weight`, [rows, embeddingSize]);
  }
  shapes.set("rankwright.views.weight", [MATCH_ROWS.total, VIEWS]);
  norm("rankwright.embeddings.LayerNorm", embeddingSize);
  if (embeddingSize !== hiddenSize) linear("rankwright.embeddings_project", embeddingSize, hiddenSize);
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = `rankwright.encoder.layer.${layer}`;
    for (const part of ["self.query", "self.key", "self.value", "output.dense"]) {
      linear(`${prefix}.attention.${part}`, hiddenSize, hiddenSize);
    }
    norm(`${prefix}.attention.output.LayerNorm`, hiddenSize);
    linear(`${prefix}.intermediate.dense`, hiddenSize, intermediateSize);
    linear(`${prefix}.output.dense`, intermediateSize, hiddenSize);
    norm(`${prefix}.output.LayerNorm`, hiddenSize);
  }
  linear("classifier.dense", hiddenSize, hiddenSize);
  shapes.set("classifier.pair.weight", [hiddenSize, PAIR_SIZE]);
  linear("classifier.out_proj", hiddenSize, config.labels);
  shapes.set("classifier.shortcut.weight", [config.labels, PAIR_SIZE]);
  return shapes;
}

/** Rows of each embedding table: of words and positions, and of the features in the order of their names. */
export function embeddingTables(config: EncoderConfig): readonly (readonly [name: string, rows: number])[] {
  return [
    ["word", config.vocabSize],
    ["position", config.positions],
    ["match", MATCH_ROWS.total],
    ["place", PLACE_ROWS.total],
  ];
}
