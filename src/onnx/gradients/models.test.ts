import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { packedInputs } from "../../models/architectures/packed-inputs.js";
import { architectureFor } from "../../models/architectures/registry.js";
import { readConfig } from "../../models/config.js";
import { packSequences, type TokenSequence } from "../../models/pack.js";
import { openCheckpoint } from "../../models/safetensors/index.js";
import { Tensors } from "../../models/tensors.js";
import { Graph } from "../graph.js";
import { absorbProjections } from "../rewrites/absorb-projections.js";
import { keepFirstRows } from "../rewrites/keep-rows.js";
import { type Fed, runBytes } from "../testing/run-bytes.js";
import type { Value } from "../value.js";
import { arithmetic } from "./arithmetic.js";
import { trainingGraph } from "./training-graph.js";

/** Written by goldens/gradients/make.py with PyTorch in float64. */
const GOLDENS = join(import.meta.dirname, "../../../goldens");
const cases = readdirSync(join(GOLDENS, "gradients")).flatMap((file) =>
  file.endsWith(".json.gz") ? [file.replace(".json.gz", "")] : [],
);

interface Golden {
  readonly pairs: number;
  readonly targets: readonly number[];
  readonly scores: readonly number[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

const golden = (name: string): Golden =>
  JSON.parse(gunzipSync(readFileSync(join(GOLDENS, "gradients", `${name}.json.gz`))).toString("utf8"));

/** Mean over pairs of softplus(s) − t·s, which is BCE(sigmoid(s), t). */
function lossOf(graph: Graph, scores: Value): Value {
  const { mean, sub, mul, softplus } = arithmetic(graph);
  const targets = graph.input("targets", "float32", ["sequences", 1]);
  return mean(sub(softplus(scores), mul(targets, scores)));
}

/**
 * A model's training graph and how to run it. With `absorbed`, keys and values of the last layer are not
 * computed for every token; the rows that this pads are read back through the input tokenSlots.
 */
async function open(name: string, absorbed = false) {
  const folder = join(GOLDENS, "models", name);
  const raw = await readConfig(folder);
  const architecture = architectureFor(raw);
  const config = architecture.readConfig(raw);
  const checkpoint = await openCheckpoint(folder);
  const whole = new Graph();
  const inputs = packedInputs(whole, config.heads);
  const tensors = new Tensors(whole, checkpoint);
  whole.output(architecture.build({ graph: whole, tensors, config }, inputs));
  const narrowed = keepFirstRows(whole, "firstRows");
  const graph = absorbed ? absorbProjections(narrowed, "slotRows") : narrowed;
  const logits = graph.outputs[0] as Value;
  const difference = graph.constant("difference", Float32Array.of(-1, 1), [2, 1]);
  const scores = config.labels === 1 ? logits : graph.op("MatMul", [logits, difference]);
  const inverses = new Map<Value, Value>();
  if (absorbed) {
    const slotRows = graph.inputs.find((input) => input.name === "slotRows") as Value;
    inverses.set(slotRows, graph.input("tokenSlots", "int32", ["tokens"]));
  }
  const step = trainingGraph(graph, { loss: lossOf(graph, scores), scores, inverses });

  const weights: Record<string, Fed> = {};
  for (const { name: tensor } of step.graph.inputs) {
    if (!checkpoint.names().includes(tensor)) continue;
    weights[tensor] = { data: await checkpoint.read(tensor), dims: checkpoint.info(tensor).shape };
  }
  await checkpoint.close();
  const { pairs } = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
  const sequences = pairs.map(
    ({ ids, typeIds }: { ids: number[]; typeIds: number[] }): TokenSequence => ({
      ids: Int32Array.from(ids),
      typeIds: Int32Array.from(typeIds),
    }),
  );
  const run = async (targets: readonly number[], chosen: readonly TokenSequence[]) => {
    const feeds = {
      ...weights,
      ...(packSequences(chosen, config.heads) as Record<string, Fed>),
      targets: { data: targets, dims: [targets.length, 1] },
      ...(absorbed ? { tokenSlots: tokenSlots(chosen) } : {}),
    };
    const outputs = await runBytes(step.graph, feeds);
    const found = (output: string) => (outputs[output] ?? feeds[output as "targets"]).data;
    const gradients = new Map(
      [...step.gradients].map(([tensor, place]) => {
        if (place.kind === "dense") return [tensor, found(place.output) as Float32Array] as const;
        return [tensor, addedUp(weights[tensor] as Fed, found(place.indices), found(place.rows))] as const;
      }),
    );
    return { scores: found(step.scores), loss: found(step.loss)[0] as number, gradients };
  };
  return { run, sequences: sequences as readonly TokenSequence[], step };
}

/** Where each token stands among the B·S slots. */
function tokenSlots(sequences: readonly TokenSequence[]): Fed {
  const slots = Math.max(...sequences.map(({ ids }) => ids.length));
  const data = sequences.flatMap(({ ids }, b) => Array.from(ids, (_, s) => b * slots + s));
  return { type: "int32", data, dims: [data.length] };
}

function addedUp({ data, dims }: Fed, indices: ArrayLike<number>, rows: ArrayLike<number>): Float32Array {
  const [, width] = dims as [number, number];
  const sum = new Float64Array(data.length);
  for (let i = 0; i < rows.length; i++) {
    const place = (indices[Math.floor(i / width)] as number) * width + (i % width);
    sum[place] = (sum[place] as number) + (rows[i] as number);
  }
  return Float32Array.from(sum);
}

const norm = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));
const largest = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs));
const minus = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, i) => value - (b[i] as number));

describe("gradients of whole models against PyTorch", () => {
  it("has cases", () => expect(cases.length).toBeGreaterThanOrEqual(5));

  const both = cases.flatMap((name) => [[name, false] as const, [name, true] as const]);
  it.each(both)("%s: at most 1e-4 apart, tensor by tensor (absorbed: %s)", async (name, absorbed) => {
    const { targets, scores, loss, gradients, pairs } = golden(name);
    const { run, sequences } = await open(name, absorbed);
    const result = await run(targets, sequences.slice(0, pairs));
    expect(largest(minus(result.scores, scores))).toBeLessThan(1e-5);
    expect(Math.abs(result.loss - loss)).toBeLessThan(1e-6);
    const zero = (tensor: string) => norm(gradients[tensor] ?? []) < 1e-9;
    const missing = Object.keys(gradients).filter((tensor) => !result.gradients.has(tensor));
    // Absorbed, the last layer has no key bias, which shifts all logits of a query alike.
    expect(missing.map((tensor) => [zero(tensor), tensor.replace(/.*layer/, "")])).toEqual(
      absorbed ? [[true, ".1.attention.self.key.bias"]] : [],
    );
    for (const [tensor, actual] of result.gradients) {
      const wanted = gradients[tensor] ?? [];
      const apart = minus(actual, wanted);
      if (zero(tensor)) expect(largest(actual), tensor).toBeLessThan(1e-6);
      else {
        expect(norm(apart) / norm(wanted), tensor).toBeLessThan(1e-4);
        expect(largest(apart) / largest(wanted), tensor).toBeLessThan(1e-4);
      }
    }
  });

  it("are those of each sequence alone: padding adds nothing", async () => {
    const { run, sequences } = await open("bert-1label");
    const [short, long] = [sequences[0], sequences[3]] as [TokenSequence, TokenSequence];
    const together = await run([0.25, 0.75], [short, long]);
    const alone = [await run([0.25], [short]), await run([0.75], [long])];
    for (const [tensor, gradient] of together.gradients) {
      const mean = Array.from(gradient, (_, i) =>
        alone.reduce((sum, { gradients }) => sum + (gradients.get(tensor)?.[i] as number) / 2, 0),
      );
      expect(largest(minus(gradient, mean)), tensor).toBeLessThan(2e-6 * Math.max(1, largest(mean)));
    }
  });

  it("are the same bits in every run", async () => {
    const { run, sequences } = await open("electra-1label");
    const once = await run([0, 1, 0.5], sequences.slice(0, 3));
    const again = await run([0, 1, 0.5], sequences.slice(0, 3));
    expect(again).toEqual(once);
  });

  it("of a table that is looked up are rows, whose indices the feeds hold where they can", async () => {
    const { step } = await open("bert-1label");
    expect(step.gradients.get("bert.embeddings.word_embeddings.weight")).toMatchObject({
      kind: "rows",
      indices: "ids",
    });
    const tables = ["word", "position", "token_type"].map((name) =>
      step.gradients.get(`bert.embeddings.${name}_embeddings.weight`),
    );
    expect(new Set(tables.map((table) => table?.kind === "rows" && table.rows)).size).toBe(1);
    const shifted = (await open("roberta-1label")).step;
    expect(shifted.graph.inputs.map(({ name }) => name)).not.toContain(
      (shifted.gradients.get("roberta.embeddings.position_embeddings.weight") as { indices: string }).indices,
    );
  });
});
