// What the database refuses, as what the caller can mend: the constraint says which columns, and its name says what must
// hold. (SQLSTATE codes: PostgreSQL, appendix A.)
import sql from "sql-template-tag";
import { camelCase } from "../../kernel/names";
import { userError, type UserError } from "../../kernel/user-errors";
import type { Session } from "../database";
import { referenceField, type RecordType } from "../declare/record-type";
import { OWNED_TABLES } from "./owned-rows";

const NOT_NULL = "23502";
const FOREIGN_KEY = "23503";
/** restrict_violation, which PostgreSQL 18 says of ON DELETE RESTRICT. */
const RESTRICT = "23001";
const UNIQUE = "23505";
const CHECK = "23514";
const EXCLUSION = "23P01";
/** program_limit_exceeded: an index holds a third of a page at most. */
const TOO_LONG = "54000";

interface DatabaseRefusal {
  code: string;
  message: string;
  constraint?: string;
  column?: string;
}

function refusalOf(error: unknown): DatabaseRefusal | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return [NOT_NULL, FOREIGN_KEY, RESTRICT, UNIQUE, CHECK, EXCLUSION, TOO_LONG].includes(error.code)
    ? (error as Error & DatabaseRefusal)
    : undefined;
}

/** Whether the database refused because two rows would be one. */
export function wouldBeOne(error: unknown): boolean {
  const code = refusalOf(error)?.code;
  return code === UNIQUE || code === EXCLUSION;
}

/**
 * What a caller that wrote records of the type did wrong; undefined for an error that is no refusal.
 * @param session must be able to read: the failed transaction rolled back to a savepoint
 */
export async function userErrorOf(session: Session, type: RecordType, error: unknown): Promise<UserError | undefined> {
  const refused = refusalOf(error);
  if (refused === undefined) return undefined;
  const found =
    refused.column === undefined ? await columnsOf(session, refused.constraint ?? "") : [{ name: refused.column }];
  const fields = fieldsOf(type, found);
  // The first is where a form would show it.
  const path = fields.slice(0, 1);
  switch (refused.code) {
    case NOT_NULL:
      return userError("REQUIRED", `${path.join("")} must be there`, ...path);
    case UNIQUE:
      // The same whether or not the caller may see who has it.
      return userError("NOT_UNIQUE", `this ${fields.join(", ")} is taken or reserved: give another`, ...path);
    case EXCLUSION:
      return userError(
        "NOT_UNIQUE",
        `this ${fields.join(", ")} is taken or reserved for a part of this time: give another time`,
        ...path,
      );
    case FOREIGN_KEY:
    case RESTRICT:
      return userError(
        "IN_USE",
        `what ${fields.join(", ")} refers to is not there, or other records refer to it`,
        ...path,
      );
    case TOO_LONG:
      return userError("INVALID", "a value is too long to be found by");
    default:
      // Triggers raise this too, in words of their own and without columns.
      return userError("INVALID", found.length === 0 ? refused.message : sentenceOf(refused.constraint ?? ""), ...path);
  }
}

/** The fields that a caller knows the columns by: those of a part, such as an external id, are one list together. */
function fieldsOf(type: RecordType, columns: readonly ConstrainedColumn[]): string[] {
  const list = Object.entries(OWNED_TABLES).find(([, { table }]) => table === columns[0]?.table);
  return list === undefined ? columns.map(({ name }) => fieldOf(type, camelCase(name))) : [list[0]];
}

interface ConstrainedColumn {
  name: string;
  table?: string;
}

function fieldOf(type: RecordType, column: string): string {
  return type.references[column] === undefined ? column : referenceField(column);
}

async function columnsOf(session: Session, constraint: string): Promise<ConstrainedColumn[]> {
  return session.query<ConstrainedColumn>(sql`
    SELECT a.attname::text AS name, c.relation::regclass::text AS table FROM (
      SELECT conrelid AS relation, conkey AS keys FROM pg_constraint WHERE conname = ${constraint}
      UNION
      SELECT i.indrelid, i.indkey::int2[] FROM pg_index i WHERE i.indexrelid = to_regclass(quote_ident(${constraint}))
    ) c CROSS JOIN LATERAL unnest(c.keys) WITH ORDINALITY AS k(attnum, n)
    JOIN pg_attribute a ON a.attrelid = c.relation AND a.attnum = k.attnum
    WHERE a.attname <> 'record_id' ORDER BY k.n`);
}

// Constraints are called by what they demand: project_ends_after_it_begins.
function sentenceOf(constraint: string): string {
  return `this must hold: ${constraint.replaceAll("_", " ")}`;
}
