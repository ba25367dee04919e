// By no id, slug or key does a caller learn that there is a record that they may not see: the answer is the one for a
// record that never was, byte for byte and statement for statement.
import "reflect-metadata";
import sql from "sql-template-tag";
import { withPrisma } from "../../src/database/client/prisma";
import type { RecordType } from "../../src/database/declare/record-type";
import { encodeId } from "../../src/kernel/ids";
import { lowerFirst } from "../../src/kernel/names";
import {
  neverWas,
  referencesTo,
  relationsTo,
  VisibilityFixture,
  SECRETARIAT_CALLS,
  type Question,
} from "../support/visibility-fixture";
import { DatabaseWatch } from "../support/watched-database";
import { EACH_CALLER, EACH_RESTRICTED, OWNERS, RESTRICTED, type StoredRow } from "../support/who-sees";

const watch = new DatabaseWatch();
let fixture: VisibilityFixture;
beforeAll(async () => {
  fixture = await VisibilityFixture.open({ wrap: (database) => watch.over(database) });
});
afterAll(() => fixture.close());

/** What identifies a record, or would if there were one. */
interface Keys {
  uuid: string;
  slug: string;
}

const keysOf = (row: StoredRow): Keys => ({ uuid: row.id, slug: row.slug ?? "no-slug" });
const neverGiven = ({ uuid }: Keys): Keys => ({ uuid: neverWas(uuid), slug: "never-was" });

/** Everything that can be asked with a record's keys, good and bad. */
function questionsOf(type: RecordType, { uuid, slug }: Keys, other: string): [string, Question][] {
  const id = encodeId(type.tag, uuid);
  const eq = `{ id: { eq: ${JSON.stringify(id)} } }`;
  const record = "__typename id ... on Record { revision history(first: 1) { totalCount } }";
  const list = (filter: string): string => `${type.plural}(first: 100, filter: ${filter}) { totalCount nodes { id } }`;
  const many = ({ plural, roots }: RecordType, filter: string): string =>
    `{ ${plural}(filter: ${filter}) ${roots.many === "list" ? "{ id }" : "{ totalCount nodes { id } }"} }`;
  const one = (by: string): string => `{ ${lowerFirst(type.name)}(by: ${by}) { id } }`;
  const asked: [string, string][] = [
    ["node", `{ node(id: "${id}") { ${record} } }`],
    ["node, by an id of another type", `{ node(id: "${encodeId("city", uuid)}") { ${record} } }`],
    ["nodes", `{ nodes(ids: ["${id}"]) { ${record} } }`],
    ["nodes among others", `{ nodes(ids: ["${other}", "${id}", "${other}"]) { ${record} } }`],
    ["a list", `{ ${list(eq)} }`],
    ["a list of others", `{ ${list(`{ not: ${eq} }`)} }`],
    ["a list that is asked wrongly", `{ ${list(`{ and: [${eq}, { id: { eq: null } }] }`)} }`],
    ["a record of another type", `{ city(by: { id: "${id}" }) { id } }`],
    ["a list of another type", `{ cities(first: 1, filter: ${eq}) { totalCount } }`],
    ...(type.roots.one === "ref"
      ? ([
          ["one by its id", one(`{ id: "${id}" }`)],
          ["one by a key elsewhere", one(`{ externalId: { scheme: "TESTS", value: "${uuid}" } }`)],
        ] as [string, string][])
      : []),
    ...(type.roots.one === "ref" && Object.hasOwn(type.columns, "slug")
      ? ([
          ["one by its slug", one(`{ slug: "${slug}" }`)],
          ["a list by its slug", `{ ${list(`{ slug: { in: ["${slug}"] } }`)} }`],
        ] as [string, string][])
      : []),
    [
      "a record of another type by a key elsewhere",
      `{ city(by: { externalId: { scheme: "TESTS", value: "${uuid}" } }) { id } }`,
    ],
    ...relationsTo(type).flatMap(({ from, name }): [string, string][] => [
      [`a list of those with such ${name}`, many(from, `{ ${name}: { some: ${eq} } }`)],
      [`a list of those without such ${name}`, many(from, `{ ${name}: { none: ${eq} } }`)],
    ]),
    ...referencesTo(type).map(({ from, field, title, reference }): [string, string] => [
      `a list by ${title}`,
      many(from, `{ ${field}: ${reference.anyOf === undefined ? eq : `{ ${lowerFirst(type.name)}: ${eq} }`} }`),
    ]),
  ];
  return asked.map(([title, query]) => [title, { query }]);
}

function replaced(text: string, from: Keys, to: Keys, type: RecordType): string {
  return text
    .replaceAll(encodeId(type.tag, from.uuid), encodeId(type.tag, to.uuid))
    .replaceAll(from.uuid, to.uuid)
    .replaceAll(from.slug, to.slug);
}

/** Callers ask for the rows that are hidden from them in turn, so that together they ask for all. */
function rowInTurn(rows: readonly StoredRow[], title: string): StoredRow | undefined {
  return rows[EACH_CALLER.findIndex(([name]) => name === title) % rows.length];
}

describe.each(EACH_RESTRICTED)("a hidden %s", (_name, type) => {
  it.each(EACH_CALLER)("is to %s what never was, byte for byte and statement for statement", async (title, caller) => {
    const { seen, hidden } = fixture.split(type, caller);
    const row = rowInTurn(hidden, title);
    if (row === undefined) return;
    const [keys, other] = [keysOf(row), fixture.idsOf(type, seen)[0] ?? encodeId("city", row.id)];
    const never = neverGiven(keys);
    const ask = async (question: Question): Promise<{ text: string; statements: number }> => {
      let text = "";
      const statements = await watch.statementsOf(async () => {
        text = await fixture.text(caller, question);
      });
      return { text, statements: statements.length };
    };
    const missing = questionsOf(type, never, other);
    for (const [i, [what, question]] of questionsOf(type, keys, other).entries()) {
      const { text, statements } = await ask(question);
      expect([what, { text: replaced(text, keys, never, type), statements }]).toEqual([
        what,
        await ask(missing[i]![1]),
      ]);
    }
  });
});

describe.each(EACH_RESTRICTED)("a %s", (name, type) => {
  it.each(EACH_CALLER)("that %s sees is what its keys lead to", async (_title, caller) => {
    for (const row of fixture.split(type, caller).seen) {
      const id = encodeId(type.tag, row.id);
      const one = (by: string): string => `by${by.length}: ${lowerFirst(name)}(by: { ${by} }) { __typename id }`;
      const ones =
        type.roots.one === "ref"
          ? [one(`id: "${id}"`), one(`externalId: { scheme: "TESTS", value: "${row.id}" }`)]
          : [];
      if (ones.length > 0 && row.slug !== undefined) ones.push(one(`slug: "${row.slug}"`));
      const data = await fixture.data(
        caller,
        `{ node(id: "${id}") { __typename id } nodes(ids: ["${id}"]) { __typename id } ${ones.join(" ")} }`,
      );
      const expected = { __typename: name, id };
      expect(Object.values(data as object)).toEqual([expected, [expected], ...ones.map(() => expected)]);
    }
  });

  it.each(EACH_CALLER)("shows %s its history only where it is theirs", async (_title, caller) => {
    const { scope } = fixture.viewer(caller);
    for (const row of fixture.rowsOf(type)) {
      const { node } = await fixture.data(
        caller,
        `{ node(id: "${encodeId(type.tag, row.id)}") { ... on Record { history(first: 1) { totalCount } } } }`,
      );
      const isTheirs = caller.role === "SECRETARIAT" || (scope !== null && OWNERS[name]!(row) === scope);
      const isSeen = fixture.split(type, caller).seen.includes(row);
      if (!isSeen) expect(node).toBeNull();
      else if (!isTheirs) expect(node).toEqual({ history: null });
      else expect(node.history.totalCount).toBeGreaterThan(0);
    }
  });
});

describe("a record that was merged into a hidden one", () => {
  it.each(EACH_CALLER)("leads %s no farther than that one itself", async (_title, caller) => {
    for (const type of RESTRICTED) {
      const [target] = fixture.split(type, { title: "", role: "ANONYMOUS" }).hidden;
      const gone = neverWas(neverWas(target!.id).replace(/^./, "f"));
      const now = new Date();
      const head = { id: gone, type: type.name, revision: 1, operation: "DELETE", mergedInto: target!.id } as const;
      const data = { ...head, createdAt: now, updatedAt: now };
      await withPrisma(fixture.api.database, (prisma) => prisma.record.createMany({ data, skipDuplicates: true }));
      const ask = (uuid: string) =>
        fixture.data(caller, `{ node(id: "${encodeId(type.tag, uuid)}") { __typename id } }`);
      expect(await ask(gone)).toEqual(await ask(target!.id));
    }
  });
});

it("is owned by whom the log says", async () => {
  for (const type of RESTRICTED) {
    const heads = await fixture.api.database.query<{ id: string; authority: string | null }>(
      sql`SELECT id, authority FROM record WHERE type = ${type.name} AND operation = 'UPSERT'`,
    );
    const owners = new Map(heads.map(({ id, authority }) => [id, authority]));
    for (const row of fixture.rowsOf(type)) expect(owners.get(row.id)).toBe(OWNERS[type.name]!(row));
    expect(fixture.split(type, SECRETARIAT_CALLS).hidden).toEqual([]);
  }
});
