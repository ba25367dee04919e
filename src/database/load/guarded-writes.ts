// Writing rows in few statements, with every row that the database refuses named.
import type { Sql } from "sql-template-tag";
import type { Session } from "../database";
import { DatasetProblem } from "./csv";

/** Everything that is wrong with a dataset; nothing was written. */
export class BadDataset extends Error {
  constructor(readonly problems: readonly DatasetProblem[]) {
    super(problems.map(String).join("\n"));
    this.name = "BadDataset";
  }
}

const ROWS_A_STATEMENT = 2_000;

export async function inChunks<Row>(
  rows: readonly Row[],
  write: (some: readonly Row[]) => Promise<void>,
): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS_A_STATEMENT) await write(rows.slice(i, i + ROWS_A_STATEMENT));
}

// A statement that breaks a constraint says so of one row only, and not of which: each row is then tried alone, and
// all that fail are named. The transaction ends with the error either way.
export async function guarded<Row extends { line: number }>(
  session: Session,
  file: string,
  rows: readonly Row[],
  statement: (rows: readonly Row[]) => Sql,
): Promise<void> {
  await session.execute("SAVEPOINT rows");
  try {
    await session.query(statement(rows));
    await session.execute("RELEASE SAVEPOINT rows");
  } catch (error) {
    if (!isConstraintViolation(error)) throw error;
    await session.execute("ROLLBACK TO SAVEPOINT rows");
    const problems: DatasetProblem[] = [];
    for (const row of rows) {
      await session.execute("SAVEPOINT one_row");
      try {
        await session.query(statement([row]));
      } catch (refusal) {
        if (!isConstraintViolation(refusal)) throw refusal;
        await session.execute("ROLLBACK TO SAVEPOINT one_row");
        problems.push(
          new DatasetProblem(file, row.line, refusal.constraint ?? "row", refusal.detail ?? refusal.message),
        );
      }
    }
    throw problems.length > 0 ? new BadDataset(problems) : error;
  }
}

interface ConstraintViolation extends Error {
  code: string;
  constraint?: string;
  detail?: string;
}

// SQLSTATE class 23, and 22008 for a day that does not exist (PostgreSQL, appendix A).
function isConstraintViolation(error: unknown): error is ConstraintViolation {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code.startsWith("23") || code === "22008";
}
