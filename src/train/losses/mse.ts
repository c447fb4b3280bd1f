import { meanOver } from "./arithmetic.js";
import type { Loss } from "./loss.js";
import { finite } from "./targets.js";

/**
 * Mean squared error of logits with a teacher's, (s − t)², averaged over documents. As sentence-transformers'
 * MSELoss; the pointwise distillation of Hofstätter et al., 2010.02666.
 */
export function mse(): Loss {
  return {
    name: "mse",
    help: "squared error to a teacher's logits, document by document",
    leastDocuments: 1,
    check: finite,
    build({ graph, scores, targets, mask }) {
      const error = graph.op("Sub", [scores, targets]);
      return meanOver(graph, graph.op("Mul", [error, error]), mask);
    },
  };
}
