import type { EncoderConfig } from "../../encoder-config.js";
import type { TokenSequence } from "../../pack.js";
import { plainFeatures } from "./plain-features.js";

type Rows = number[][];

/** The family's forward pass over one sequence in plain double-precision loops. */
export function plainForward(
  sequence: TokenSequence,
  tensors: ReadonlyMap<string, Float32Array>,
  config: EncoderConfig,
  pieces: readonly string[],
  rarity: readonly number[],
): number[] {
  const tensor = (name: string) => tensors.get(name)!;
  const linear = (x: Rows, name: string): Rows => {
    const [weight, bias] = [tensor(`${name}.weight`), tensor(`${name}.bias`)];
    return x.map((row) =>
      Array.from(bias, (b, o) => row.reduce((sum, v, i) => sum + v * weight[o * row.length + i]!, b)),
    );
  };
  const norm = (x: Rows, name: string): Rows =>
    x.map((row) => {
      const mean = row.reduce((a, b) => a + b) / row.length;
      const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / row.length;
      const [scale, bias] = [tensor(`${name}.weight`), tensor(`${name}.bias`)];
      return row.map(
        (v, i) => ((v - mean) / Math.sqrt(variance + config.layerNormEps)) * scale[i]! + bias[i]!,
      );
    });
  const add = (a: Rows, b: Rows): Rows => a.map((row, t) => row.map((v, i) => v + b[t]![i]!));

  const { matches, places, pairs } = plainFeatures(sequence, pieces, rarity);
  const indices = {
    word: [...sequence.ids],
    position: [...sequence.ids.keys()],
    match: matches,
    place: places,
  };
  const embedded = Object.entries(indices).map(([name, rows]): Rows => {
    const table = tensor(`rankwright.embeddings.${name}_embeddings.weight`);
    const size = config.embeddingSize;
    return rows.map((row) => [...table.subarray(row * size, (row + 1) * size)]);
  });
  let x = norm(embedded.reduce(add), "rankwright.embeddings.LayerNorm");
  if (config.embeddingSize !== config.hiddenSize) x = linear(x, "rankwright.embeddings_project");
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = `rankwright.encoder.layer.${layer}`;
    const [q, k, v] = ["query", "key", "value"].map((name) => linear(x, `${prefix}.attention.self.${name}`));
    const mixed = linear(attention(q!, k!, v!, config.heads), `${prefix}.attention.output.dense`);
    const middle = norm(add(mixed, x), `${prefix}.attention.output.LayerNorm`);
    const wide = linear(middle, `${prefix}.intermediate.dense`).map((row) => row.map(gelu));
    x = norm(add(linear(wide, `${prefix}.output.dense`), middle), `${prefix}.output.LayerNorm`);
  }
  const known = [...pairs, ...softMatches(embedded[0]!, matches, tensor("rankwright.views.weight"))];
  const ofPair = (name: string, outputs: number) => product(known, tensor(`${name}.weight`), outputs);
  const dense = add(linear([x[0]!], "classifier.dense"), [ofPair("classifier.pair", config.hiddenSize)]);
  const logits = linear(
    dense.map((row) => row.map(gelu)),
    "classifier.out_proj",
  );
  return add(logits, [ofPair("classifier.shortcut", config.labels)])[0]!;
}

/** Wx, without a bias. */
function product(x: readonly number[], weight: Float32Array, outputs: number): number[] {
  return Array.from({ length: outputs }, (_, o) =>
    x.reduce((sum, v, i) => sum + v * weight[o * x.length + i]!, 0),
  );
}

/** See `softMatch`: for each of four views the softly nearest words, then for each the cosine of the means. */
function softMatches(words: Rows, matches: readonly number[], views: Float32Array): number[] {
  const unit = (x: readonly number[]) => {
    const mean = x.reduce((a, b) => a + b) / x.length;
    const length = Math.sqrt(x.reduce((sum, v) => sum + (v - mean) ** 2, 0) + x.length * 1e-12);
    return x.map((v) => (v - mean) / length);
  };
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
  const softmax = (logits: readonly number[]) => {
    const exps = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
    const total = exps.reduce((a, b) => a + b, 0);
    return exps.map((exp) => exp / total);
  };
  const units = words.map(unit);
  const tokens = [...matches.keys()];
  const [query, document] = [
    tokens.filter((t) => matches[t]! > 0 && matches[t]! < 65),
    tokens.filter((t) => matches[t]! >= 65),
  ];
  const [soft, topic]: [number[], number[]] = [[], []];
  const nearest = query.map((q) => {
    const cosines = document.map((d) => dot(units[q]!, units[d]!));
    return dot(softmax(cosines.map((cosine) => 12 * cosine)), cosines);
  });
  for (const view of [0, 1, 2, 3]) {
    const weightsOf = (side: readonly number[]) => softmax(side.map((t) => views[matches[t]! * 4 + view]!));
    const mean = (side: readonly number[]) => {
      const weights = weightsOf(side);
      return unit(
        units[0]!.map((_, i) =>
          dot(
            weights,
            side.map((t) => units[t]![i]!),
          ),
        ),
      );
    };
    soft.push(dot(weightsOf(query), nearest));
    topic.push(dot(mean(query), mean(document)));
  }
  return [...soft, ...topic];
}

function attention(q: Rows, k: Rows, v: Rows, heads: number): Rows {
  const size = q[0]!.length / heads;
  return q.map((row) =>
    Array.from({ length: heads }, (_, head) => {
      const part = (vector: readonly number[]) => vector.slice(head * size, (head + 1) * size);
      const logits = k.map((key) => {
        const own = part(row);
        return part(key).reduce((sum, value, i) => sum + value * own[i]!, 0) / Math.sqrt(size);
      });
      const exps = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
      const total = exps.reduce((a, b) => a + b);
      return part(row).map((_, i) =>
        v.reduce((sum, value, t) => sum + (exps[t]! / total) * part(value)[i]!, 0),
      );
    }).flat(),
  );
}

function gelu(x: number): number {
  return 0.5 * x * (1 + erf(x / Math.SQRT2));
}

/** The Maclaurin series 2/√π · Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n+1)), good to 1e-10 up to |x| = 4; beyond it is ±1 to 2e-8. */
function erf(x: number): number {
  if (Math.abs(x) > 4) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; n < 100; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}
