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

/** Writes in one transaction that gather what is wrong with the rows instead of ending at the first of them. */
export class GuardedWrites {
  readonly problems: DatasetProblem[] = [];

  constructor(readonly session: Session) {}

  /** @throws only what is no fault of the rows */
  async write<Row extends { line: number }>(
    file: string,
    rows: readonly Row[],
    statement: (rows: readonly Row[]) => Sql,
  ): Promise<void> {
    for (let i = 0; i < rows.length; i += ROWS_A_STATEMENT) {
      const some = rows.slice(i, i + ROWS_A_STATEMENT);
      if ((await this.refusalOf(statement(some))) !== undefined) await this.writeOneByOne(file, some, statement);
    }
  }

  // A statement that breaks a constraint says so of one row only, and not of which.
  private async writeOneByOne<Row extends { line: number }>(
    file: string,
    rows: readonly Row[],
    statement: (rows: readonly Row[]) => Sql,
  ): Promise<void> {
    const hadProblems = this.problems.length > 0;
    for (const row of rows) {
      const refusal = await this.refusalOf(statement([row]));
      // Behind a row that was refused in an earlier file, a reference that is missing is no problem of its own.
      if (refusal === undefined || (hadProblems && refusal.code === NOT_NULL_VIOLATION)) continue;
      const why = refusal.detail ?? refusal.message;
      this.problems.push(new DatasetProblem(file, row.line, refusal.constraint ?? "row", why));
    }
  }

  private async refusalOf(statement: Sql): Promise<ConstraintViolation | undefined> {
    await this.session.execute("SAVEPOINT guarded");
    try {
      await this.session.query(statement);
      await this.session.execute("RELEASE SAVEPOINT guarded");
      return undefined;
    } catch (error) {
      if (!isConstraintViolation(error)) throw error;
      await this.session.execute("ROLLBACK TO SAVEPOINT guarded");
      return error;
    }
  }
}

const NOT_NULL_VIOLATION = "23502";

interface ConstraintViolation extends Error {
  code: string;
  constraint?: string;
  detail?: string;
}

// SQLSTATE class 23, 22008 for a day that does not exist, and 54000 for a text too long for its index (PostgreSQL,
// appendix A).
function isConstraintViolation(error: unknown): error is ConstraintViolation {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code.startsWith("23") || code === "22008" || code === "54000";
}
