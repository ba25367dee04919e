// Who sees what: that the tests know every type that not everybody sees all of, that they have callers and rows enough,
// and that nothing visible breaks on something hidden.
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import type { RecordType } from "../../src/database/declare/record-type";
import { ROLES, SCOPED_ROLES } from "../../src/kernel/viewer";
import { BESIDE_NODES, inBatches, ownFields, waysFrom } from "../support/record-selections";
import { VisibilityFixture } from "../support/visibility-fixture";
import {
  AUDIENCES,
  EACH_CALLER,
  EACH_RESTRICTED,
  OWNERS,
  RESTRICTED,
  type Caller,
  type StoredRow,
} from "../support/who-sees";

const WAYS_AT_ONCE = 6;

let fixture: VisibilityFixture;
beforeAll(async () => {
  fixture = await VisibilityFixture.open();
});
afterAll(() => fixture.close());

const callers: readonly Caller[] = EACH_CALLER.map(([, caller]) => caller);

describe("the expectations", () => {
  it("are of every type that not everybody sees all of", () => {
    const names = catalogue.records
      .filter((type) => type.audience !== undefined)
      .map((type) => type.name)
      .sort();
    expect(Object.keys(AUDIENCES).sort()).toEqual(names);
    expect(Object.keys(OWNERS).sort()).toEqual(names);
  });

  it("are of every role", () => {
    expect(new Set(callers.map(({ role }) => role))).toEqual(new Set(Object.keys(ROLES)));
  });

  it.each(EACH_RESTRICTED)("have rows of %s that a party sees and others do not", (_name, type) => {
    const hidden = callers.map((caller) => ({ caller, rows: fixture.split(type, caller).hidden }));
    const fromAll = hidden.find(({ caller }) => caller.role === "ANONYMOUS")!.rows;
    const scoped = hidden.filter(({ caller }) => caller.slug !== undefined);
    expect(fromAll.length).toBeGreaterThan(0);
    for (const row of fromAll) {
      expect(scoped.some(({ rows }) => !rows.includes(row))).toBe(true);
      expect(scoped.some(({ rows }) => rows.includes(row))).toBe(true);
    }
  });

  it.each(Object.keys(SCOPED_ROLES))("have a party and a stranger among the callers of role %s", (role) => {
    const seen = callers
      .filter((caller) => caller.role === role)
      .map((caller) => RESTRICTED.reduce((sum, type) => sum + fixture.split(type, caller).seen.length, 0));
    const public_ = RESTRICTED.reduce((sum, type) => sum + fixture.split(type, callers[0]!).seen.length, 0);
    expect(seen.some((count) => count > public_)).toBe(true);
    expect(seen).toContain(public_);
  });
});

// A reference that must not be null and leads to something hidden would be an error, and take its whole record away.
const EACH_TYPE_AND_CALLER = catalogue.records.flatMap((type) =>
  EACH_CALLER.map(([title, caller]) => [type.name, title, type, caller] as const),
);

it.each(EACH_TYPE_AND_CALLER)(
  "every field of %s can be asked for by %s, and those of each record that it leads to",
  async (_name, _title, type, caller) => {
    const many = (selection: string): string =>
      type.roots.many === "list"
        ? `{ ${type.plural} { ${selection} } }`
        : `query ($ids: [ID!]!) {
          ${type.plural}(first: 100, filter: { id: { in: $ids } }) { ${BESIDE_NODES} nodes { ${selection} } edges { cursor } }
        }`;
    const ways = inBatches(waysFrom(type), WAYS_AT_ONCE).map((batch) =>
      batch.map((way) => way.select(2, ownFields(way.to), BESIDE_NODES)).join(" "),
    );
    const ids = fixture.idsOf(type, rowsThatMatter(type));
    for (const selection of [ownFields(type), ...ways]) await fixture.data(caller, many(selection), { ids });
  },
);

/** The rows that have to do with rows that not everybody sees, and some others. */
function rowsThatMatter(type: RecordType): StoredRow[] {
  const restricted = RESTRICTED.flatMap((each) => fixture.rowsOf(each));
  const isUuid = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/.test(value);
  const ids = new Set(restricted.flatMap((row) => Object.values(row).filter(isUuid)));
  const matter = (row: StoredRow): boolean => Object.values(row).some((value) => ids.has(value));
  const [those, others] = [true, false].map((wanted) => fixture.rowsOf(type).filter((row) => matter(row) === wanted));
  return [...those!.slice(0, 40), ...others!.slice(0, 10)];
}
