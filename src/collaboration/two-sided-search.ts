// A search from both ends of a path, level by level. Levels are joined by things, and the two sides meet at a thing that both
// share: so the widest step, from the things of the last levels to all who share them, is never taken.
import type { Labels, Marks } from "./memory/scratch";
import type { Edge, PathGraph } from "./path-graph";

/** Where a path must not go. */
export interface Forbidden {
  /** these stand in none */
  partners: ReadonlySet<number>;
  /** these come not right after its beginning */
  next: ReadonlySet<number>;
}

/** One end of the search. */
interface Side {
  /** how far away those are that were reached */
  distances: Labels;
  /** all that are 0, 1, 2 … links away */
  levels: number[][];
  /** the things of the last level that none before it shares */
  things: number[];
  /** the things of all levels */
  opened: Marks;
  /** how many share the things of the last level */
  width: number;
}

/** What a search found: those reached from either end, and the links by which the last levels of both meet. */
export interface Meeting {
  forward: readonly (readonly number[])[];
  backward: readonly (readonly number[])[];
  links: readonly Edge[];
}

export class TwoSidedSearch {
  private readonly forward: Side;
  private readonly backward: Side;
  private readonly forbidden: ReadonlySet<number>;
  private readonly forbiddenNext: ReadonlySet<number>;

  constructor(
    private readonly graph: PathGraph,
    private readonly from: number,
    to: number,
    { partners, next }: Forbidden,
  ) {
    this.forbiddenNext = next;
    this.forward = this.sideFrom(from, 0);
    this.backward = this.sideFrom(to, 1);
    // Where its first step is bound, nobody comes back to the beginning by another.
    this.forbidden = next.size === 0 ? partners : new Set([...partners, from]);
    this.openThings(this.forward);
    this.openThings(this.backward);
  }

  /** @param lengthAtMost links at most @returns undefined where the ends do not meet */
  run(lengthAtMost: number): Meeting | undefined {
    const { forward, backward } = this;
    while (forward.levels.length + backward.levels.length - 1 <= lengthAtMost) {
      const links = this.meeting();
      if (links.length > 0) return { forward: forward.levels, backward: backward.levels, links };
      if (!this.expand(forward.width <= backward.width ? forward : backward)) return undefined;
    }
    return undefined;
  }

  private sideFrom(end: number, which: 0 | 1): Side {
    const { scratch, partners, things } = this.graph.selection.adjacency;
    const [distances, opened] = [scratch.distances[which], scratch.opened[which]];
    distances.begin(partners.size);
    distances.set(end, 0);
    opened.begin(things.size);
    return { distances, levels: [[end]], things: [], opened, width: 0 };
  }

  /** The links between the last levels of both sides. */
  private meeting(): Edge[] {
    const { forward, backward } = this;
    if (this.isAtBoundStep(forward)) {
      const links = this.graph.edgesBetween([this.from], backward.levels.at(-1) ?? []);
      return links.filter(({ to }) => !this.forbiddenNext.has(to));
    }
    const [fewer, more] = forward.things.length < backward.things.length ? [forward, backward] : [backward, forward];
    const common = fewer.things.filter((thing) => more.opened.has(thing));
    if (common.length === 0) return [];
    return this.isLinkByLink
      ? this.graph.edgesBetween(forward.levels.at(-1) ?? [], backward.levels.at(-1) ?? [])
      : this.graph.edgesOver(common, isLast(forward), isLast(backward));
  }

  /** One level further. @returns whether there is anybody */
  private expand(side: Side): boolean {
    const level: number[] = [];
    const isBound = this.isAtBoundStep(side);
    const reach = (other: number): void => {
      if (isBound && this.forbiddenNext.has(other)) return;
      if (!this.forbidden.has(other) && side.distances.set(other, side.levels.length)) level.push(other);
    };
    if (this.isLinkByLink) for (const partner of side.levels.at(-1) ?? []) this.graph.eachLink(partner, reach);
    else for (const thing of side.things) this.graph.eachSharer(thing, reach);
    side.levels.push(level);
    this.openThings(side);
    return level.length > 0;
  }

  /** Collects the things of the last level. */
  private openThings(side: Side): void {
    const { incidences } = this.graph.selection.adjacency;
    side.things = [];
    side.width = 0;
    for (const partner of side.levels.at(-1) ?? []) {
      this.graph.eachCarrying(partner, (thing) => {
        // Whoever must not come next after the beginning may still be reached from others over the same things.
        if (!this.isAtBoundStep(side) && !side.opened.add(thing) && !this.isLinkByLink) return;
        side.things.push(thing);
        side.width += incidences.smallSizeOf(thing);
      });
    }
  }

  private isAtBoundStep(side: Side): boolean {
    return side === this.forward && side.levels.length === 1 && this.forbiddenNext.size > 0;
  }

  /**
   * Whether each link is looked at by itself: where links must have a strength, one who shares a thing may be no way to another who
   * does, and no thing is ever done with.
   */
  private get isLinkByLink(): boolean {
    return this.graph.selection.minStrength > 0;
  }
}

/** Whether somebody is of the last level of a side. */
function isLast({ distances, levels }: Side): (partner: number) => boolean {
  const last = levels.length - 1;
  return (partner) => distances.get(partner) === last;
}
