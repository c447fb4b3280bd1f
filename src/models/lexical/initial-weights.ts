import { Random } from "../../numbers/random.js";
import { RankwrightError } from "../../types/index.js";
import { SOFT_MATCHES, VIEWS } from "../architectures/soft-match.js";
import type { EncoderConfig } from "../encoder-config.js";
import type { NamedTensor } from "../safetensors/index.js";
import { LEVEL_RUNS, type LevelRun, MATCH, MATCH_ROWS, RARITIES } from "./layout.js";
import { RARITY_TENSOR } from "./open-features.js";
import { PAIR_FEATURES } from "./pair-features.js";
import { tensorShapes } from "./tensor-shapes.js";

/** Standard deviation of weights before training, as in BERT. */
const DEVIATION = 0.02;

/**
 * Weights to start training from, the same for the same seed: normally distributed with a deviation of 0.02,
 * cut off at twice that; LayerNorm scales 1, biases 0. Neighbouring levels of a feature begin alike, so that
 * what is learned about one serves the next: their rows turn from one random row to another.
 *
 * @param rarity level by id, see `LexicalFeatures`
 * @throws RankwrightError INVALID_OPTION where `rarity` has another length than the vocabulary
 */
export function initialWeights(
  config: EncoderConfig,
  rarity: ArrayLike<number>,
  seed: number,
): readonly NamedTensor[] {
  if (rarity.length !== config.vocabSize) {
    throw new RankwrightError(
      "INVALID_OPTION",
      `rarity has ${rarity.length} levels; it must have one for each of the vocabulary's ${config.vocabSize} ids`,
      { field: "rarity", value: rarity.length },
    );
  }
  const random = new Random(seed);
  return [...tensorShapes(config)].map(([name, shape]) => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (name === RARITY_TENSOR) data.set(rarity);
    else if (name === "rankwright.views.weight") data.set(startingViews());
    else if (name === "classifier.shortcut.weight") data.set(startingShortcut(config.labels));
    else if (name.endsWith("LayerNorm.weight")) data.fill(1);
    else if (!name.endsWith(".bias")) {
      for (let i = 0; i < data.length; i++) data[i] = DEVIATION * truncatedNormal(random);
    }
    for (const run of LEVEL_RUNS[featureTable(name)] ?? []) turn(data, run, shape[1] as number);
    return { name, shape, data };
  });
}

/** A word weighs its rarity and a half; in every other view a word that is found counts little. */
function startingViews(): Float32Array {
  const table = new Float32Array(MATCH_ROWS.total * VIEWS);
  for (let row = 1; row < MATCH_ROWS.total; row++) {
    const rarity = (row - 1) % RARITIES;
    const isFound = row % MATCH_ROWS.document(0, 0) >= MATCH_ROWS.query(MATCH.stem, 0);
    for (let view = 0; view < VIEWS; view++) {
      table[row * VIEWS + view] = Math.log(rarity + 0.5) - (view % 2 === 1 && isFound ? 3 : 0);
    }
  }
  return table;
}

/**
 * The score that an untrained model gives: a listwise logistic regression on the lists of recipes/default, held
 * near what BM25 would be. By it a model ranks better than BM25 before it has learned anything.
 */
const SHORTCUT: Partial<Record<(typeof PAIR_FEATURES)[number], number>> = {
  bm25: 3.6,
  bm25Length: 2.3,
  exactCoverage: 1.9,
  plainCoverage: -0.7,
  rareCoverage: 3.1,
  rarestFound: 0.7,
  window15: 1.4,
  window40: 1.2,
  lead: 1.8,
  neighbours: 2.4,
  longestRun: -0.3,
  density: 2,
  documentLength: -2,
  rarestMissing: 0.5,
  sameBeginning: 5.7,
  early: 0.8,
  mostRepeated: 0.3,
};

function startingShortcut(labels: number): Float32Array {
  const weights = PAIR_FEATURES.map((name) => SHORTCUT[name] ?? 0);
  const row = [...weights, ...new Array<number>(SOFT_MATCHES).fill(1)];
  return Float32Array.from({ length: labels * row.length }, (_, i) => row[i % row.length]!);
}

/** `match` of rankwright.embeddings.match_embeddings.weight. */
function featureTable(name: string): string {
  return /\.(\w+)_embeddings\.weight$/.exec(name)?.[1] ?? "";
}

/** From the run's first row a to its last row b: cos φ·a + sin φ·b, which has the deviation of both. */
function turn(table: Float32Array, { first, levels }: LevelRun, width: number): void {
  const row = (level: number) => table.subarray((first + level) * width, (first + level + 1) * width);
  const start = row(0).slice();
  const end = row(levels - 1).slice();
  for (let level = 0; level < levels; level++) {
    const angle = (level / (levels - 1)) * (Math.PI / 2);
    row(level).set(start.map((value, i) => Math.cos(angle) * value + Math.sin(angle) * end[i]!));
  }
}

/** Standard normal within ±2 (polar method of Marsaglia and Bray 1964, others drawn again). */
function truncatedNormal(random: Random): number {
  for (;;) {
    const u = 2 * random.float() - 1;
    const v = 2 * random.float() - 1;
    const s = u * u + v * v;
    if (s >= 1 || s === 0) continue;
    const value = u * Math.sqrt((-2 * Math.log(s)) / s);
    if (Math.abs(value) <= 2) return value;
  }
}
