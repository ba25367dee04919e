// The traits of partners from the database: of all at a start, and of those that changes of records concern.
import sql, { type Sql } from "sql-template-tag";
import type { Session } from "../../database/database";
import { isOf, type RecordChange } from "../../database/read/changes";
import { organization } from "../../networks/organization.record";
import { network } from "../../networks/network.record";
import { city } from "../../registry/city.record";
import { country } from "../../registry/country.record";
import type { Adjacency } from "../graph/affiliation-graph";
import type { CountryTraits, PartnerTypeName } from "../graph/memory/traits";

interface PartnerRow {
  id: string;
  type: PartnerTypeName;
  countryId: string | null;
}

const PARTNERS_AT_ONCE = 5_000;

const PARTNERS: Sql = sql`
  SELECT id, ${city.name} AS type, country_id FROM city
  UNION ALL SELECT id, ${network.name}, NULL FROM network
  UNION ALL SELECT o.id, ${organization.name}, seat.country_id FROM organization o LEFT JOIN city seat ON seat.id = o.city_id`;

/** The fields in the log that traits follow from, by type; a new record and a deleted one have them all. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  [city.name]: ["country_id"],
  [network.name]: ["slug"],
  [organization.name]: ["slug", "city_id"],
  [country.name]: ["code", "region", "global_south"],
};

export const TRAITS_OF = Object.keys(FIELDS);

export async function readAllTraits(session: Session, adjacency: Adjacency): Promise<void> {
  adjacency.traits.setCountries(await readCountries(session));
  let last: string | undefined;
  do {
    const beyond = last === undefined ? sql`true` : sql`id > ${last}::uuid`;
    const rows = await session.query<PartnerRow>(sql`
      SELECT id, type, country_id AS "countryId" FROM (${PARTNERS}) partner
      WHERE ${beyond} ORDER BY id LIMIT ${PARTNERS_AT_ONCE}`);
    setTraits(adjacency, rows);
    last = rows.length < PARTNERS_AT_ONCE ? undefined : rows.at(-1)?.id;
  } while (last !== undefined);
}

/**
 * Reads the traits that the changes concern, as they are now.
 * @returns what takes them in, at once; nothing where nothing changed
 */
export async function readChangedTraits(
  session: Session,
  adjacency: Adjacency,
  changes: readonly RecordChange[],
): Promise<(() => void)[]> {
  const concerned = changes.filter((change) => isOf(change, change.type, FIELDS[change.type] ?? []));
  if (concerned.length === 0) return [];
  // New countries are few, and no partner can lie in one before it is there.
  const countries = await readCountries(session);
  const ids = concerned.filter(({ type }) => type !== country.name).map(({ recordId }) => recordId);
  const rows = await session.query<PartnerRow>(sql`
    SELECT id, type, country_id AS "countryId" FROM (${PARTNERS}) partner
    WHERE id = ANY (${ids}::uuid[] || ARRAY(SELECT id FROM organization WHERE city_id = ANY (${ids}::uuid[])))`);
  return [
    () => {
      adjacency.traits.setCountries(countries);
      const there = new Set(rows.map(({ id }) => id));
      for (const id of ids) if (!there.has(id)) adjacency.traits.set(adjacency.partners.numberOf(id), "", null);
      setTraits(adjacency, rows);
    },
  ];
}

function setTraits(adjacency: Adjacency, rows: readonly PartnerRow[]): void {
  for (const { id, type, countryId } of rows) adjacency.traits.set(adjacency.partners.numberOf(id), type, countryId);
}

function readCountries(session: Session): Promise<CountryTraits[]> {
  return session.query<CountryTraits>(sql`
    SELECT id, code, region::text, global_south AS "globalSouth" FROM country ORDER BY id`);
}
