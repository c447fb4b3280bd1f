/** A step from a node by a UTF-16 unit leads nowhere. */
export const NO_NODE = -1;
/** A node where no word ends. */
export const NO_VALUE = -1;

/**
 * A set of words with a number each, walked one UTF-16 unit at a time. Edges live in one open-addressing
 * table keyed by (node, unit): a quarter of a million words take some 25 MB and a fraction of a second.
 */
export class Trie {
  /** Units of the longest word. */
  longest = 0;
  private nodes = 1;
  private values = new Int32Array(1 << 10).fill(NO_VALUE);
  private mask = (1 << 11) - 1;
  private parents = new Int32Array(1 << 11).fill(-1);
  private units = new Uint16Array(1 << 11);
  private children = new Int32Array(1 << 11);

  /** Adds a word; a later value for the same word wins. */
  set(word: string, value: number): void {
    let node = 0;
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i);
      const next = this.step(node, unit);
      node = next === NO_NODE ? this.addNode(node, unit) : next;
    }
    this.values[node] = value;
    this.longest = Math.max(this.longest, word.length);
  }

  /** The root is node 0. */
  step(node: number, unit: number): number {
    const { parents, units, mask } = this;
    for (let slot = edgeHash(node, unit) & mask; ; slot = (slot + 1) & mask) {
      const parent = parents[slot]!;
      if (parent === -1) return NO_NODE;
      if (parent === node && units[slot] === unit) return this.children[slot]!;
    }
  }

  value(node: number): number {
    return this.values[node]!;
  }

  get(word: string): number {
    let node = 0;
    for (let i = 0; i < word.length && node !== NO_NODE; i++) node = this.step(node, word.charCodeAt(i));
    return node === NO_NODE ? NO_VALUE : this.value(node);
  }

  private addNode(parent: number, unit: number): number {
    if (this.nodes * 2 > this.mask) this.growEdges();
    if (this.nodes === this.values.length) {
      const larger = new Int32Array(2 * this.nodes).fill(NO_VALUE, this.nodes);
      larger.set(this.values);
      this.values = larger;
    }
    this.link(parent, unit, this.nodes);
    return this.nodes++;
  }

  private link(parent: number, unit: number, child: number): void {
    let slot = edgeHash(parent, unit) & this.mask;
    while (this.parents[slot] !== -1) slot = (slot + 1) & this.mask;
    this.parents[slot] = parent;
    this.units[slot] = unit;
    this.children[slot] = child;
  }

  private growEdges(): void {
    const { parents, units, children } = this;
    this.mask = this.mask * 2 + 1;
    this.parents = new Int32Array(this.mask + 1).fill(-1);
    this.units = new Uint16Array(this.mask + 1);
    this.children = new Int32Array(this.mask + 1);
    for (let slot = 0; slot < parents.length; slot++) {
      if (parents[slot] !== -1) this.link(parents[slot]!, units[slot]!, children[slot]!);
    }
  }
}

function edgeHash(node: number, unit: number): number {
  const hash = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit + 1, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
