// Stands between a server and its database and keeps every statement that a request costs, so that tests can count
// them, and ask the database how many rows one of them reads.
import type { Database, Statement } from "../../src/database/database";
import { databaseDouble } from "./database-double";

export class DatabaseWatch {
  private inner: Database | undefined;
  private seen: Statement[] = [];

  /** Give this to startApi: `startApi({ wrap: (database) => watch.over(database) })`. */
  over(database: Database): Database {
    this.inner ??= database;
    return databaseDouble(database, (inner) => ({
      query: (statement) => {
        this.seen.push(statement);
        return inner.query(statement);
      },
    }));
  }

  /** The statements that ran while the work did. One piece of work at a time. */
  async statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
    this.seen = [];
    await work();
    const statements = this.seen;
    this.seen = [];
    return statements;
  }

  /**
   * The rows of tables that a statement reads to give its answer, those that a filter then drops included: it is run
   * once more under EXPLAIN (https://www.postgresql.org/docs/15/sql-explain.html).
   */
  async rowsRead(statement: Statement): Promise<number> {
    const [explained] = await this.database.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>({
      text: `EXPLAIN (ANALYZE, FORMAT JSON) ${statement.text}`,
      values: statement.values,
    });
    if (explained === undefined) throw new Error("EXPLAIN gave no plan");
    return rowsReadBy(explained["QUERY PLAN"][0].Plan);
  }

  private get database(): Database {
    if (this.inner === undefined) throw new Error("no database is watched yet: start the server first");
    return this.inner;
  }
}

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: PlanNode[];
}

// The counts of a node are averages over its loops. A bitmap's index scan names no table, and reads all the same.
function rowsReadBy(node: PlanNode): number {
  const reads = node["Relation Name"] !== undefined || node["Node Type"] === "Bitmap Index Scan";
  const rows =
    node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  const below = (node.Plans ?? []).reduce((sum, child) => sum + rowsReadBy(child), 0);
  return (reads ? rows * node["Actual Loops"] : 0) + below;
}

/** How often each statement ran, by its text: values are parameters, so the same question has the same text. */
export function timesByText(statements: readonly Statement[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { text } of statements) times.set(text, (times.get(text) ?? 0) + 1);
  return times;
}
