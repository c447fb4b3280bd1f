import type { RawConfig } from "../../models/config.js";
import type { Tokenizer } from "../../text/index.js";
import { RankwrightError, show } from "../../types/index.js";
import { withOneLabel } from "../trainer/new-head.js";
import type { FirstTask } from "./tensor-shapes.js";

/** What transformers calls the families. */
const CLASSES: Readonly<Record<string, string>> = {
  bert: "Bert",
  electra: "Electra",
  roberta: "Roberta",
  "xlm-roberta": "XLMRoberta",
  rankwright: "Rankwright",
};

/** Keys that tell of the weights which a config.json came with. */
const OF_OTHER_WEIGHTS = ["architectures", "dtype", "torch_dtype", "transformers_version", "_name_or_path"];

export interface ConfigFacts {
  readonly tokenizer: Tokenizer;
  /** Whether the tokenizer was learned for this model, so that what the architecture says of another is void. */
  readonly learned: boolean;
  readonly task: FirstTask;
}

/**
 * config.json of a new model: its architecture with what the tokenizer decides, and for ranking one label where it
 * does not say how many.
 *
 * @throws RankwrightError TOKENIZER_MISMATCH where the tokenizer pads with another id
 */
export function completeConfig(raw: RawConfig, { tokenizer, learned, task }: ConfigFacts): RawConfig {
  const { padId, vocabSize } = tokenizer;
  const { pad_token_id: pad } = raw;
  if (!learned && typeof pad === "number" && pad !== padId) {
    throw new RankwrightError(
      "TOKENIZER_MISMATCH",
      `the architecture has pad_token_id ${show(pad)}, but the tokenizer pads with ${padId}; ` +
        "take both from the same model, or leave pad_token_id out",
      { field: "pad_token_id", value: pad },
    );
  }
  const kept = Object.fromEntries(Object.entries(raw).filter(([key]) => !OF_OTHER_WEIGHTS.includes(key)));
  const family = CLASSES[String(raw.model_type)];
  const masked = task === "masked" && raw.model_type !== "rankwright";
  const config = {
    architectures: [`${family}For${masked ? "MaskedLM" : "SequenceClassification"}`],
    ...kept,
    vocab_size: learned ? vocabSize : (raw.vocab_size ?? vocabSize),
    pad_token_id: padId,
  };
  const labelled = raw.id2label !== undefined || raw.num_labels !== undefined;
  return masked || labelled ? config : withOneLabel(config);
}
