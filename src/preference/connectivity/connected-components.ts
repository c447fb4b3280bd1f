import type { Components } from "./strong-components.js";

/** The components of an undirected graph, numbered by their first vertex (union–find with path halving). */
export function connectedComponents(size: number, from: Int32Array, to: Int32Array): Components {
  const parent = Int32Array.from({ length: size }, (_, vertex) => vertex);
  const rootOf = (vertex: number) => {
    let at = vertex;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  for (let arc = 0; arc < from.length; arc++) {
    const [a, b] = [rootOf(from[arc]!), rootOf(to[arc]!)];
    // The lower vertex stays the root, so that roots come before their members.
    if (a < b) parent[b] = a;
    else parent[a] = b;
  }
  const labels = new Int32Array(size);
  let count = 0;
  for (let vertex = 0; vertex < size; vertex++) {
    const root = rootOf(vertex);
    labels[vertex] = root === vertex ? count++ : labels[root]!;
  }
  return { count, labels };
}
