import { RankwrightError, show } from "../../types/index.js";

/** Which weights to load: the best there is, safetensors only, or a certain ONNX file. */
export interface SelectOptions {
  /**
   * Default: safetensors, else the plain ONNX file. `safetensors` forbids ONNX, `onnx` prefers
   * `onnx/model.onnx`, a name such as `quantized` means `onnx/model_quantized.onnx`, and a path that
   * ends in `.onnx` means that file.
   */
  readonly variant?: string | undefined;
}

export interface FileSelection {
  /** What to fetch, as slash paths; the shards of a sharded checkpoint are named by its index instead. */
  readonly files: readonly string[];
  readonly weights: {
    readonly format: "safetensors" | "sharded" | "onnx";
    /** The weights, or the index that names their shards. */
    readonly file: string;
  };
  /** Names that would have been taken, or preferred, had the listing held them. */
  readonly absent: readonly string[];
}

const SINGLE = "model.safetensors";
const INDEX = "model.safetensors.index.json";
const OPTIONAL = [
  "tokenizer_config.json",
  "special_tokens_map.json",
  "modules.json",
  "config_sentence_transformers.json",
  "sentence_bert_config.json",
];
/** Folders of sentence-transformers modules, such as `1_Pooling` and `2_Dense`. */
const MODULE_FILE = /^\d+_\w+\/(?:config\.json|model\.safetensors)$/;
const OTHER_WEIGHTS = /(?:\.(?:bin|h5|msgpack|ckpt|pth?|gguf)|\.bin\.index\.json)$/;

/**
 * The files that a model needs, out of all file names of its repository or folder. Pure.
 * @param where the repository or folder, as error messages should call it
 * @throws MODEL_FILE_MISSING, UNSUPPORTED_FEATURE when the weights are in a format that is not read
 */
export function selectFiles(
  names: Iterable<string>,
  where: string,
  { variant }: SelectOptions = {},
): FileSelection {
  const listed = new Set(names);
  const absent: string[] = [];
  const has = (name: string): boolean => {
    if (!listed.has(name)) absent.push(name);
    return listed.has(name);
  };

  if (!has("config.json")) throw noConfig(listed, where);
  const vocabulary = ["tokenizer.json", "vocab.txt"].find(has);
  if (vocabulary === undefined) {
    throw missing(
      `${where} has neither tokenizer.json nor vocab.txt: write one with AutoTokenizer.from_pretrained(…).save_pretrained(…)`,
      "tokenizer.json",
    );
  }
  const found = weightCandidates(variant).find(has);
  if (found === undefined) throw noWeights(listed, where, variant);
  const format = found === SINGLE ? "safetensors" : found === INDEX ? "sharded" : "onnx";
  const files = ["config.json", vocabulary, ...OPTIONAL.filter(has)];
  files.push(...[...listed].filter((name) => MODULE_FILE.test(name)), found);
  if (format === "onnx" && has(`${found}_data`)) files.push(`${found}_data`);
  if (format === "onnx") files.push(...[...listed].filter((name) => isMoreData(name, found)));
  return { files, weights: { format, file: found }, absent };
}

/** Further names for tensors outside the graph: `model.onnx_data_1`, `model.onnx.data`. */
function isMoreData(name: string, onnx: string): boolean {
  return name.startsWith(onnx) && /^(?:_data_\d+|\.data)$/.test(name.slice(onnx.length));
}

function weightCandidates(variant: string | undefined): readonly string[] {
  const plain = ["onnx/model.onnx", "model.onnx"];
  if (variant === undefined) return [SINGLE, INDEX, ...plain];
  if (variant === "safetensors") return [SINGLE, INDEX];
  if (variant === "onnx") return plain;
  if (variant.endsWith(".onnx")) return [variant];
  return [`onnx/model_${variant}.onnx`, `model_${variant}.onnx`];
}

function noConfig(listed: ReadonlySet<string>, where: string): RankwrightError {
  if (listed.has("adapter_config.json")) {
    const mend = "merge it into its base model with merge_and_unload() and save that";
    return new RankwrightError("UNSUPPORTED_FEATURE", `${where} is an adapter without a base model: ${mend}`);
  }
  return missing(
    `${where} has no config.json: give a repository or folder in Hugging Face layout`,
    "config.json",
  );
}

function noWeights(listed: ReadonlySet<string>, where: string, variant: string | undefined): RankwrightError {
  const onnx = [...listed].filter((name) => name.endsWith(".onnx")).sort();
  if (variant !== undefined && variant !== "safetensors") {
    const choice = onnx.length === 0 ? "it has no ONNX files" : `it has ${onnx.map(show).join(", ")}`;
    return missing(`${where} has no ONNX file for variant ${show(variant)}: ${choice}`, "variant");
  }
  const other = [...listed].filter((name) => OTHER_WEIGHTS.test(name)).sort();
  if (other.length > 0) {
    const mend =
      "convert it once with AutoModelForSequenceClassification.from_pretrained(…).save_pretrained(…), or choose a revision that has model.safetensors";
    const message = `${where} has its weights only as ${show(other[0])}, which is not read: ${mend}`;
    return new RankwrightError("UNSUPPORTED_FEATURE", message, { field: "weights", value: other[0] });
  }
  const choice = onnx.length === 0 ? "" : `, but ${onnx.map(show).join(", ")}: name one as the variant`;
  return missing(`${where} has neither ${SINGLE} nor onnx/model.onnx${choice}`, SINGLE);
}

function missing(message: string, field: string): RankwrightError {
  return new RankwrightError("MODEL_FILE_MISSING", message, { field });
}
