/** Numbers, smallest first. */
export class MinHeap {
  private items = new Float64Array(64);
  private size = 0;

  get isEmpty(): boolean {
    return this.size === 0;
  }

  push(item: number): void {
    if (this.size === this.items.length) {
      const larger = new Float64Array(2 * this.size);
      larger.set(this.items);
      this.items = larger;
    }
    const { items } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (items[parent]! <= item) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = item;
  }

  /** Only while it is not empty. */
  pop(): number {
    const { items } = this;
    const top = items[0]!;
    const item = items[--this.size]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && items[child + 1]! < items[child]!) child++;
      if (items[child]! >= item) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = item;
    return top;
  }
}
