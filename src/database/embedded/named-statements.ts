// Which statements the session of the embedded database keeps parsed and planned, under names: those whose text comes again, the last used
// ones. Filters make new texts without bound, and a session keeps every named one until it is closed.

/** What the database said of a statement when it parsed it. */
export interface Described {
  /** empty for a statement that is not kept */
  name: string;
  /** type OIDs */
  parameters: readonly number[];
  columns: readonly Column[];
}

export interface Column {
  name: string;
  /** type OID */
  type: number;
}

export class NamedStatements {
  /** The least lately used first. */
  private readonly kept = new Map<string, Described>();
  /** Texts that came once, the longest ago first. */
  private readonly candidates = new Set<string>();
  private count = 0;

  constructor(private readonly keptAtMost: number) {}

  find(text: string): Described | undefined {
    const found = this.kept.get(text);
    if (found === undefined) return undefined;
    this.kept.delete(text);
    this.kept.set(text, found);
    return found;
  }

  /** The name under which to parse a text that is not kept; empty for one that comes for the first time. */
  nameFor(text: string): string {
    if (this.candidates.delete(text)) {
      this.count += 1;
      return `s${this.count}`;
    }
    this.candidates.add(text);
    if (this.candidates.size > this.keptAtMost) {
      const [oldest] = this.candidates;
      if (oldest !== undefined) this.candidates.delete(oldest);
    }
    return "";
  }

  /** @returns the name that has to be closed to make room */
  keep(text: string, described: Described): string | undefined {
    this.kept.set(text, described);
    if (this.kept.size <= this.keptAtMost) return undefined;
    const [oldest] = this.kept;
    if (oldest === undefined) return undefined;
    this.kept.delete(oldest[0]);
    return oldest[1].name;
  }

  /** @returns the names that have to be closed */
  forgetAll(): string[] {
    const names = [...this.kept.values()].map(({ name }) => name);
    this.kept.clear();
    return names;
  }
}
