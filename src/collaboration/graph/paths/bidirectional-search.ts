// A search from both ends of a path, level by level. Levels are joined by records, and the two sides meet at a record that both
// share: so the widest step, from the records of the last levels to all who share them, is never taken.
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
  /** the records of each level that none before it shares; those of the last one once they are needed */
  records: number[][];
  /** all of these */
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
    return { distances, levels: [[end]], affiliations: this.pathGraph.affiliationsOf([end]), records: [], opened };
  }

  /** The links between the last levels of both sides. @param longer by how many links a path may be longer than the levels say */
  private meeting(longer: 0 | 1): Edge[] {
    const { forward, backward, pathGraph } = this;
    const ends = [lastOf(forward.levels, longer), lastOf(backward.levels, longer)] as const;
    if (this.isAtBoundStep(forward))
      return pathGraph.edgesBetween(...ends).filter(({ to }) => !this.forbiddenNext.has(to));
    if (pathGraph.areJoined(...ends)) return pathGraph.edgesBetween(...ends);
    const [fewer, more] = forward.affiliations < backward.affiliations ? [forward, backward] : [backward, forward];
    const over = this.recordsOf(fewer, longer);
    // A few who are walked from tell sooner whether they meet many than all the records of the many do, where these are not known yet.
    if (!isOpen(more)) return this.linksOver(over, ends);
    const common = over.filter((record) => more.opened.has(record));
    return common.length === 0 ? [] : this.linksOver(common, ends);
  }

  /** The links between two groups, who share no other carrying records. */
  private linksOver(records: readonly number[], ends: readonly [readonly number[], readonly number[]]): Edge[] {
    if (this.isLinkByLink) return this.pathGraph.edgesBetween(...ends);
    const { workspaces, records: known } = this.pathGraph.selection.graph;
    using over = workspaces.visitedSet(known.size);
    for (const record of records) over.add(record);
    return this.pathGraph.edgesBetween(...ends, over);
  }

  /** The records of the last level, or of the last two, that none before shares. */
  private recordsOf(side: Side, longer: 0 | 1): readonly number[] {
    this.openRecords(side);
    return lastOf(side.records, longer);
  }

  /** One level further, where fewer are to be asked. @returns whether there is anybody */
  private expandFewer(): boolean {
    const side = this.forward.affiliations <= this.backward.affiliations ? this.forward : this.backward;
    this.openRecords(side);
    const level: number[] = [];
    const isBound = this.isAtBoundStep(side);
    const reach = (other: number): void => {
      if (isBound && this.forbiddenNext.has(other)) return;
      if (!this.forbidden.has(other) && side.distances.set(other, side.levels.length)) level.push(other);
    };
    if (this.isLinkByLink) for (const partner of side.levels.at(-1) ?? []) this.pathGraph.eachLink(partner, reach);
    else for (const record of side.records.at(-1) ?? []) this.pathGraph.eachSharer(record, reach);
    side.levels.push(level);
    side.affiliations = this.pathGraph.affiliationsOf(level);
    return level.length > 0;
  }

  /** Collects the records of the last level, if that was not done yet. */
  private openRecords(side: Side): void {
    if (isOpen(side)) return;
    const records: number[] = [];
    side.records.push(records);
    for (const partner of side.levels.at(-1) ?? []) {
      this.pathGraph.eachCarrying(partner, (record) => {
        // Whoever must not come next after the beginning may still be reached from others over the same records.
        if (!this.isAtBoundStep(side) && !side.opened.add(record) && !this.isLinkByLink) return;
        records.push(record);
      });
    }
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

/** Whether the records of its last level are known. */
function isOpen({ levels, records }: Side): boolean {
  return records.length === levels.length;
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
