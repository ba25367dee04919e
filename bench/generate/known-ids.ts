// Where the rows lead to that others name: by number, slug, code or year.
import sql from "sql-template-tag";
import type { Session } from "../../src/database/database";

export class KnownIds {
  /** of synthetic records, by their numbers from 0 */
  readonly cities: string[] = [];
  readonly networks: string[] = [];
  readonly organizations: string[] = [];
  readonly meetings: string[] = [];
  readonly collections: string[] = [];
  readonly experts: string[] = [];
  readonly rounds = new Map<number, string>();

  private constructor(
    private readonly countries: ReadonlyMap<string, string>,
    private readonly fields: ReadonlyMap<string, string>,
    private readonly goals: ReadonlyMap<number, string>,
  ) {}

  /** With those of the reference lists. */
  static async read(session: Session): Promise<KnownIds> {
    const countries = await session.query<{ key: string; id: string }>(sql`SELECT code AS key, id FROM country`);
    const fields = await session.query<{ key: string; id: string }>(sql`SELECT slug AS key, id FROM creative_field`);
    const goals = await session.query<{ key: number; id: string }>(
      sql`SELECT number AS key, id FROM sustainable_development_goal`,
    );
    return new KnownIds(byKey(countries), byKey(fields), byKey(goals));
  }

  country = (code: string): string => found(this.countries.get(code), code);
  field = (slug: string): string => found(this.fields.get(slug), slug);
  goal = (number: number): string => found(this.goals.get(number), number);
  round = (year: number): string => found(this.rounds.get(year), year);
  city = (number: number): string => found(this.cities[number], number);
  cityOrNone = (number: number | null): string | null => (number === null ? null : this.city(number));

  partner({ type, number }: { type: "City" | "Network" | "Organization"; number: number }): string {
    const ids = { City: this.cities, Network: this.networks, Organization: this.organizations }[type];
    return found(ids[number], number);
  }
}

function byKey<Key>(rows: readonly { key: Key; id: string }[]): Map<Key, string> {
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** @throws where a row names what was not written before it: a bug */
export function found(id: string | undefined, key: string | number): string {
  if (id === undefined) throw new Error(`nothing has the key ${key} yet`);
  return id;
}
