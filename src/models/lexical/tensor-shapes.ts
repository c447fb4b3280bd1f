import type { EncoderConfig } from "../encoder-config.js";
import { MATCH_ROWS, PLACE_ROWS, SLOTS } from "./layout.js";
import { RARITY_TENSOR } from "./open-features.js";

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
  linear("classifier.out_proj", hiddenSize, config.labels);
  return shapes;
}

/** Rows of each embedding table: of words and positions, and of the features in the order of their names. */
export function embeddingTables(config: EncoderConfig): readonly (readonly [name: string, rows: number])[] {
  return [
    ["word", config.vocabSize],
    ["position", config.positions],
    ["match", MATCH_ROWS.total],
    ["place", PLACE_ROWS.total],
    ["slot", SLOTS],
  ];
}
