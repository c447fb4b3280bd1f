/** A component's number for every vertex. */
export interface Components {
  readonly count: number;
  readonly labels: Int32Array;
}

/**
 * The strong components of a directed graph: sets of vertices between which arcs lead both ways, directly or
 * through others (Tarjan 1972, without recursion). They are numbered so that arcs between components lead
 * from lower numbers to higher ones.
 *
 * @param size number of vertices; `from` and `to` hold the two ends of each arc
 */
export function strongComponents(size: number, from: Int32Array, to: Int32Array): Components {
  const { starts, targets } = successors(size, from, to);
  const next = starts.slice(0, size);
  const visited = new Int32Array(size).fill(-1);
  const lowest = new Int32Array(size);
  const labels = new Int32Array(size).fill(-1);
  const open = new Int32Array(size);
  const path = new Int32Array(size);
  let [time, opened, count] = [0, 0, 0];
  const enter = (vertex: number) => {
    visited[vertex] = lowest[vertex] = time++;
    open[opened++] = vertex;
  };
  for (let root = 0; root < size; root++) {
    if (visited[root] !== -1) continue;
    let depth = 0;
    path[0] = root;
    enter(root);
    while (depth >= 0) {
      const vertex = path[depth]!;
      if (next[vertex]! < starts[vertex + 1]!) {
        const target = targets[next[vertex]!++]!;
        if (visited[target] === -1) {
          path[++depth] = target;
          enter(target);
        } else if (labels[target] === -1) {
          lowest[vertex] = Math.min(lowest[vertex]!, visited[target]!);
        }
        continue;
      }
      if (lowest[vertex] === visited[vertex]) {
        while (labels[vertex] === -1) labels[open[--opened]!] = count;
        count++;
      }
      if (--depth >= 0) lowest[path[depth]!] = Math.min(lowest[path[depth]!]!, lowest[vertex]!);
    }
  }
  // Tarjan finds a component after all that it leads to.
  for (let vertex = 0; vertex < size; vertex++) labels[vertex] = count - 1 - labels[vertex]!;
  return { count, labels };
}

/** The targets of each vertex's arcs, side by side. */
function successors(size: number, from: Int32Array, to: Int32Array) {
  const starts = new Int32Array(size + 1);
  for (const vertex of from) starts[vertex + 1]!++;
  for (let vertex = 0; vertex < size; vertex++) starts[vertex + 1]! += starts[vertex]!;
  const next = starts.slice();
  const targets = new Int32Array(to.length);
  for (let arc = 0; arc < from.length; arc++) targets[next[from[arc]!]!++] = to[arc]!;
  return { starts, targets };
}
