// One process to a data directory. PGlite lets a second process open the same files and lose them, so we keep a lock
// file of our own. It names the process that holds it; a process that was killed leaves its lock behind, and the next
// one takes it over. A lock kept fresh by a timer would not do: a process that is busy, or was stopped for a while, would lose it.
import { readFileSync } from "node:fs";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DatabaseProblem } from "./database";

interface Holder {
  pid: number;
  host: string;
  /** when the process began, so that a later process with the same pid is not taken for it */
  started: string;
}

const TAKEOVER_ATTEMPTS = 20;

/**
 * @returns lets the directory go
 * @throws DatabaseProblem when a living process holds it
 */
export async function lockDataDirectory(dataDirectory: string): Promise<() => Promise<void>> {
  const lockFile = join(dataDirectory, "lock");
  const me: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  for (let attempt = 0; attempt < TAKEOVER_ATTEMPTS; attempt++) {
    if (await createExclusively(lockFile, JSON.stringify(me))) {
      return () => rm(lockFile, { force: true });
    }
    const holder = await readHolder(lockFile);
    if (holder === undefined) {
      await delay(25); // just released, or not yet written: look again
      continue;
    }
    if (isAlive(holder)) throw inUse(dataDirectory, holder);
    await takeAway(lockFile, holder);
  }
  throw new DatabaseProblem(`the lock ${lockFile} is unreadable: remove it if no server runs on ${dataDirectory}`);
}

// The file appears with its content, or not at all: a process that is killed in between leaves no lock that nobody can
// read. Where the file system has no hard links it is made and then written.
async function createExclusively(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, content);
    await link(draft, file);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST") return false;
    if (code === "EPERM" || code === "ENOTSUP" || code === "ENOSYS") return await createThenWrite(file, content);
    throw cannotBeWritten(error);
  } finally {
    await rm(draft, { force: true });
  }
}

async function createThenWrite(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cannotBeWritten(error);
  }
}

function cannotBeWritten(cause: unknown): DatabaseProblem {
  return new DatabaseProblem(`DATA_DIR cannot be written: ${String(cause)}`, { cause });
}

async function readHolder(lockFile: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(lockFile, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

// Two starters may both find the same dead holder. Only the one that makes the takeover file may remove the lock, and
// only if it still names that holder: otherwise the slower one would remove the faster one's new lock.
async function takeAway(lockFile: string, dead: Holder): Promise<void> {
  const guard = `${lockFile}.takeover`;
  if (!(await createExclusively(guard, String(process.pid)))) {
    await delay(50);
    const other = Number(await readFile(guard, "utf8").catch(() => ""));
    if (other > 0 && !processExists(other)) await rm(guard, { force: true });
    return;
  }
  try {
    const now = await readHolder(lockFile);
    if (now?.pid === dead.pid && now.started === dead.started) {
      await rename(lockFile, `${lockFile}.old`);
      await rm(`${lockFile}.old`, { force: true });
    }
  } finally {
    await rm(guard, { force: true });
  }
}

// Of another host's processes nothing can be known (a shared volume, a container with a name of its own): the lock
// stands, and the message says how to lift it.
function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  return processExists(holder.pid) && startOf(holder.pid) === holder.started;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

// Field 22 of /proc/<pid>/stat, in clock ticks since boot (proc(5)); the second field may hold spaces. Where there is no
// /proc the pid alone must do.
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state = "", ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A process that is dead and not yet reaped by its parent holds nothing.
    return "ZX".includes(state) ? "dead" : (rest[18] ?? "");
  } catch {
    return "";
  }
}

function inUse(dataDirectory: string, holder: Holder): DatabaseProblem {
  return new DatabaseProblem(
    `the data directory ${dataDirectory} is in use by process ${holder.pid} on ${holder.host}: ` +
      "stop that server, set another DATA_DIR, or set DATABASE_URL for a PostgreSQL that many processes can share" +
      (holder.host === hostname() ? "" : `. If that host is gone, remove ${join(dataDirectory, "lock")}`),
  );
}
