// A witness beside the embedded database: a file in the data directory and the revision counter have the same nonce, another
// one after each start and each stop. Where they do not agree, one of them was put back. A directory that was copied as a
// whole is known by the file's birth, which no copy has and a rename keeps.
import { randomUUID } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import sql from "sql-template-tag";
import type { Database, Session } from "./database";
import { beginEpoch } from "./epoch";

interface Testimony {
  /** one of them is the counter's: the second one while it is being changed */
  nonces: string[];
  /** when the file was made */
  born: string;
}

/**
 * To be called at start, when the migrations are applied and before anything is written.
 * @returns the database, which leaves another nonce when it is closed, and whether a new epoch began
 */
export async function keepWitness<Backend extends Database>(
  database: Backend,
  dataDirectory: string,
): Promise<{ database: Backend; newEpoch: boolean }> {
  const file = join(dataDirectory, "witness.json");
  const newEpoch = !(await isAsLeft(database, file));
  if (newEpoch) await beginEpoch(database);
  await renew(database, file);
  const close = async (): Promise<void> => {
    // A database that takes no more writes is closed all the same: the nonce stays as it is.
    await renew(database, file).catch(() => undefined);
    await database.close();
  };
  return { database: { ...database, close }, newEpoch };
}

async function isAsLeft(session: Session, file: string): Promise<boolean> {
  const counted = await readNonce(session);
  const testimony = await readTestimony(file);
  // A database that was never started in this directory.
  if (testimony === "none" && counted === null) return true;
  if (testimony === "none" || testimony === "unreadable" || counted === null) return false;
  const stats = await stat(file, { bigint: true });
  return testimony.nonces.includes(counted) && testimony.born === birthOf(stats);
}

// Between two of these a process may be killed: the file then has the counter's nonce all the same.
async function renew(session: Session, file: string): Promise<void> {
  const [before, next] = [await readNonce(session), randomUUID()];
  await writeTestimony(file, before === null ? [next] : [before, next]);
  await session.query(sql`UPDATE revision_counter SET witness = ${next}::text`);
  await writeTestimony(file, [next]);
}

async function readNonce(session: Session): Promise<string | null> {
  const [row] = await session.query<{ witness: string | null }>(sql`SELECT witness FROM revision_counter`);
  return row?.witness ?? null;
}

async function readTestimony(file: string): Promise<Testimony | "none" | "unreadable"> {
  try {
    const { nonces, born } = JSON.parse(await readFile(file, "utf8")) as Partial<Testimony>;
    return Array.isArray(nonces) && typeof born === "string" ? { nonces, born } : "unreadable";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "none" : "unreadable";
  }
}

// A file of its own each time, under its name when it is whole: whoever copies an older one over it in place leaves it with
// the birth of the newer one.
async function writeTestimony(file: string, nonces: string[]): Promise<void> {
  const draft = `${file}.draft`;
  await rm(draft, { force: true });
  const handle = await open(draft, "wx");
  try {
    const born = birthOf(await handle.stat({ bigint: true }));
    await handle.writeFile(JSON.stringify({ nonces, born } satisfies Testimony));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

// To the nanosecond where the file system keeps it; where it does not, the number of the file must do.
function birthOf({ birthtimeNs, ino }: BigIntStats): string {
  return birthtimeNs > 0n ? `at ${birthtimeNs}` : `as ${ino}`;
}
