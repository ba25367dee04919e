// A data directory of the embedded database that was put back from a copy: another epoch, however it was copied.
import "reflect-metadata";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfiguration } from "../../src/configuration";
import type { Database } from "../../src/database/database";
import { readRevision } from "../../src/database/read/revision";
import { openDatabase } from "../../src/installation";
import { copyTemplateTo } from "../support/test-database";

let folder: string;
let directory: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ccg-put-back-"));
  directory = join(folder, "data");
  copyTemplateTo(directory);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const grow = (database: Database): Promise<void> =>
  database.write("test", (session) =>
    session.execute("UPDATE city SET population = coalesce(population, 0) + 1 WHERE slug = 'krakow'"),
  );

/** Starts on the directory and stops; a write may come between. @returns the epoch */
async function session(at = directory, write = false): Promise<{ epoch: string; newEpoch: boolean }> {
  const { database, newEpoch } = await openDatabase(readConfiguration({ DATA_DIR: at }));
  if (write) await grow(database);
  const { epoch } = await readRevision(database);
  await database.close();
  return { epoch, newEpoch };
}

const copyTo = (from: string, to: string): void => {
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
};

describe("a data directory", () => {
  it("keeps its epoch from start to start, also where it was moved", async () => {
    const { epoch } = await session(directory, true);
    expect(await session(directory, true)).toEqual({ epoch, newEpoch: false });
    const moved = join(folder, "moved");
    renameSync(directory, moved);
    expect(await session(moved)).toEqual({ epoch, newEpoch: false });
  });

  it("has another epoch where a copy of it was put in its place", async () => {
    const { epoch } = await session();
    copyTo(directory, join(folder, "copy"));
    expect((await session(directory, true)).epoch).toBe(epoch);
    rmSync(directory, { recursive: true });
    copyTo(join(folder, "copy"), directory);
    const restored = await session();
    expect(restored.newEpoch).toBe(true);
    expect(restored.epoch).not.toBe(epoch);
    expect(await session()).toEqual({ epoch: restored.epoch, newEpoch: false });
  });

  it("has another epoch where a copy of it was put over it, file by file", async () => {
    const { epoch } = await session();
    copyTo(directory, join(folder, "copy"));
    expect((await session(directory, true)).epoch).toBe(epoch);
    copyTo(join(folder, "copy"), directory);
    expect((await session()).epoch).not.toBe(epoch);
  });

  it("has another epoch where only the database in it was put back, as it was while a process had it open", async () => {
    const { database } = await openDatabase(readConfiguration({ DATA_DIR: directory }));
    const { epoch } = await readRevision(database);
    await database.execute("CHECKPOINT");
    copyTo(join(directory, "postgres"), join(folder, "copy"));
    await grow(database);
    await database.close();
    rmSync(join(directory, "postgres"), { recursive: true });
    copyTo(join(folder, "copy"), join(directory, "postgres"));
    expect((await session()).epoch).not.toBe(epoch);
  });

  it("keeps its epoch where a process was killed between the words of its witness", async () => {
    const { epoch } = await session();
    const file = join(directory, "witness.json");
    // As it is while a start or a stop goes on: the next nonce stands in the file already, and not yet in the database.
    const { nonces } = JSON.parse(readFileSync(file, "utf8")) as { nonces: string[] };
    const [born] = /"born":"[^"]+"/.exec(readFileSync(file, "utf8")) ?? [];
    writeFileSync(file, `{"nonces":${JSON.stringify([...nonces, "the next"])},${born}}`);
    expect(await session()).toEqual({ epoch, newEpoch: false });
  });

  it("has another epoch where the copy was taken and put back without a start between", async () => {
    const { epoch } = await session(directory, true);
    copyTo(directory, join(folder, "copy"));
    rmSync(directory, { recursive: true });
    copyTo(join(folder, "copy"), directory);
    expect((await session()).epoch).not.toBe(epoch);
  });

  it("has another epoch where only the database in it was put back", async () => {
    const { epoch } = await session();
    copyTo(join(directory, "postgres"), join(folder, "copy"));
    await session(directory, true);
    rmSync(join(directory, "postgres"), { recursive: true });
    copyTo(join(folder, "copy"), join(directory, "postgres"));
    expect((await session()).epoch).not.toBe(epoch);
  });

  it.each(["", "{}", '{"nonces":[1]}'])("has another epoch where its witness is spoilt: %p", async (spoilt) => {
    const { epoch } = await session();
    writeFileSync(join(directory, "witness.json"), spoilt);
    expect((await session()).epoch).not.toBe(epoch);
  });
});
