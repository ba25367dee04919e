// The traits of partners from the database: of all at a start, and of those that changes of records concern.
import sql, { type Sql } from "sql-template-tag";
import type { Session } from "../../database/database";
import { isOf, type RecordChange } from "../../database/read/changes";
import { organization } from "../../networks/organization.record";
import { network } from "../../networks/network.record";
import { city } from "../../registry/city.record";
import { country } from "../../registry/country.record";
import type { AffiliationGraph } from "../graph/affiliation-graph";
import type { CountryTraits } from "../graph/memory/traits";
import { takeInPartners, type GraphChange, type PartnerRow } from "../graph/take-in";

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

export async function readAllTraits(session: Session, graph: AffiliationGraph): Promise<void> {
  graph.traits.setCountries(await readCountries(session));
  let last: string | undefined;
  do {
    const beyond = last === undefined ? sql`true` : sql`id > ${last}::uuid`;
    const rows = await session.query<PartnerRow>(sql`
      SELECT id, type, country_id AS "countryId" FROM (${PARTNERS}) partner
      WHERE ${beyond} ORDER BY id LIMIT ${PARTNERS_AT_ONCE}`);
    takeInPartners(graph, rows);
    last = rows.length < PARTNERS_AT_ONCE ? undefined : rows.at(-1)?.id;
  } while (last !== undefined);
}

/** The traits that the changes concern, as they are now; nothing where nothing changed. */
export async function readChangedTraits(session: Session, changes: readonly RecordChange[]): Promise<GraphChange[]> {
  const concerned = changes.filter((change) => isOf(change, change.type, FIELDS[change.type] ?? []));
  if (concerned.length === 0) return [];
  // New countries are few, and no partner can lie in one before it is there.
  const countries = await readCountries(session);
  const ids = concerned.filter(({ type }) => type !== country.name).map(({ recordId }) => recordId);
  const partners = await session.query<PartnerRow>(sql`
    SELECT id, type, country_id AS "countryId" FROM (${PARTNERS}) partner
    WHERE id = ANY (${ids}::uuid[] || ARRAY(SELECT id FROM organization WHERE city_id = ANY (${ids}::uuid[])))`);
  const there = new Set(partners.map(({ id }) => id));
  return [{ of: "traits", countries, gone: ids.filter((id) => !there.has(id)), partners }];
}

function readCountries(session: Session): Promise<CountryTraits[]> {
  return session.query<CountryTraits>(sql`
    SELECT id, code, region::text, global_south AS "globalSouth" FROM country ORDER BY id`);
}
