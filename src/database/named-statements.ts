// Which statements a session keeps parsed and planned, under names: those whose text comes again, the last used ones. Filters make new texts
// without bound, and a session keeps every named one until it is closed.
import { LRUCache } from "lru-cache";

/** Texts that came before, up to a bound, and the names that they get. Sessions with the same statements share it. */
export class RecurringTexts {
  private readonly came: LRUCache<string, true>;
  private count = 0;

  /** @param rememberedAtMost texts, of which those that came longest ago are forgotten */
  constructor(rememberedAtMost: number) {
    this.came = new LRUCache({ max: rememberedAtMost });
  }

  /** The name under which to parse a text, which no text had before; empty for one that comes for the first time. */
  nameFor(text: string): string {
    if (this.came.get(text) === undefined) {
      this.came.set(text, true);
      return "";
    }
    this.count += 1;
    return `s${this.count}`;
  }
}

/** @typeParam Kept what is known of a statement beside its name */
export class NamedStatements<Kept extends { name: string }> {
  private readonly kept: LRUCache<string, Kept>;
  private surplus: string | undefined;

  constructor(keptAtMost: number) {
    this.kept = new LRUCache({
      max: keptAtMost,
      dispose: ({ name }, _text, reason) => {
        if (reason === "evict") this.surplus = name;
      },
    });
  }

  find(text: string): Kept | undefined {
    return this.kept.get(text);
  }

  /** @returns the name that has to be closed to make room */
  keep(text: string, statement: Kept): string | undefined {
    this.surplus = undefined;
    this.kept.set(text, statement);
    return this.surplus;
  }

  /** @returns the names that have to be closed */
  forgetAll(): string[] {
    const names = [...this.kept.values()].map(({ name }) => name);
    this.kept.clear();
    return names;
  }
}
