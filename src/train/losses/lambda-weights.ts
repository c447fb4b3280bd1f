import type { Graph, Value } from "../../onnx/index.js";
import { atLeast, scale, sumOfLast, toFloat } from "./arithmetic.js";
import { countTargets } from "./lists.js";
import type { LossInputs } from "./loss.js";
import { asFirst, asSecond, differences } from "./pairs.js";

/** How much of each weighting goes into the weight of a pair. */
export interface LambdaWeights {
  /** LambdaRank: |1/D(r_i) − 1/D(r_j)|, from the ranks that the two documents have. */
  readonly swap: number;
  /** NDCGLoss2: |1/D(|r_i − r_j|) − 1/D(|r_i − r_j| + 1)|, from how far apart they stand. */
  readonly gap: number;
}

/** Documents in a list of which the length is not known when the graph is built. */
const LONGEST_LIST = 4096;

/**
 * The part of NDCG that rests on each pair, [Q, L, L]: the weights named above times |G_i − G_j|, where
 * D(r) = log₂(1 + r) and G = (2^target − 1) / maxDCG@k.
 */
export function ndcgWeights(
  inputs: LossInputs,
  ranks: Value,
  { swap, gap }: LambdaWeights,
  k: number | undefined,
): Value {
  const { graph } = inputs;
  const parts: Value[] = [];
  if (swap > 0) {
    const discounts = discount(graph, ranks, 1);
    parts.push(scale(graph, graph.op("Abs", [differences(graph, discounts)]), swap));
  }
  if (gap > 0) {
    const distance = atLeast(graph, 1, graph.op("Abs", [differences(graph, ranks)]));
    const step = graph.op("Sub", [discount(graph, distance, 1), discount(graph, distance, 2)]);
    parts.push(scale(graph, step, gap));
  }
  const discounts = parts.reduce((sum, part) => graph.op("Add", [sum, part]));
  const gains = graph.op("Abs", [differences(graph, normalisedGains(inputs, k))]);
  return graph.op("Mul", [discounts, gains]);
}

/** 1 for a pair with at least one document among the k that score best: [Q, L, L]. */
export function withinTop(graph: Graph, ranks: Value, k: number): Value {
  const beyond = toFloat(graph, graph.op("Greater", [ranks, graph.scalar(k)]));
  const both = graph.op("Mul", [asFirst(graph, beyond), asSecond(graph, beyond)]);
  return graph.op("Sub", [graph.scalar(1), both]);
}

/** 1/log₂(by + places) */
function discount(graph: Graph, places: Value, by: number): Value {
  const log = graph.op("Log", [graph.op("Add", [places, graph.scalar(by)])]);
  return graph.op("Div", [graph.scalar(Math.LN2), log]);
}

/** (2^target − 1) / maxDCG@k, [Q, L]; 0 throughout a list without a target above 0. */
function normalisedGains(inputs: LossInputs, k: number | undefined): Value {
  const { graph, targets, mask } = inputs;
  const power = graph.op("Exp", [scale(graph, targets, Math.LN2)]);
  const gains = graph.op("Mul", [graph.op("Sub", [power, graph.scalar(1)]), mask]);
  const ideal = sumOfLast(graph, graph.op("Mul", [gains, idealDiscounts(inputs, k)]));
  return graph.op("Div", [gains, atLeast(graph, 1e-10, ideal)]);
}

/**
 * The discount of each document in the ideal ranking, [Q, L]: documents with equal targets share the places
 * after those with higher ones, and take the average of these places' discounts.
 */
function idealDiscounts(inputs: LossInputs, k = Number.POSITIVE_INFINITY): Value {
  const { graph, targets } = inputs;
  const length = targets.shape[1];
  const table = new Float32Array((typeof length === "number" ? length : LONGEST_LIST) + 1);
  let sum = 0;
  for (let place = 1; place < table.length; place++) {
    if (place <= k) sum += 1 / Math.log2(1 + place);
    table[place] = sum;
  }
  const upTo = graph.constant("discounts_up_to", table);
  const { higher, same } = countTargets(inputs);
  const sumUpTo = (place: Value) => graph.op("Gather", [upTo, graph.op("Cast", [place], { to: "int32" })]);
  const shared = graph.op("Sub", [sumUpTo(graph.op("Add", [higher, same])), sumUpTo(higher)]);
  // In the padding, `same` may be 0.
  return graph.op("Div", [shared, atLeast(graph, 1, same)]);
}
