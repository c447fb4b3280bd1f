import type { Value } from "../../onnx/index.js";
import { atLeast, meanOver, sumOfLast } from "./arithmetic.js";
import { countTargets, hasPreference } from "./lists.js";
import type { Loss, LossInputs } from "./loss.js";
import { asFirst, asSecond, preferences } from "./pairs.js";
import { lossAgainstRivals } from "./rivals.js";
import { finite } from "./targets.js";

/**
 * ListMLE: the negative log-likelihood of the targets' order under a Plackett–Luce model of the scores,
 * −Σ_i (s_i − log(exp(s_i) + Σ_{t_k < t_i} exp(s_k))), averaged over queries. Xia et al., "Listwise Approach to
 * Learning to Rank" (ICML 2008); without ties as sentence-transformers' ListMLELoss. Tied documents do not
 * compete with each other: neither the order of a list nor chance plays a part, and a list of equal targets adds
 * nothing and is not counted.
 */
export function listMle(): Loss {
  return {
    name: "listmle",
    help: "likelihood of the whole order of a list",
    leastDocuments: 2,
    check: finite,
    build: (inputs) => meanOfLists(inputs, inputs.mask),
  };
}

/**
 * p-ListMLE: ListMLE whose i-th place of n weighs 2^(n−i) − 1, the weights of a list adding up to 1. Lan et al.,
 * "Position-Aware ListMLE" (UAI 2014); without ties as sentence-transformers' PListMLELoss. Tied documents share
 * the average weight of their places.
 */
export function pListMle(): Loss {
  return {
    name: "p-listmle",
    help: "likelihood of the whole order of a list, its top places above all",
    leastDocuments: 2,
    check: finite,
    build: (inputs) => meanOfLists(inputs, placeWeights(inputs)),
  };
}

/** @param weights of each document's term, 0 in the padding: [Q, L] */
function meanOfLists(inputs: LossInputs, weights: Value): Value {
  const { graph, scores } = inputs;
  const terms = lossAgainstRivals(
    graph,
    asFirst(graph, scores),
    asSecond(graph, scores),
    preferences(inputs),
  );
  const lists = sumOfLast(graph, graph.op("Mul", [terms, weights]));
  return meanOver(graph, lists, hasPreference(inputs));
}

/**
 * The weight of g documents that share the places after the first a of n is the average of 2^(n−i) − 1 over
 * these, 2^(n−a) · (1 − 2^(−g)) / g − 1. Here it is divided by 2^n, lest a long list overflow.
 */
function placeWeights(inputs: LossInputs): Value {
  const { graph, mask } = inputs;
  const { higher, same } = countTargets(inputs);
  const one = graph.scalar(1);
  const halved = (times: Value) => graph.op("Exp", [graph.op("Mul", [times, graph.scalar(-Math.LN2)])]);
  // `same` is 0 in the padding, where every weight is made 0.
  const share = graph.op("Div", [graph.op("Sub", [one, halved(same)]), atLeast(graph, 1, same)]);
  const weights = graph.op("Sub", [graph.op("Mul", [halved(higher), share]), halved(sumOfLast(graph, mask))]);
  const masked = graph.op("Mul", [weights, mask]);
  return graph.op("Div", [masked, atLeast(graph, 1e-10, sumOfLast(graph, masked))]);
}
