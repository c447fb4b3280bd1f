import type { Graph, Value } from "../../onnx/index.js";
import { atLeast, sumOfAll } from "./arithmetic.js";
import type { Loss, LossInputs } from "./loss.js";
import { checkChoice } from "./options.js";
import { asFirst, asSecond, differences, firstOf } from "./pairs.js";
import { finite } from "./targets.js";

export interface MarginMseOptions {
  /**
   * Which margins are compared: those of the list's first document, the positive one, over each of the others
   * (`first`, default), or those of every pair (`all`).
   */
  readonly pairs?: "first" | "all" | undefined;
}

/**
 * Margin-MSE: ((s_i − s_j) − (t_i − t_j))², averaged over pairs. Hofstätter et al., 2010.02666, where a pair is
 * the positive and the negative of a triple; with several negatives as sentence-transformers' MarginMSELoss.
 * Equal targets are a margin of 0, and count.
 */
export function marginMse({ pairs = "first" }: MarginMseOptions = {}): Loss {
  checkChoice("pairs", pairs, ["first", "all"]);
  return {
    name: "margin-mse",
    help: "squared error to a teacher's margins between documents of a list",
    leastDocuments: 2,
    check: finite,
    build: (inputs) => (pairs === "first" ? fromFirst(inputs) : fromAll(inputs)),
  };
}

/** What each score is too high by; the differences of these are the errors of the margins. */
function excess({ graph, scores, targets }: LossInputs): Value {
  return graph.op("Sub", [scores, targets]);
}

function fromFirst(inputs: LossInputs): Value {
  const { graph, mask } = inputs;
  const over = excess(inputs);
  const errors = graph.op("Sub", [firstOf(graph, over, mask), over]);
  // The first document's margin over itself is 0 and adds nothing, but is no pair.
  return meanSquare(graph, errors, mask, firstOf(graph, mask, mask));
}

function fromAll(inputs: LossInputs): Value {
  const { graph, mask } = inputs;
  const errors = differences(graph, excess(inputs));
  const both = graph.op("Mul", [asFirst(graph, mask), asSecond(graph, mask)]);
  return meanSquare(graph, errors, both, mask);
}

/** Σ mask · errors², over the number of ones in `mask` less those in `without`. */
function meanSquare(graph: Graph, errors: Value, mask: Value, without: Value): Value {
  const squares = graph.op("Mul", [graph.op("Mul", [errors, errors]), mask]);
  const count = graph.op("Sub", [sumOfAll(graph, mask), sumOfAll(graph, without)]);
  return graph.op("Div", [sumOfAll(graph, squares), atLeast(graph, 1, count)]);
}
