// A breadth-first search from both ends of a path, level by level (I. Pohl, "Bi-directional search", Machine Intelligence 6, 1971). The two
// sides meet in the links between their last levels: so the widest step, to all whom those are linked to, is never taken.
import type { StampedMap, VisitedSet } from "../memory/workspaces";
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
  distances: StampedMap;
  /** all that are 0, 1, 2 … links away */
  levels: number[][];
  /** how many affiliations those of the last level have */
  affiliations: number;
  /** the records whose sharers were reached */
  opened: VisitedSet;
}

/** What a search found: who may stand at each place counted from either end, and the links by which the two halves meet. */
export interface Meeting {
  forward: readonly (readonly number[])[];
  backward: readonly (readonly number[])[];
  links: readonly Edge[];
}

/** It leases workspaces for as long as it is used. */
export class BidirectionalSearch implements Disposable {
  private readonly forward: Side;
  private readonly backward: Side;
  private readonly forbidden: ReadonlySet<number>;
  private readonly forbiddenNext: ReadonlySet<number>;

  constructor(
    private readonly pathGraph: PathGraph,
    from: number,
    to: number,
    { partners, next }: Forbidden = { partners: new Set(), next: new Set() },
  ) {
    this.forbiddenNext = next;
    this.forward = this.sideFrom(from);
    this.backward = this.sideFrom(to);
    // Where its first step is bound, nobody comes back to the beginning by another.
    this.forbidden = next.size === 0 ? partners : new Set([...partners, from]);
  }

  /** All shortest paths. @param lengthAtMost links at most @returns undefined where the ends do not meet */
  shortest(lengthAtMost: number): Meeting | undefined {
    const { forward, backward } = this;
    while (forward.levels.length + backward.levels.length - 1 <= lengthAtMost) {
      const links = this.meeting(0);
      if (links.length > 0) return { forward: [...forward.levels], backward: [...backward.levels], links };
      if (!this.expandFewer()) return undefined;
    }
    return undefined;
  }

  /**
   * All paths of one link more, after shortest() found some, in a search without anything forbidden. None of them comes to a partner
   * twice: without the way between, it would be shorter than the shortest.
   */
  oneLonger(): Meeting {
    this.expandFewer();
    const [forward, backward] = [this.forward, this.backward].map(({ levels }) => levels.map(withLevelBefore));
    return { forward: forward ?? [], backward: backward ?? [], links: this.meeting(1) };
  }

  [Symbol.dispose](): void {
    for (const { distances, opened } of [this.forward, this.backward]) {
      distances[Symbol.dispose]();
      opened[Symbol.dispose]();
    }
  }

  private sideFrom(end: number): Side {
    const { workspaces, partners, records } = this.pathGraph.selection.graph;
    const distances = workspaces.stampedMap(partners.size);
    distances.set(end, 0);
    const opened = workspaces.visitedSet(records.size);
    return { distances, levels: [[end]], affiliations: this.pathGraph.affiliationsOf([end]), opened };
  }

  /** The links between the last levels of both sides. @param longer by how many links a path may be longer than the levels say */
  private meeting(longer: 0 | 1): Edge[] {
    const { forward, backward } = this;
    const links = this.pathGraph.edgesBetween(lastOf(forward.levels, longer), lastOf(backward.levels, longer));
    return this.isAtBoundStep(forward) ? links.filter(({ to }) => !this.forbiddenNext.has(to)) : links;
  }

  /** One level further, where fewer are to be asked. @returns whether there is anybody */
  private expandFewer(): boolean {
    const side = this.forward.affiliations <= this.backward.affiliations ? this.forward : this.backward;
    const level: number[] = [];
    const isBound = this.isAtBoundStep(side);
    const reach = (other: number): void => {
      if (isBound && this.forbiddenNext.has(other)) return;
      if (!this.forbidden.has(other) && side.distances.set(other, side.levels.length)) level.push(other);
    };
    for (const partner of side.levels.at(-1) ?? []) {
      if (this.isLinkByLink) this.pathGraph.eachLink(partner, reach);
      else {
        this.pathGraph.eachCarrying(partner, (record) => {
          // Whoever must not come next after the beginning may still be reached from others over the same records.
          if (isBound || side.opened.add(record)) this.pathGraph.eachSharer(record, reach);
        });
      }
    }
    side.levels.push(level);
    side.affiliations = this.pathGraph.affiliationsOf(level);
    return level.length > 0;
  }

  private isAtBoundStep(side: Side): boolean {
    return side === this.forward && side.levels.length === 1 && this.forbiddenNext.size > 0;
  }

  /**
   * Whether each link is looked at by itself: where links must have a strength, one who shares a record may be no way to another who
   * does, and no record is ever done with.
   */
  private get isLinkByLink(): boolean {
    return this.pathGraph.selection.minStrength > 0;
  }
}

/** A level and the one before it: where those stand who are reached by one link more than they need. */
function withLevelBefore(level: readonly number[], place: number, levels: readonly (readonly number[])[]): number[] {
  return level.concat(levels[place - 1] ?? []);
}

/** Those of the last level, or of the last two. */
function lastOf(levels: readonly (readonly number[])[], longer: 0 | 1): readonly number[] {
  const last = levels.at(-1) ?? [];
  return longer === 0 ? last : withLevelBefore(last, levels.length - 1, levels);
}
