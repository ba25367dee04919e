// The best of many items, as many as there is room for: a binary heap with the worst at its root.

export class BoundedHeap<Item> {
  private readonly items: Item[] = [];

  /** @param compare less than 0 where the first is better */
  constructor(
    private readonly room: number,
    private readonly compare: (a: Item, b: Item) => number,
  ) {}

  /** The worst of those kept, once there is no room left: what comes must be better. */
  get worst(): Item | undefined {
    return this.items.length < this.room ? undefined : this.items[0];
  }

  add(item: Item): void {
    if (this.items.length < this.room) {
      this.items.push(item);
      this.rise(this.items.length - 1);
    } else if (this.compare(item, this.items[0] as Item) < 0) {
      this.items[0] = item;
      this.sink();
    }
  }

  /** The best first. */
  sorted(): Item[] {
    return [...this.items].sort(this.compare);
  }

  private rise(from: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.compare(this.items[at] as Item, this.items[above] as Item) <= 0) return;
      this.swap(at, above);
      at = above;
    }
  }

  private sink(): void {
    let at = 0;
    for (;;) {
      let worst = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        const isWorse =
          below < this.items.length && this.compare(this.items[below] as Item, this.items[worst] as Item) > 0;
        if (isWorse) worst = below;
      }
      if (worst === at) return;
      this.swap(at, worst);
      at = worst;
    }
  }

  private swap(a: number, b: number): void {
    [this.items[a], this.items[b]] = [this.items[b] as Item, this.items[a] as Item];
  }
}
