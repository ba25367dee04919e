// Tells an embedded database's data directory from a copy of it that was put back. The database inside is the same to the letter; so a file
// beside it says what the database says too, another word at each start, and which file it is itself. A directory that was put back has
// a file that is a copy, or one that says something else than the database does.
import { randomUUID } from "node:crypto";
import { open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Witness } from "./epoch";

interface Testimony {
  word: string;
  /** the number of the file that this was written to, and when it was made where the file system knows */
  inode: string;
  madeAt: string | null;
}

const fileIn = (dataDirectory: string): string => join(dataDirectory, "witness.json");

/** To be called when the directory is locked; `keepWitness` must follow when the database says the next word too. */
export async function readWitness(dataDirectory: string): Promise<Witness> {
  const file = fileIn(dataDirectory);
  const next = randomUUID();
  const said = await readTestimony(file);
  if (said === undefined) return { found: undefined, next };
  const { ino, birthtimeNs } = await stat(file, { bigint: true });
  const isItself = said.inode === String(ino) && (said.madeAt === null || said.madeAt === String(birthtimeNs));
  return { found: isItself ? said.word : undefined, next };
}

export async function keepWitness(dataDirectory: string, { next }: Witness): Promise<void> {
  // Opened without truncating a path that may be another file by then: what is written tells of this very file.
  const file = await open(fileIn(dataDirectory), "a+");
  try {
    const before = await file.stat({ bigint: true });
    const write = async (madeAt: string | null): Promise<void> => {
      const testimony: Testimony = { word: next, inode: String(before.ino), madeAt };
      await file.truncate(0);
      await file.appendFile(`${JSON.stringify(testimony)}\n`);
    };
    await write(String(before.birthtimeNs));
    // A file system that keeps no time of birth gives that of the last change instead.
    const after = await file.stat({ bigint: true });
    if (after.birthtimeNs !== before.birthtimeNs) await write(null);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readTestimony(file: string): Promise<Testimony | undefined> {
  try {
    const said = JSON.parse(await readFile(file, "utf8")) as Partial<Testimony> | null;
    if (typeof said?.word !== "string" || typeof said.inode !== "string") return undefined;
    return { word: said.word, inode: said.inode, madeAt: said.madeAt ?? null };
  } catch {
    // Not there yet, or not whole: what it would say is not known, and a new epoch begins.
    return undefined;
  }
}
