// The schemes of external ids that a city, a network or an organization writes itself. An external id leads to the record that
// has it: nobody takes one of another's registry, gives it up or puts it elsewhere.
import sql, { join } from "sql-template-tag";
import type { Session } from "../database";
import type { RecordType } from "../declare/record-type";
import { tableAs } from "../sql";

/** Registries that stand for themselves, whoever may have a slug that reads the same. */
const REGISTRIES: readonly string[] = ["geonames", "unlocode", "wikidata"];

/**
 * Its slug, spelled so, and the slugs that led to it before; but none that is the name of a registry, or leads to another party
 * as well: such a scheme is not its own alone.
 * @param parties the types of records that have keys
 * @param id the UUID of one of them
 */
export async function ownSchemes(session: Session, parties: readonly RecordType[], id: string): Promise<Set<string>> {
  const slugs = join(
    [
      ...parties.map(({ table }) => sql`SELECT id, slug FROM ${tableAs(table, "p")}`),
      sql`SELECT record_id, slug FROM former_slug`,
    ],
    " UNION ALL ",
  );
  const rows = await session.query<{ slug: string }>(sql`
    SELECT own.slug FROM (${slugs}) AS own(id, slug)
    WHERE own.id = ${id}::uuid AND own.slug <> ALL (${REGISTRIES}::text[])
      AND NOT EXISTS (SELECT FROM (${slugs}) AS other(id, slug) WHERE other.slug = own.slug AND other.id <> own.id)`);
  return new Set(rows.map(({ slug }) => slug));
}
