// Takes records out again that have a source as their mark: all of them or, where others refer to one, none.
import sql, { type Sql } from "sql-template-tag";
import { encodeId } from "../../kernel/ids";
import type { Database, Session } from "../database";
import type { Catalogue } from "../declare/catalogue";
import type { RecordType } from "../declare/record-type";
import { readRevision } from "../read/revision";
import { columnIdentifier, identifier } from "../sql";

/** Other records refer to some of those that were to be removed; nothing was removed. */
export class StillReferredTo extends Error {
  /** @param references one line each: `Practice my-practice refers to City example-city` */
  constructor(readonly references: readonly string[]) {
    super([...references, "nothing is removed: change or delete what refers first"].join("\n"));
    this.name = "StillReferredTo";
  }
}

export interface RemovalReport {
  /** how many records were removed of each type that had any, in the order of the catalogue */
  rows: { plural: string; count: number }[];
  /** the revision after the removal */
  revision: string;
}

/** The types of the marked records, by id. */
type Marked = ReadonlyMap<string, RecordType>;

/**
 * Deletes every record with this source, in one transaction.
 * @param actor who removes, for the log
 * @throws StillReferredTo
 */
export async function removeMarked(
  database: Database,
  catalogue: Catalogue,
  source: string,
  actor: string,
): Promise<RemovalReport> {
  return database.write(actor, async (session) => {
    const marked = await markedRecords(session, catalogue, source);
    const references = await referencesTo(session, catalogue, marked);
    if (references.length > 0) throw new StillReferredTo(references);
    const rows: RemovalReport["rows"] = [];
    // Before the records, so that the log has them as long as there is a record that they are parts of.
    for (const { table } of linksOf(catalogue)) {
      await session.query(sql`DELETE FROM ${identifier(table)} WHERE record_id = ANY (${[...marked.keys()]}::uuid[])`);
    }
    // What refers to a record comes after it in the catalogue.
    for (const type of [...catalogue.records].reverse()) {
      const ids = [...marked].flatMap(([id, itsType]) => (itsType === type ? [id] : []));
      if (ids.length === 0) continue;
      await session.query(sql`DELETE FROM ${identifier(type.table)} WHERE id = ANY (${ids}::uuid[])`);
      rows.unshift({ plural: type.plural, count: ids.length });
    }
    return { rows, revision: (await readRevision(session)).revision };
  });
}

async function markedRecords(session: Session, catalogue: Catalogue, source: string): Promise<Marked> {
  const rows = await session.query<{ id: string; type: string }>(sql`
    SELECT r.id, r.type FROM record r JOIN record_source s ON s.record_id = r.id WHERE s.title = ${source}`);
  return new Map(rows.map(({ id, type }) => [id, catalogue.getByName(type)]));
}

/** Where a record can name another one: a column of its own, or of the rows that link it. */
interface Place {
  of: RecordType;
  table: string;
  /** the column with the id of the record that names */
  owner: string;
  /** the column with the id of the record that is named */
  column: string;
}

function referencesOf({ records }: Catalogue): Place[] {
  return records.flatMap((of) =>
    Object.keys(of.references).map((column) => ({ of, table: of.table, owner: "id", column })),
  );
}

// Rows that only link a record name it so; views and records of their own have no such column.
function linksOf({ relations }: Catalogue): Place[] {
  return relations.flatMap((relation) =>
    relation.kind === "joined" && relation.join.fromColumn === "recordId"
      ? [{ of: relation.from, table: relation.join.table, owner: "recordId", column: relation.join.toColumn }]
      : [],
  );
}

/** Who else refers to the marked records, in words. */
async function referencesTo(session: Session, catalogue: Catalogue, marked: Marked): Promise<string[]> {
  const ids = [...marked.keys()];
  const found: string[] = [];
  for (const { of, table, owner, column } of [...referencesOf(catalogue), ...linksOf(catalogue)]) {
    const [owning, naming] = [owner, column].map((name) => columnIdentifier(name)) as [Sql, Sql];
    const rows = await session.query<{ from: string; to: string }>(sql`
      SELECT DISTINCT ${owning} AS "from", ${naming} AS "to" FROM ${identifier(table)}
      WHERE ${naming} = ANY (${ids}::uuid[]) AND ${owning} <> ALL (${ids}::uuid[])`);
    for (const { from, to } of rows) {
      const target = marked.get(to);
      if (target === undefined) continue;
      found.push(`${await nameOf(session, of, from)} refers to ${await nameOf(session, target, to)}`);
    }
  }
  return [...new Set(found)].sort();
}

async function nameOf(session: Session, type: RecordType, id: string): Promise<string> {
  if (type.columns.slug === undefined) return `${type.name} ${encodeId(type.tag, id)}`;
  const [row] = await session.query<{ slug: string }>(
    sql`SELECT slug FROM ${identifier(type.table)} WHERE id = ${id}::uuid`,
  );
  return `${type.name} ${row?.slug}`;
}
