import { RankwrightError, show } from "../../types/index.js";
import type { RawConfig } from "../config.js";
import type { Architecture } from "./architecture.js";
import { bert } from "./bert.js";
import { electra } from "./electra.js";
import { rankwright } from "./rankwright.js";
import { roberta } from "./roberta.js";

const ARCHITECTURES: readonly Architecture[] = [bert, electra, roberta, rankwright];

/** The forward pass for config.json's `model_type`, if there is one. */
export function knownArchitecture({ model_type }: RawConfig): Architecture | undefined {
  return ARCHITECTURES.find(({ modelTypes }) => modelTypes.includes(model_type as string));
}

/** The forward pass for config.json's `model_type`. @throws RankwrightError UNSUPPORTED_ARCHITECTURE */
export function architectureFor(config: RawConfig): Architecture {
  const modelType = config.model_type;
  const found = knownArchitecture(config);
  if (found !== undefined) return found;
  const known = ARCHITECTURES.flatMap(({ modelTypes }) => modelTypes).join(", ");
  throw new RankwrightError(
    "UNSUPPORTED_ARCHITECTURE",
    `config.json: model_type is ${show(modelType)}; known are ${known}. A ready-made model.onnx in the folder works for any family`,
    { field: "model_type", value: modelType },
  );
}
