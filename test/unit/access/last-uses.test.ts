// Last uses are written together, at most once a minute, and no request learns how that went.
import type { Sql } from "sql-template-tag";
import { LastUses } from "../../../src/access/last-uses";
import type { Session } from "../../../src/database/database";

const MINUTE_MS = 60_000;
const at = (second: number): Date => new Date(Date.UTC(2026, 10, 20, 12, 0, second));

interface RecordedUses {
  uses: LastUses;
  /** the uses of each statement, as [key, instant] */
  written: [string, string][][];
  faults: unknown[];
  /** what the database answers, if not all the keys that it was given */
  answer: ((ids: string[]) => Promise<string[]>) | undefined;
}

function recordUses(): RecordedUses {
  const written: RecordedUses["written"] = [];
  const faults: unknown[] = [];
  const session: Session = {
    query: async <Row extends object>({ values }: Sql) => {
      const [ids, instants] = values as [string[], string[]];
      written.push(ids.map((id, i) => [id, instants[i]!]));
      return ((await on.answer?.(ids)) ?? ids).map((id) => ({ id })) as Row[];
    },
    execute: () => Promise.reject(new Error("not asked")),
  };
  const on: RecordedUses = {
    uses: new LastUses(session, (error) => faults.push(error)),
    written,
    faults,
    answer: undefined,
  };
  return on;
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it("writes the latest use of each key, once a minute, in one statement", async () => {
  const { uses, written } = recordUses();
  uses.note("a", at(2));
  uses.note("b", at(1));
  uses.note("a", at(1));
  await jest.advanceTimersByTimeAsync(MINUTE_MS - 1);
  expect(written).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(written).toEqual([
    [
      ["a", at(2).toISOString()],
      ["b", at(1).toISOString()],
    ],
  ]);
  await jest.advanceTimersByTimeAsync(10 * MINUTE_MS);
  expect(written).toHaveLength(1);
  expect(jest.getTimerCount()).toBe(0);
});

it("writes at most once a minute however many uses there are", async () => {
  const { uses, written } = recordUses();
  for (let second = 0; second < 180; second += 1) {
    uses.note("a", at(second));
    await jest.advanceTimersByTimeAsync(1_000);
  }
  expect(written).toHaveLength(3);
});

it("writes what is left at the end, and nothing after it", async () => {
  const { uses, written } = recordUses();
  uses.note("a", at(1));
  await uses.close();
  expect(written).toEqual([[["a", at(1).toISOString()]]]);
  uses.note("a", at(2));
  await jest.advanceTimersByTimeAsync(MINUTE_MS);
  expect(written).toHaveLength(1);
});

it("asks the database nothing where no key was used", async () => {
  const { uses, written } = recordUses();
  await uses.flush();
  await uses.close();
  expect(written).toEqual([]);
});

it("keeps the uses of a flush that failed for the next one, and tells of it", async () => {
  const on = recordUses();
  const fault = new Error("gone");
  on.answer = () => Promise.reject(fault);
  on.uses.note("a", at(1));
  await jest.advanceTimersByTimeAsync(MINUTE_MS);
  expect(on.faults).toEqual([fault]);
  on.answer = undefined;
  await jest.advanceTimersByTimeAsync(MINUTE_MS);
  expect(on.written).toEqual([[["a", at(1).toISOString()]], [["a", at(1).toISOString()]]]);
  await jest.advanceTimersByTimeAsync(MINUTE_MS);
  expect(on.written).toHaveLength(2);
});

it("keeps the uses of keys that somebody else was changing", async () => {
  const on = recordUses();
  on.answer = () => Promise.resolve(["b"]);
  on.uses.note("a", at(1));
  on.uses.note("b", at(1));
  await jest.advanceTimersByTimeAsync(MINUTE_MS);
  on.answer = undefined;
  await on.uses.close();
  expect(on.written[1]).toEqual([["a", at(1).toISOString()]]);
});

it("keeps a use that came while the one before it was written", async () => {
  const on = recordUses();
  on.answer = (ids) => {
    if (on.written.length === 1) on.uses.note("a", at(2));
    return Promise.resolve(ids);
  };
  on.uses.note("a", at(1));
  await on.uses.flush();
  await on.uses.close();
  expect(on.written).toEqual([[["a", at(1).toISOString()]], [["a", at(2).toISOString()]]]);
});

it("keeps no process alive", () => {
  jest.useRealTimers();
  const unref = jest.spyOn(Object.getPrototypeOf(setTimeout(() => undefined, 0).unref()) as NodeJS.Timeout, "unref");
  recordUses().uses.note("a", at(1));
  expect(unref).toHaveBeenCalledTimes(1);
  unref.mockRestore();
});
