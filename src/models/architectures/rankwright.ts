import { RankwrightError, show } from "../../types/index.js";
import { readEncoderConfig } from "../encoder-config.js";
import { FEATURE_VERSION } from "../lexical/layout.js";
import { FEATURES } from "../lexical/lexical-features.js";
import { openLexicalFeatures } from "../lexical/open-features.js";
import { embeddingTables, PAIR_SIZE } from "../lexical/tensor-shapes.js";
import type { Architecture } from "./architecture.js";
import { encoderLayers, firstTokens, layerNorm, linear } from "./encoder-block.js";
import { softMatch } from "./soft-match.js";

/**
 * Our own small encoder: BERT's layers over embeddings of words, positions and lexical features (see
 * `LexicalFeatures`), which tell it what query and document have in common. Large models find that out by
 * attention, small ones that are trained on little do not. The head is dense + GELU over [CLS] and what is known
 * of the pair as a whole, and a shortcut past it, linear in the latter: the model starts from lexical skill and
 * learns the rest. Embeddings may be smaller than layers; nothing embeds token types, since the features tell
 * query from document.
 */
export const rankwright: Architecture = {
  modelTypes: ["rankwright"],
  readConfig: (raw) => {
    const version = raw.lexical_features;
    if (version === FEATURE_VERSION) return readEncoderConfig(raw);
    throw new RankwrightError(
      "UNSUPPORTED_FEATURE",
      `config.json: lexical_features is ${show(version)}; only version ${FEATURE_VERSION} is implemented`,
      { field: "lexical_features", value: version },
    );
  },
  maxTokens: (config) => config.positions,
  features: { names: FEATURES, open: openLexicalFeatures },
  build(context, inputs) {
    const { graph, tensors, config } = context;
    const indices = [inputs.ids, inputs.positions, ...FEATURES.tokens.map((name) => inputs.features[name]!)];
    const looked = embeddingTables(config).map(([name, rows], i) => {
      const table = tensors.weight(`rankwright.embeddings.${name}_embeddings.weight`, [
        rows,
        config.embeddingSize,
      ]);
      return graph.op("Gather", [table, indices[i]!]);
    });
    const sum = looked.reduce((left, right) => graph.op("Add", [left, right]));
    const embedded = layerNorm(context, sum, "rankwright.embeddings.LayerNorm");
    const projected =
      config.embeddingSize === config.hiddenSize
        ? embedded
        : linear(context, embedded, "rankwright.embeddings_project", config.hiddenSize);
    const hidden = encoderLayers(context, "rankwright.encoder", inputs, projected);
    const first = firstTokens(context, inputs, hidden);
    const known = [inputs.features[FEATURES.sequences.name]!, softMatch(context, inputs, looked[0]!)];
    const pair = graph.op("Concat", known, { axis: 1 });
    const ofPair = (name: string, outputs: number) =>
      graph.op("FusedMatMul", [pair, tensors.weight(`${name}.weight`, [outputs, PAIR_SIZE])], { transB: 1 });
    const dense = graph.op("Add", [
      linear(context, first, "classifier.dense", config.hiddenSize),
      ofPair("classifier.pair", config.hiddenSize),
    ]);
    const logits = linear(context, graph.op("Gelu", [dense]), "classifier.out_proj", config.labels);
    return graph.op("Add", [logits, ofPair("classifier.shortcut", config.labels)]);
  },
};
