import { exp, ln } from "./exact-logarithms.js";
import type { Measure } from "./measure.js";

/** trec_eval's least value in a geometric mean, so that one zero does not make the mean zero. */
const LEAST = 0.00001;

/**
 * The values of the queries as one, added in trec_eval's order: the answered queries by id, then the others.
 *
 * @param answered 1 for each query that the run answers
 */
export function aggregate(how: Measure["aggregate"], values: Float64Array, answered: Uint8Array): number {
  if (how === "count") return values.length;
  let sum = 0;
  if (how !== "geometric mean") {
    for (const value of values) sum += value;
    return how === "sum" ? sum : sum / values.length;
  }
  let missing = 0;
  for (let i = 0; i < values.length; i++) {
    if (answered[i]) sum += ln(Math.max(values[i] as number, LEAST));
    else missing++;
  }
  return exp((sum + missing * ln(LEAST)) / values.length);
}
