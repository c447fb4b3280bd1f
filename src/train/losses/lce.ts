import type { Graph, Value } from "../../onnx/index.js";
import { atLeast, meanOver, sumOfLast, toFloat } from "./arithmetic.js";
import type { Loss, LossInputs } from "./loss.js";
import { checkChoice } from "./options.js";
import { asFirst, asSecond, firstOf } from "./pairs.js";
import { lossAgainstRivals } from "./rivals.js";
import { finite, notNegative } from "./targets.js";

export interface LceOptions {
  /** Every document of the list with a target above 0 (`all`, default), or the list's first document (`first`). */
  readonly relevant?: "all" | "first" | undefined;
}

/**
 * Localized contrastive estimation: −log softmax of a relevant document over itself and the list's negatives.
 * Gao, Dai and Callan, 2101.08751. With `all`, the documents with targets above 0 each stand against those with
 * targets of 0, averaged over the relevant of a query, then over queries; with `first`, the document in first
 * place stands against all with lower targets. A list without a relevant document or without a negative adds
 * nothing and is not counted.
 */
export function lce({ relevant = "all" }: LceOptions = {}): Loss {
  checkChoice("relevant", relevant, ["all", "first"]);
  return {
    name: "lce",
    help: "cross-entropy of choosing the relevant document among the negatives of its list",
    leastDocuments: 2,
    check: relevant === "all" ? notNegative : finite,
    build: relevant === "all" ? allRelevant : firstRelevant,
  };
}

function allRelevant({ graph, scores, targets, mask }: LossInputs): Value {
  const relevant = graph.op("Mul", [isAbove(graph, targets, graph.scalar(0)), mask]);
  const negative = graph.op("Sub", [mask, relevant]);
  const rivals = graph.op("Mul", [asFirst(graph, relevant), asSecond(graph, negative)]);
  // Documents without rivals have a loss of 0.
  const losses = lossAgainstRivals(graph, asFirst(graph, scores), asSecond(graph, scores), rivals);
  const count = sumOfLast(graph, relevant);
  const means = graph.op("Div", [sumOfLast(graph, losses), atLeast(graph, 1, count)]);
  const hasBoth = graph.op("Mul", [isSome(graph, count), isSome(graph, sumOfLast(graph, negative))]);
  return meanOver(graph, means, hasBoth);
}

function firstRelevant({ graph, scores, targets, mask }: LossInputs): Value {
  const below = graph.op("Mul", [isAbove(graph, firstOf(graph, targets, mask), targets), mask]);
  const own = asFirst(graph, firstOf(graph, scores, mask));
  const losses = lossAgainstRivals(graph, own, asSecond(graph, scores), asSecond(graph, below));
  return meanOver(graph, losses, isSome(graph, sumOfLast(graph, below)));
}

function isAbove(graph: Graph, values: Value, others: Value): Value {
  return toFloat(graph, graph.op("Greater", [values, others]));
}

function isSome(graph: Graph, counts: Value): Value {
  return isAbove(graph, counts, graph.scalar(0));
}
