import { readEncoderConfig } from "../encoder-config.js";
import type { Architecture } from "./architecture.js";
import { embeddings, encoderLayers, firstTokens, linear } from "./encoder-block.js";

/**
 * RoBERTa (Liu et al., 1907.11692) and XLM-RoBERTa (Conneau et al., 1911.02116): positions count
 * from the padding id plus one, and the head is dense + tanh.
 */
export const roberta: Architecture = {
  modelTypes: ["roberta", "xlm-roberta"],
  readConfig: (raw) => {
    const config = readEncoderConfig({ pad_token_id: 1, ...raw });
    return { ...config, embeddingSize: config.hiddenSize };
  },
  maxTokens: (config) => config.positions - firstPosition(config.padTokenId),
  build(context, inputs) {
    const { graph, config } = context;
    const offset = graph.constant("first_position", Int32Array.of(firstPosition(config.padTokenId)));
    const positions = graph.op("Add", [inputs.positions, offset]);
    const embedded = embeddings(context, "roberta.embeddings", inputs, positions);
    const hidden = encoderLayers(context, "roberta.encoder", inputs, embedded);
    const first = firstTokens(context, inputs, hidden);
    const dense = graph.op("Tanh", [linear(context, first, "classifier.dense", config.hiddenSize)]);
    return linear(context, dense, "classifier.out_proj", config.labels);
  },
};

/** Ids up to the padding id are reserved in the position table, as in fairseq. */
function firstPosition(padTokenId: number): number {
  return padTokenId + 1;
}
