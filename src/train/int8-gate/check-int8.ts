import { judgedQuery, judgeList, parseMeasure } from "../../evaluate/measures/index.js";
import { kendallTau, spearman } from "../../evaluate/statistics/rank-correlation.js";
import { loadCrossEncoder } from "../../models/load-cross-encoder.js";
import { openCheckpoint } from "../../models/safetensors/index.js";
import { Random } from "../../numbers/random.js";
import { RankwrightError } from "../../types/index.js";
import type { Dataset } from "../data/index.js";
import type { TrainingExample } from "../example.js";
import { INT8_BOUNDS, type Int8Bounds, type Int8Report } from "./int8-report.js";

export interface Int8CheckOptions {
  /** Default: a mean Spearman correlation of at least .98, and at most .005 less nDCG@10. */
  readonly bounds?: Partial<Int8Bounds> | undefined;
  /** Lists that are scored at most, drawn by chance. Default: 200. */
  readonly lists?: number | undefined;
  /** Of that draw. Default: 0. */
  readonly seed?: number | undefined;
  /** Longest sequence. Default and limit: the model's own. */
  readonly maxTokens?: number | undefined;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each batch; `total` counts documents in both precisions. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const LISTS = 200;
const NDCG = parseMeasure("nDCG@10");

/**
 * Scores validation lists with a saved model in float32 and in int8, and compares the two rankings of each
 * list. Lists whose documents all have one score in float32 say nothing about order and are left out of the
 * correlations; one that int8 alone makes equal counts 0. `approveInt8` holds the result against its bounds.
 *
 * @param folder a model folder with a checkpoint
 * @param validation examples with at least two documents are looked at
 * @throws RankwrightError INVALID_TRAINING_DATA where no list could be compared, and the codes of model folders
 */
export async function checkInt8(
  folder: string,
  validation: Dataset,
  options: Int8CheckOptions = {},
): Promise<Int8Report> {
  const { lists = LISTS, seed = 0, bounds } = options;
  const examples = drawLists(validation, lists, seed);
  if (examples.length === 0) throw nothingToCompare(folder);
  const exact = await scoreLists(folder, "float32", examples, options);
  const quantised = await scoreLists(folder, "int8", examples, options);

  const [rho, tau, float32, int8] = [new Mean(), new Mean(), new Mean(), new Mean()];
  for (const [i, { targets }] of examples.entries()) {
    const [before, after] = [exact[i] as Float64Array, quantised[i] as Float64Array];
    if (before.some((score) => score !== before[0])) {
      rho.add(spearman(before, after) ?? 0);
      tau.add(kendallTau(before, after) ?? 0);
    }
    if (targets.some((target) => target > 0)) {
      float32.add(ndcg(before, targets));
      int8.add(ndcg(after, targets));
    }
  }
  if (rho.count === 0) throw nothingToCompare(folder);
  return {
    lists: examples.length,
    documents: examples.reduce((sum, { documents }) => sum + documents.length, 0),
    spearman: rho.value,
    kendall: tau.value,
    ...(float32.count > 0 && { ndcg: { float32: float32.value, int8: int8.value } }),
    weights: await identity(folder),
    bounds: { ...INT8_BOUNDS, ...bounds },
  };
}

function drawLists(validation: Dataset, lists: number, seed: number): TrainingExample[] {
  const numbers = validation.sources.flatMap(({ numbers }) =>
    [...numbers].filter((number) => validation.example(number).documents.length > 1),
  );
  return new Random(seed)
    .shuffle(numbers)
    .slice(0, lists)
    .map((number) => validation.example(number));
}

/** Scores of each list's documents. */
async function scoreLists(
  folder: string,
  precision: "float32" | "int8",
  examples: readonly TrainingExample[],
  { maxTokens, threads, signal, onProgress }: Int8CheckOptions,
): Promise<Float64Array[]> {
  const scorer = await loadCrossEncoder(folder, folder, { precision, maxTokens, threads, signal });
  try {
    const pairs = examples.flatMap(({ query, documents }) =>
      documents.map((document) => ({ query, document })),
    );
    const before = precision === "float32" ? 0 : pairs.length;
    const { scores } = await scorer.score(pairs, {
      signal,
      onProgress: (done) => onProgress?.(before + done, 2 * pairs.length),
    });
    let end = 0;
    return examples.map(({ documents }) => {
      end += documents.length;
      return scores.slice(end - documents.length, end);
    });
  } finally {
    await scorer.close();
  }
}

/** Equal scores count half each way; targets below 0, as teachers give, are not relevant. */
function ndcg(scores: Float64Array, targets: readonly number[]): number {
  const ids = targets.map((_, i) => String(i));
  const judged = judgedQuery(new Map(ids.map((id, i) => [id, Math.max(0, targets[i] as number)])));
  return NDCG.expected?.(judgeList({ ids, scores }, judged)) ?? 0;
}

async function identity(folder: string): Promise<string> {
  const checkpoint = await openCheckpoint(folder);
  try {
    return await checkpoint.identity();
  } finally {
    await checkpoint.close();
  }
}

class Mean {
  #sum = 0;
  count = 0;

  add(value: number): void {
    this.#sum += value;
    this.count++;
  }

  get value(): number {
    return this.#sum / this.count;
  }
}

function nothingToCompare(folder: string): RankwrightError {
  return new RankwrightError(
    "INVALID_TRAINING_DATA",
    `int8 of ${folder} cannot be checked: no validation list has two documents with different scores; validate on lists`,
    { field: "validation" },
  );
}
