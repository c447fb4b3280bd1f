import { readEncoderConfig } from "../encoder-config.js";
import type { Architecture } from "./architecture.js";
import { embeddings, encoderLayers, firstTokens, linear } from "./encoder-block.js";

/** BERT (Devlin et al., 1810.04805), also MiniLM and TinyBERT: tanh pooler, linear classifier. */
export const bert: Architecture = {
  modelTypes: ["bert"],
  readConfig: (raw) => {
    const config = readEncoderConfig(raw);
    return { ...config, embeddingSize: config.hiddenSize };
  },
  maxTokens: (config) => config.positions,
  build(context, inputs) {
    const { graph, config } = context;
    const embedded = embeddings(context, "bert.embeddings", inputs, inputs.positions);
    const hidden = encoderLayers(context, "bert.encoder", inputs, embedded);
    const first = firstTokens(context, inputs, hidden);
    const pooled = graph.op("Tanh", [linear(context, first, "bert.pooler.dense", config.hiddenSize)]);
    return linear(context, pooled, "classifier", config.labels);
  },
};
