// What is remembered of how a database did, and for how long.
import sql from "sql-template-tag";
import type { Database } from "../../../src/database/database";
import { FAULT_REMEMBERED_MS, Vitals } from "../../../src/database/vitals";

let nowMs: number;
let failing: string | undefined;
let vitals: Vitals;
let database: Database;

const answer = <T>(result: T): Promise<T> =>
  failing === undefined
    ? Promise.resolve(result)
    : Promise.reject(Object.assign(new Error("it fails"), { code: failing }));

beforeEach(() => {
  nowMs = 1_000_000;
  failing = undefined;
  vitals = new Vitals(() => new Date(nowMs));
  const double: Partial<Database> = {
    backend: "server",
    query: () => answer([]),
    execute: () => answer(undefined),
    write: (_actor, work) => answer(undefined).then(() => work(database)),
  };
  database = vitals.over(double as Database);
});

const read = (): Promise<unknown> => database.query(sql`SELECT 1`).catch((error: unknown) => error);
const write = (): Promise<unknown> =>
  database.write("somebody", () => Promise.resolve()).catch((error: unknown) => error);
const writeFails = async (code: string): Promise<void> => {
  failing = code;
  expect(await write()).toMatchObject({ code });
  failing = undefined;
};

it("a database that said nothing yet was not heard", () => {
  expect(vitals.heardWithin(1_000_000)).toBe(false);
});

it("it is heard when a statement or a write succeeds, not when one fails", async () => {
  await read();
  nowMs += 500;
  expect([vitals.heardWithin(500), vitals.heardWithin(499)]).toEqual([true, false]);
  failing = "57P01";
  await read();
  await write();
  expect(vitals.heardWithin(499)).toBe(false);
  failing = undefined;
  await write();
  expect(vitals.heardWithin(0)).toBe(true);
});

it.each([
  ["25006", "READ_ONLY"],
  ["53100", "DISK_FULL"],
  ["58030", "DISK_FAULT"],
])("a write that fails by %s is remembered as %s until one succeeds, or a minute is over", async (code, reason) => {
  await writeFails(code);
  nowMs += FAULT_REMEMBERED_MS;
  expect(vitals.fault()).toBe(reason);
  nowMs += 1;
  expect(vitals.fault()).toBeUndefined();
  await writeFails(code);
  await read();
  expect(vitals.fault()).toBe(reason);
  await write();
  expect(vitals.fault()).toBeUndefined();
});

it("a statement that only needed too much room on the disk is no fault", async () => {
  failing = "53100";
  await read();
  expect(vitals.fault()).toBeUndefined();
});

it("damaged data is a fault whoever meets it, and a write that succeeds says nothing against it", async () => {
  failing = "XX001";
  await read();
  failing = undefined;
  await write();
  expect(vitals.fault()).toBe("DATA_DAMAGED");
  nowMs += FAULT_REMEMBERED_MS + 1;
  expect(vitals.fault()).toBeUndefined();
});

it("of several faults the newest is told", async () => {
  await writeFails("25006");
  nowMs += 1;
  await writeFails("53100");
  expect(vitals.fault()).toBe("DISK_FULL");
});

it.each(["57014", "40P01", "55P03", "53300", "57P01", "23505"])("load and refusals are no faults: %s", async (code) => {
  await writeFails(code);
  expect(vitals.fault()).toBeUndefined();
});
