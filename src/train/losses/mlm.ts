import type { Graph, Value } from "../../onnx/index.js";
import { meanOver, scale, toFloat } from "./arithmetic.js";

/** What masked language modelling is built from: M tokens, a vocabulary of V. */
export interface MlmInputs {
  readonly graph: Graph;
  /** [M, V], of the tokens to be guessed alone. */
  readonly logits: Value;
  /** What the tokens were, int64 [M], each below V. A negative label leaves its token out, as −100 in PyTorch. */
  readonly labels: Value;
}

export interface MlmLoss {
  /** Scalar: mean of −log softmax(logits)[label], in nats; 0 when every token is left out. */
  readonly loss: Value;
  /** Scalar in [0, 1]: the share of tokens whose label has the highest logit. */
  readonly accuracy: Value;
}

/**
 * Cross-entropy over the vocabulary, averaged over tokens. Devlin et al., "BERT", 1810.04805; as
 * torch.nn.functional.cross_entropy.
 */
export function maskedLanguageModelling({ graph, logits, labels }: MlmInputs): MlmLoss {
  const [tokens = 1] = labels.shape;
  const zero = graph.constant("first_token", BigInt64Array.of(0n), []);
  const left = graph.op("Less", [labels, zero]);
  const counted = graph.reshape(toFloat(graph, graph.op("GreaterOrEqual", [labels, zero])), [tokens, 1]);
  const places = graph.reshape(graph.op("Where", [left, zero, labels]), [tokens, 1]);
  const pick = (values: Value) => graph.op("GatherElements", [values, places], { axis: 1 });
  const chosen = pick(graph.op("LogSoftmax", [logits]));
  const highest = graph.op("ReduceMax", [logits], { axes: [1] });
  const right = toFloat(graph, graph.op("GreaterOrEqual", [pick(logits), highest]));
  return {
    loss: meanOver(graph, scale(graph, chosen, -1), counted),
    accuracy: meanOver(graph, right, counted),
  };
}
