import { readEncoderConfig } from "../encoder-config.js";
import type { Architecture } from "./architecture.js";
import { embeddings, encoderLayers, firstTokens, linear } from "./encoder-block.js";

/** ELECTRA (Clark et al., 2003.10555): embeddings of their own size, a dense + GELU head. */
export const electra: Architecture = {
  modelTypes: ["electra"],
  readConfig: (raw) => readEncoderConfig({ embedding_size: 128, ...raw }),
  maxTokens: (config) => config.positions,
  build(context, inputs) {
    const { graph, config } = context;
    const embedded = embeddings(context, "electra.embeddings", inputs, inputs.positions);
    const projected =
      config.embeddingSize === config.hiddenSize
        ? embedded
        : linear(context, embedded, "electra.embeddings_project", config.hiddenSize);
    const hidden = encoderLayers(context, "electra.encoder", inputs, projected);
    const first = firstTokens(context, inputs, hidden);
    const dense = graph.op("Gelu", [linear(context, first, "classifier.dense", config.hiddenSize)]);
    return linear(context, dense, "classifier.out_proj", config.labels);
  },
};
