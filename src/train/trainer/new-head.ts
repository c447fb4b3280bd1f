import type { RawConfig } from "../../models/config.js";
import { Random } from "../../numbers/random.js";
import { deriveSeed } from "../data/derive-seed.js";

/** As BERT's initializer_range. */
const DEVIATION = 0.02;

/** A tensor of a checkpoint; row-major. */
export interface HeldTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Values to begin with for the tensors of a head that a checkpoint does not have: weights normally distributed
 * with a deviation of 0.02 (Devlin et al., 1810.04805), biases 0. The same for the same seed.
 */
export function newHead(
  shapes: ReadonlyMap<string, readonly number[]>,
  seed: number,
): ReadonlyMap<string, HeldTensor> {
  return new Map(
    [...shapes].map(([name, shape]) => {
      const random = new Random(deriveSeed(seed, "head", name));
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
      if (!name.endsWith(".bias")) for (const i of data.keys()) data[i] = DEVIATION * random.normal();
      return [name, { shape, data }];
    }),
  );
}

/** Whether a head of its own is missing, and not just a pooler below it. */
export function lacksClassifier(missing: ReadonlyMap<string, unknown>): boolean {
  return [...missing.keys()].some((name) => name.startsWith("classifier."));
}

/** config.json of a model whose head is new and has one label. */
export function withOneLabel(raw: RawConfig): RawConfig {
  const { num_labels: _, architectures, ...rest } = raw;
  const classes = Array.isArray(architectures) ? architectures : [];
  const named = classes.map((name) =>
    String(name).replace(/(Model|For[A-Z]\w*)$/, "ForSequenceClassification"),
  );
  return {
    ...(named.length > 0 && { architectures: named }),
    ...rest,
    id2label: { 0: "relevance" },
    label2id: { relevance: 0 },
  };
}
