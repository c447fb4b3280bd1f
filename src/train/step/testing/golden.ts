import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tensors } from "../training-model.js";

type Numbers = Readonly<Record<string, readonly number[]>>;

/** A training that goldens/adamw/make.py recorded. */
export interface RecordedTraining {
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly groups: Readonly<Record<string, { readonly decays: boolean; readonly rateScale: number }>>;
  readonly initial: Numbers;
  readonly steps: readonly {
    readonly input: readonly number[];
    readonly target: readonly number[];
    readonly loss: number;
    readonly gradientNorm: number;
    readonly gradients: Numbers;
    readonly weights: Numbers;
    readonly averages: Numbers;
  }[];
}

export function recordedTraining(name: "mlp" | "lookup"): RecordedTraining {
  const path = join(import.meta.dirname, "../../../../goldens/adamw/adamw.json");
  return JSON.parse(readFileSync(path, "utf8"))[name] as RecordedTraining;
}

export function tensors(numbers: Numbers): Tensors {
  return new Map(Object.entries(numbers).map(([name, data]) => [name, Float32Array.from(data)]));
}

/** The largest difference of any two numbers. */
export function distance(tensors: Tensors, numbers: Numbers): number {
  return Math.max(
    ...[...tensors].flatMap(([name, data]) =>
      [...data].map((x, i) => Math.abs(x - (numbers[name]?.[i] ?? NaN))),
    ),
  );
}
