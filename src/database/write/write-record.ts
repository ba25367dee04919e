// Single records as statements: inserted, changed, deleted. The log and the heads follow by themselves (see the first
// migration). Identifiers come from declarations only; every value is a parameter.
import sql, { join, type Sql } from "sql-template-tag";
import type { Session } from "../database";
import { columnNamed, type RecordType, type Stored } from "../declare/record-type";
import { columnIdentifier, identifier, sqlType } from "../sql";

/** Values by the names of columns and references; what is not named is left as it is. */
export type Values = Readonly<Record<string, unknown>>;

/** The same of a record of the given model; of any where the model is not known. */
export type ValuesOf<Model> = unknown extends Model ? Values : Partial<Stored<Model>>;

/** @returns the new record's UUID */
export async function insertRecord<Model>(
  session: Session,
  type: RecordType<Model>,
  given: ValuesOf<Model>,
): Promise<string> {
  const values = given as Values;
  const columns = Object.keys(values);
  const [row] = await session.query<{ id: string }>(sql`
    INSERT INTO ${identifier(type.table)} (${join(columns.map(columnIdentifier), ", ")})
    VALUES (${join(
      columns.map((column) => parameter(type, column, values[column])),
      ", ",
    )}) RETURNING id`);
  if (row === undefined) throw new Error(`an inserted ${type.name} came back without its id`);
  return row.id;
}

/** Where every value stands already, nothing is changed and no revision minted. */
export async function updateRecord<Model>(
  session: Session,
  type: RecordType<Model>,
  id: string,
  given: ValuesOf<Model>,
): Promise<void> {
  const values = given as Values;
  const columns = Object.keys(values);
  if (columns.length === 0) return;
  const assignments = columns.map(
    (column) => sql`${columnIdentifier(column)} = ${parameter(type, column, values[column])}`,
  );
  await session.query(sql`UPDATE ${identifier(type.table)} SET ${join(assignments, ", ")} WHERE id = ${id}::uuid`);
}

/** With the parts and links of its own, which the database takes along. */
export async function deleteRecord(session: Session, type: RecordType, id: string): Promise<void> {
  await session.query(sql`DELETE FROM ${identifier(type.table)} WHERE id = ${id}::uuid`);
}

function parameter(type: RecordType, column: string, value: unknown): Sql {
  const cast = type.references[column] === undefined ? columnNamed(type, column).codec.sqlType : "uuid";
  return sql`${value}::${sqlType(cast)}`;
}
