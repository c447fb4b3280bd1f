import type { Value } from "../../onnx/index.js";
import { MATCH_ROWS } from "../lexical/layout.js";
import type { BuildContext } from "./architecture.js";
import type { PackedInputs } from "./packed-inputs.js";

/** Views of a pair: each weighs words differently. */
export const VIEWS = 4;
/** How many numbers `softMatch` gives. */
export const SOFT_MATCHES = 2 * VIEWS;

/** Sharpness of the choice among the document's words. */
const SHARPNESS = 12;
const MASKED = -1e9;

/**
 * How near the words of query and document are, by their embeddings alone: [B, SOFT_MATCHES], each in [−1, 1].
 *
 * A word's weight in a view is a softmax, over the words of its side, of what the view's table holds for the
 * word's match and rarity. First, by view, the mean over the query's words of the cosine to the document word
 * that is nearest, softly (cosines weighted by a softmax of SHARPNESS · cosine; MaxSim of ColBERT, 2004.12832,
 * before any context). Then, by view, the cosine between both sides' means.
 *
 * @param words their embeddings, [T, embeddingSize]
 */
export function softMatch({ graph, tensors }: BuildContext, inputs: PackedInputs, words: Value): Value {
  const matches = inputs.features.matches as Value;
  const rows = graph.op("Gather", [matches, inputs.slotRows]);
  const isDocumentRow = (row: number) => row >= MATCH_ROWS.document(0, 0);
  const side = (name: string, has: (row: number) => boolean) => {
    const table = Float32Array.from({ length: MATCH_ROWS.total }, (_, row) => Number(has(row)));
    return graph.reshape(graph.op("Gather", [graph.constant(name, table), rows]), ["sequences", 1, "slots"]);
  };
  const isQuery = side("is_query", (row) => row > 0 && !isDocumentRow(row));
  const isDocument = side("is_document", isDocumentRow);
  /** A softmax over the words of a side; all 0 where it has none. */
  const choose = (logits: Value, among: Value) => {
    const others = graph.op("Mul", [graph.op("Sub", [graph.scalar(1), among]), graph.scalar(MASKED)]);
    return graph.op("Mul", [graph.op("Softmax", [graph.op("Add", [logits, others])]), among]);
  };
  const table = tensors.weight("rankwright.views.weight", [MATCH_ROWS.total, VIEWS]);
  const logits = graph.op("Transpose", [graph.op("Gather", [table, rows])], { perm: [0, 2, 1] });
  const [ofQuery, ofDocument] = [choose(logits, isQuery), choose(logits, isDocument)];

  const size = words.shape[1] as number;
  const scale = graph.constant("unit_length", new Float32Array(size).fill(1 / Math.sqrt(size)));
  const zero = graph.constant("no_shift", new Float32Array(size));
  // Of mean 0 and length 1: the product of two is their correlation.
  const unit = (x: Value) => graph.op("LayerNormalization", [x, scale, zero], { axis: -1, epsilon: 1e-12 });
  const slots = graph.op("Gather", [unit(words), inputs.slotRows]);
  const cosines = graph.op("FusedMatMul", [slots, slots], { transB: 1 });
  const choice = choose(graph.op("Mul", [cosines, graph.scalar(SHARPNESS)]), isDocument);
  const sum = (x: Value) => graph.op("ReduceSum", [x], { axes: [2], keepdims: 1 });
  const nearest = sum(graph.op("Mul", [choice, cosines]));
  const soft = graph.op("MatMul", [ofQuery, nearest]);
  const mean = (weights: Value) => unit(graph.op("MatMul", [weights, slots]));
  const topic = sum(graph.op("Mul", [mean(ofQuery), mean(ofDocument)]));
  const flat = (x: Value) => graph.reshape(x, ["sequences", VIEWS]);
  return graph.op("Concat", [flat(soft), flat(topic)], { axis: 1 });
}
