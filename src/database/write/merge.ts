// Two records that turn out to be one: what refers to the one that goes refers to the other from then on, which also has its
// names, keys and sources; its id, its slug and its external ids lead there for ever.
import sql from "sql-template-tag";
import { camelCase } from "../../kernel/names";
import { refusal } from "../../kernel/user-errors";
import type { Session } from "../database";
import type { Catalogue } from "../declare/catalogue";
import type { RecordType } from "../declare/record-type";
import type { RecordRow } from "../read/row";
import { identifier } from "../sql";
import { refuseTooManyOwnedRows } from "./owned-rows";
import { placesReferringTo, type ReferringPlace } from "./referrers";
import { wouldBeOne } from "./refusals";
import { deleteRecord, updateRecord } from "./write-record";

/**
 * @param from the record that goes
 * @param into the one that stays
 * @throws Refused where both have something that a record can have once, or together more parts than a record may have
 */
export async function mergeRecords(
  session: Session,
  catalogue: Catalogue,
  type: RecordType,
  from: RecordRow,
  into: RecordRow,
): Promise<void> {
  // However much refers to it: a merge is all or nothing, and a statement that moves a hundred thousand rows is no mistake.
  await session.execute("SET LOCAL statement_timeout TO 0");
  const unknown = Object.keys({ ...type.columns, ...type.references }).filter(
    (column) => into[column] === null && from[column] !== null,
  );
  await updateRecord(session, type, into.id, Object.fromEntries(unknown.map((column) => [column, from[column]])));
  for (const place of placesReferringTo(catalogue, type)) await moveReferences(session, place, from.id, into.id);
  await moveParts(session, type, from, into);
  await refuseTooManyOwnedRows(session, into.id, "into");
  await deleteRecord(session, type, from.id);
  await session.query(
    sql`UPDATE record SET merged_into = ${into.id}::uuid WHERE id = ${from.id}::uuid OR merged_into = ${from.id}::uuid`,
  );
  await session.query(sql`UPDATE former_slug SET record_id = ${into.id}::uuid WHERE record_id = ${from.id}::uuid`);
  await session.query(sql`
    INSERT INTO former_slug (type, slug, record_id) VALUES (${type.name}, ${from.slug as string}, ${into.id}::uuid)`);
}

/** After the slug of a record is changed, the one that it had leads to it still. @param slug undefined where it is kept */
export async function keepFormerSlug(
  session: Session,
  type: RecordType,
  { id, slug: before }: RecordRow,
  slug: unknown,
): Promise<void> {
  if (typeof slug !== "string" || slug === before) return;
  // A name that it had before is its own again.
  await session.query(sql`
    DELETE FROM former_slug WHERE type = ${type.name} AND slug = ${slug} AND record_id = ${id}::uuid`);
  await session.query(sql`
    INSERT INTO former_slug (type, slug, record_id) VALUES (${type.name}, ${before as string}, ${id}::uuid)`);
}

async function moveReferences(session: Session, place: ReferringPlace, from: string, into: string): Promise<void> {
  const [table, column, owner] = [identifier(place.table), identifier(place.column), identifier(place.owner)];
  if (place.owner !== "id") {
    await session.query(sql`
      INSERT INTO ${table} (${owner}, ${column}) SELECT ${owner}, ${into}::uuid FROM ${table} WHERE ${column} = ${from}::uuid
      ON CONFLICT DO NOTHING`);
    await session.query(sql`DELETE FROM ${table} WHERE ${column} = ${from}::uuid`);
    return;
  }
  // A copy follows the record that it is a copy of.
  if (place.by.copied[camelCase(place.column)] !== undefined) return;
  try {
    await session.query(sql`UPDATE ${table} SET ${column} = ${into}::uuid WHERE ${column} = ${from}::uuid`);
  } catch (error) {
    if (!wouldBeOne(error)) throw error;
    const message = `both have a ${place.by.name} that one record can have only once: change or delete one of the two first`;
    throw refusal("NOT_UNIQUE", message, "by");
  }
}

async function moveParts(session: Session, type: RecordType, from: RecordRow, into: RecordRow): Promise<void> {
  await session.query(sql`
    INSERT INTO record_source (record_id, title, url, retrieved_at, license)
    SELECT ${into.id}::uuid, title, url, retrieved_at, license FROM record_source WHERE record_id = ${from.id}::uuid
    ON CONFLICT DO NOTHING`);
  await session.query(sql`UPDATE external_id SET record_id = ${into.id}::uuid WHERE record_id = ${from.id}::uuid`);
  if (type.named === undefined) return;
  await session.query(sql`
    INSERT INTO record_name (record_id, language, name)
    SELECT ${into.id}::uuid, language, name FROM (
      SELECT language, name FROM record_name WHERE record_id = ${from.id}::uuid
      UNION SELECT NULL, ${from[type.named] as string}::text
    ) n WHERE n.language IS NOT NULL OR n.name <> ${into[type.named] as string}
    ON CONFLICT DO NOTHING`);
}
