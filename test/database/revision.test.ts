// The one revision under concurrency: whatever comes at once, its numbers are the order of commits, without a gap, and
// the log tells what happened to every row.
import fc from "fast-check";
import sql from "sql-template-tag";
import type { Session } from "../../src/database/database";
import { openConsole, type Console } from "../support/console";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { readCityStates, readLog, replay, type LogEntry } from "../support/log-replay";
import { RACED, randomTransactions, type RandomTransaction } from "../support/random-transactions";

const CONSOLES = 3;
const RUNS = 150;

let backend: TestDatabase;
let consoles: Console[];
let user: string;
beforeAll(async () => {
  backend = await openTestDatabase();
  consoles = await Promise.all(Array.from({ length: CONSOLES }, () => openConsole(backend)));
  const [row] = await backend.database.query<{ user: string }>(sql`SELECT session_user::text AS user`);
  user = row?.user ?? "";
});
afterAll(async () => {
  await Promise.all(consoles.map((one) => one.close()));
  await backend.close();
});

async function counter(session: Session): Promise<string> {
  const [row] = await session.query<{ revision: string }>(sql`SELECT revision FROM revision_counter`);
  return row?.revision ?? "";
}

class RolledBack extends Error {}

/** How a transaction ended: what it was told to do, or a refusal that a console must expect. */
type Ending = "committed" | "rolled back" | "refused";

async function runWrite(actor: string, { steps, rolledBack }: RandomTransaction): Promise<Ending> {
  try {
    await backend.database.write(actor, async (session) => {
      for (const statement of steps.flat()) await session.execute(statement);
      if (rolledBack) throw new RolledBack();
    });
    return "committed";
  } catch (error) {
    if (error instanceof RolledBack) return "rolled back";
    throw error;
  }
}

async function runAtConsole(console: Console, transaction: RandomTransaction): Promise<Ending> {
  const { by, isolation, steps, rolledBack } = transaction;
  const statements = steps.flat();
  try {
    if (by === "autocommit") for (const statement of statements) await console.run([statement]);
    else await console.run([`BEGIN ISOLATION LEVEL ${isolation}`, ...statements, rolledBack ? "ROLLBACK" : "COMMIT"]);
    return rolledBack ? "rolled back" : "committed";
  } catch (error) {
    if (isExpectedRefusal(error, isolation)) return "refused";
    throw error;
  }
}

// A console's statement reads as of before it waited for the lock. So a stricter isolation gives up where another
// writer came first (40001, serialization_failure), and a part may come for a record that was deleted meanwhile.
function isExpectedRefusal(error: unknown, isolation: string): boolean {
  const { code, message } = error as { code?: string; message: string };
  if (code === "40001") return isolation !== "READ COMMITTED";
  return code === "23000" && message.includes("is deleted and takes no");
}

/** Reads on from the last revision it saw, again and again, as a follower of the feed would. */
class Follower {
  readonly seen: LogEntry[] = [];
  private stopped = false;
  private readonly loop: Promise<void>;

  constructor(private last: string) {
    this.loop = this.follow();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.loop;
    await this.read();
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      await this.read();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private async read(): Promise<void> {
    const entries = await readLog(backend.database, this.last);
    this.seen.push(...entries);
    this.last = entries.at(-1)?.revision ?? this.last;
  }
}

async function runAll(transactions: readonly RandomTransaction[]): Promise<Map<string, Ending>> {
  const queues = consoles.map((console) => ({ console, tail: Promise.resolve<unknown>(undefined) }));
  const endings = transactions.map(async (transaction, i): Promise<[string, Ending]> => {
    const actor = `writer-${i}`;
    if (transaction.by === "write") return [actor, await runWrite(actor, transaction)];
    const queue = queues[i % CONSOLES] as (typeof queues)[number];
    const ending = queue.tail.then(() => runAtConsole(queue.console, transaction));
    queue.tail = ending.catch(() => undefined);
    return [`console:${user}`, await ending];
  });
  const settled = await Promise.allSettled(endings);
  const failed = settled.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return new Map(settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])));
}

function expectOrderOfCommits(log: readonly LogEntry[], start: string, end: string): void {
  const revisions = [...new Set(log.map((entry) => BigInt(entry.revision)))];
  const expected = Array.from(
    { length: Number(BigInt(end) - BigInt(start)) },
    (_, i) => BigInt(start) + BigInt(i) + 1n,
  );
  expect(revisions).toEqual(expected);
  expect(log.map((entry) => entry.committedAt)).toEqual(log.map((entry) => entry.committedAt).sort());
  for (const revision of revisions) {
    const entries = log.filter((entry) => BigInt(entry.revision) === revision);
    expect(entries.map((entry) => entry.ordinal)).toEqual(entries.map((_, i) => i));
    expect(new Set(entries.map((entry) => entry.actor)).size).toBe(1);
    expect(new Set(entries.map((entry) => entry.committedAt)).size).toBe(1);
  }
}

function expectActors(log: readonly LogEntry[], endings: ReadonlyMap<string, Ending>): void {
  const revisionsByActor = new Map<string, Set<string>>();
  for (const { actor, revision } of log) {
    revisionsByActor.set(actor, (revisionsByActor.get(actor) ?? new Set()).add(revision));
  }
  for (const [actor, revisions] of revisionsByActor) {
    if (actor === `console:${user}`) continue;
    expect([actor, endings.get(actor), revisions.size]).toEqual([actor, "committed", 1]);
  }
}

async function expectHeadsToAgree(session: Session): Promise<void> {
  const disagreeing = await session.query(sql`
    SELECT h.id FROM record h
    CROSS JOIN LATERAL (SELECT * FROM change_log l WHERE l.record_id = h.id ORDER BY revision DESC, ordinal DESC LIMIT 1) newest
    CROSS JOIN LATERAL (SELECT * FROM change_log l WHERE l.record_id = h.id ORDER BY revision, ordinal LIMIT 1) oldest
    LEFT JOIN city c ON c.id = h.id
    WHERE h.type = 'City' AND (h.revision, h.operation, h.type, h.updated_at, h.created_at, h.authority)
      IS DISTINCT FROM (newest.revision, newest.operation, newest.type, newest.committed_at, oldest.committed_at, h.id)
      OR h.type = 'City' AND (c.id IS NULL) <> (h.operation = 'DELETE')`);
  expect(disagreeing).toEqual([]);
}

it("keeps revisions in the order of commits and the log true to every row, whatever comes at once", async () => {
  const { database } = backend;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(randomTransactions, async (transactions) => {
      const start = await counter(database);
      const before = await readCityStates(database, RACED);
      const follower = new Follower(start);
      const endings = await runAll(transactions).finally(() => follower.stop());
      const end = await counter(database);
      const log = await readLog(database, start);

      expectOrderOfCommits(log, start, end);
      expect(follower.seen).toEqual(log);
      expect(replay(before, log)).toEqual(await readCityStates(database, RACED));
      expectActors(log, endings);
      await expectHeadsToAgree(database);
      refused += [...endings.values()].filter((ending) => ending === "refused").length;
    }),
    { numRuns: RUNS },
  );
  if (database.backend === "embedded") expect(refused).toBe(0);
});
