/**
 * Floating-point operations that the scores of these pairs cannot do without, padding excluded. Per token
 * and layer the linear layers take 2 × their weights (4H² + 2HI), attention 4·l·H for a pair of l tokens.
 * Of the last layer only keys and values are needed for all tokens, the rest for the first token alone.
 *
 * @param {import("../models/shapes.mjs").Shape} shape
 * @param {readonly number[]} pairTokens
 */
export function usefulFlops({ layers, hidden, inner }, pairTokens) {
  const allRows = 2 * (4 * hidden ** 2 + 2 * hidden * inner);
  const keysAndValues = 2 * (2 * hidden ** 2);
  const oneRow = 2 * (2 * hidden ** 2 + 2 * hidden * inner);
  const head = 2 * hidden ** 2 + 2 * hidden;
  let flops = 0;
  for (const tokens of pairTokens) {
    flops += (layers - 1) * tokens * (allRows + 4 * tokens * hidden);
    flops += tokens * (keysAndValues + 4 * hidden) + oneRow + head;
  }
  return flops;
}
