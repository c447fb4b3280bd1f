import { loadTokenizer, PairEncoder, type PairOptions, type Tokenizer } from "../text/index.js";
import { RankwrightError, show } from "../types/index.js";
import { BATCH_TOKENS } from "./batches.js";
import { CrossEncoder } from "./cross-encoder.js";
import type { Scores } from "./heads.js";
import { modelFingerprint } from "./model-fingerprint.js";
import { openModelFolder } from "./model-folder.js";
import { openProgram } from "./open-program.js";
import type { Precision } from "./program.js";
import { checkTokenizerFit } from "./tokenizer-fit.js";

/** How pairs are cut and computed. */
export interface CrossEncoderOptions extends Omit<PairOptions, "maxTokens"> {
  /** Longest sequence, query and special tokens included. Default and limit: the model's own. */
  readonly maxTokens?: number | undefined;
  /** Default `float32`. With `int8` the model is calibrated once, on text that comes with this package. */
  readonly precision?: Precision | undefined;
  /** Processors to use. Default: all that are available. */
  readonly threads?: number | undefined;
  /** Padded tokens per batch. Default 512, which measured fastest. */
  readonly batchTokens?: number | undefined;
  /**
   * Tokens that may wait for the model, over all calls; a call beyond that is refused with OVERLOADED. Default:
   * no limit.
   */
  readonly maxQueuedTokens?: number | undefined;
  /**
   * Milliseconds that a call may expect to wait for those before it; where they would be more, it is refused with
   * OVERLOADED at once. Default: no limit.
   */
  readonly maxQueueMs?: number | undefined;
  /** `logit` (default): as the head gives it. `probability`: its sigmoid. */
  readonly scores?: Scores | undefined;
  /** Which weights of the folder to use, e.g. `onnx` or `quantized`; see docs/models.md. */
  readonly variant?: string | undefined;
  /** Checked while a model is converted. */
  readonly signal?: AbortSignal | undefined;
  /** Called before work that takes a while. */
  readonly onStage?: ((stage: "convert" | "load") => void) | undefined;
}

/**
 * Loads a cross-encoder from a folder in Hugging Face layout.
 * @param id how results name the model
 * @throws RankwrightError with the codes of model folders, options and caches (docs/errors.md)
 */
export async function loadCrossEncoder(
  folder: string,
  id: string,
  options: CrossEncoderOptions = {},
): Promise<CrossEncoder> {
  const { precision = "float32", scores = "logit", batchTokens = BATCH_TOKENS } = options;
  const { maxQueuedTokens, maxQueueMs } = options;
  requireChoice("precision", precision, ["float32", "int8"]);
  requireChoice("scores", scores, ["logit", "probability"]);
  if (!Number.isSafeInteger(batchTokens) || batchTokens < 1) {
    throw invalidOption("batchTokens", batchTokens, "a whole number of at least 1");
  }
  if (maxQueuedTokens !== undefined && !(Number.isSafeInteger(maxQueuedTokens) && maxQueuedTokens >= 1)) {
    throw invalidOption("maxQueuedTokens", maxQueuedTokens, "a whole number of at least 1");
  }
  if (maxQueueMs !== undefined && !(maxQueueMs > 0)) {
    throw invalidOption("maxQueueMs", maxQueueMs, "a number above 0");
  }
  const model = await openModelFolder(folder, options.variant);
  const { maxTokens = model.maxTokens, truncation, maxQueryTokens, maxDocumentTokens, windows } = options;
  if (maxTokens > model.maxTokens) {
    throw invalidOption("maxTokens", maxTokens, `at most ${model.maxTokens}, the model's own limit`);
  }
  let reading: Promise<Tokenizer> | undefined;
  const tokenizer = () => (reading ??= loadTokenizer(folder));
  const program = await openProgram(model, { ...options, precision, tokenizer });
  try {
    const found = await tokenizer();
    if (model.weights.kind === "checkpoint") checkTokenizerFit(found, model.weights.config, folder);
    const encoder = new PairEncoder(found, {
      ...{ maxTokens, truncation, maxQueryTokens, maxDocumentTokens, windows },
    });
    const name = `${id} (${model.weights.kind === "onnx" ? "onnx" : precision})`;
    // Whatever changes a score; batches and threads do not.
    const effects = { precision, scores, maxTokens, truncation, maxQueryTokens, maxDocumentTokens, windows };
    return new CrossEncoder(encoder, program, {
      ...{ id: name, maxTokens, scores, batchTokens, maxQueuedTokens, maxQueueMs },
      fingerprint: () => modelFingerprint(model, effects),
    });
  } catch (error) {
    await program.close();
    throw error;
  }
}

function requireChoice(field: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string)) throw invalidOption(field, value, allowed.join(" or "));
}

function invalidOption(field: string, value: unknown, wanted: string): RankwrightError {
  return new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; it must be ${wanted}`, {
    field,
    value,
  });
}
