import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { differentiate, Graph } from "../../onnx/index.js";
import { float32, runGraph } from "../../onnx/testing/run-graph.js";
import { maskedLanguageModelling } from "./mlm.js";

interface Golden {
  readonly logits: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly loss: number;
  readonly accuracy: number;
  readonly gradient: readonly (readonly number[])[];
}

const file = join(import.meta.dirname, "../../../goldens/losses/mlm.json.gz");
const goldens = JSON.parse(gunzipSync(readFileSync(file)).toString()) as readonly Golden[];

it.each(goldens)("masked language modelling against PyTorch, labels $labels", async (golden) => {
  const graph = new Graph();
  const [tokens, vocabulary] = [golden.labels.length, golden.logits[0]?.length as number];
  const logits = graph.input("logits", "float32", ["tokens", vocabulary]);
  const labels = graph.input("labels", "int64", ["tokens"]);
  const { loss, accuracy } = maskedLanguageModelling({ graph, logits, labels });
  const gradient = differentiate(graph, loss, [logits]).get(logits);
  if (gradient?.kind !== "dense") throw new Error("no gradient");
  for (const value of [loss, accuracy, gradient.value]) graph.output(value);
  const outputs = await runGraph(graph, {
    logits: float32(golden.logits.flat(), [tokens, vocabulary]),
    labels: { type: "int64", data: BigInt64Array.from(golden.labels, BigInt), dims: [tokens] },
  });
  expect(outputs[loss.name]?.data[0]).toBeCloseTo(golden.loss, 5);
  expect(outputs[accuracy.name]?.data[0]).toBeCloseTo(golden.accuracy, 6);
  const actual = [...(outputs[gradient.value.name]?.data ?? [])];
  for (const [i, wanted] of golden.gradient.flat().entries()) expect(actual[i]).toBeCloseTo(wanted, 6);
});
