// Conditions on what a record refers to and on what it has, against the lists that the API shows of them.
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import { referenceField, type RecordType } from "../../src/database/declare/record-type";
import { datesOf, type Relation } from "../../src/database/declare/relation";
import { startApi, type TestApi } from "../support/api";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const THEN = "2018-12-31";

async function idsOf(type: RecordType, filter?: object): Promise<string[]> {
  const ids: string[] = [];
  if (type.roots.many === "list") {
    const data = await api.data(`query ($f: ${type.name}Filter) { list: ${type.plural}(filter: $f) { id } }`, {
      f: filter,
    });
    return (data.list as { id: string }[]).map((node) => node.id);
  }
  for (let after: string | null = null; ;) {
    const { list } = await api.data(
      `query ($f: ${type.name}Filter, $a: String) { list: ${type.plural}(filter: $f, first: 100, after: $a) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
      { f: filter, a: after },
    );
    ids.push(...(list.nodes as { id: string }[]).map((node) => node.id));
    if (!list.pageInfo.hasNextPage) return ids;
    after = list.pageInfo.endCursor as string;
  }
}

/** What each record of a type shows in a field, by its id: null, one id, or the ids of a list. */
async function shownBy<Shown>(
  type: RecordType,
  ids: readonly string[],
  selection: string,
  read: (field: never) => Shown,
): Promise<Map<string, Shown>> {
  const shown = new Map<string, Shown>();
  for (let i = 0; i < ids.length; i += 50) {
    const data = await api.data(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on ${type.name} { shown: ${selection} } } }`,
      {
        ids: ids.slice(i, i + 50),
      },
    );
    for (const node of data.nodes) shown.set(node.id as string, read(node.shown as never));
  }
  return shown;
}

function where<Shown>(shown: ReadonlyMap<string, Shown>, holds: (value: Shown) => boolean): string[] {
  return [...shown].filter(([, value]) => holds(value)).map(([id]) => id);
}

const references = catalogue.records.flatMap((type) =>
  Object.entries(type.references).map(
    ([column, reference]) => [type.name, referenceField(column), type, reference] as const,
  ),
);

describe.each(references)("%s.%s", (_name, field, type, reference) => {
  it("finds the records that refer to one, and those that do not", async () => {
    const all = await idsOf(type);
    const shown = await shownBy(type, all, `${field} { id }`, (one: { id: string } | null) => one?.id ?? null);
    const wanted = [...shown.values()].find((id) => id !== null);
    expect(wanted).toBeDefined();
    expect(await idsOf(type, { [field]: { id: { eq: wanted } } })).toEqual(where(shown, (id) => id === wanted));
    expect(await idsOf(type, { not: { [field]: { id: { eq: wanted } } } })).toEqual(
      where(shown, (id) => id !== wanted),
    );
    expect(await idsOf(type, { [field]: {} })).toEqual(where(shown, (id) => id !== null));
    if (!reference.nullable) return;
    expect(await idsOf(type, { [field]: { isNull: true } })).toEqual(where(shown, (id) => id === null));
    expect(await idsOf(type, { [field]: { isNull: false } })).toEqual(where(shown, (id) => id !== null));
    expect(await idsOf(type, { [field]: { isNull: false, id: { eq: wanted } } })).toEqual(
      where(shown, (id) => id === wanted),
    );
    expect(await idsOf(type, { [field]: { isNull: true, id: { eq: wanted } } })).toEqual([]);
  });
});

/** A list's ids and its length; of a connection the ids of the first page. */
interface Related {
  ids: string[];
  total: number;
}

function selectionOf(relation: Relation, args: string): string {
  if (relation.shownAs === "list") return `${relation.name}${args === "" ? "" : `(${args})`} { id }`;
  return `${relation.name}(first: 100${args === "" ? "" : `, ${args}`}) { totalCount nodes { id } }`;
}

const read = (field: { id: string }[] | { totalCount: number; nodes: { id: string }[] }): Related => {
  const nodes = Array.isArray(field) ? field : field.nodes;
  return { ids: nodes.map((node) => node.id), total: Array.isArray(field) ? field.length : field.totalCount };
};

const relations = catalogue.relations
  .filter((relation) => relation.shownAs !== "filterOnly")
  .flatMap((relation) =>
    (datesOf(relation) === undefined ? [undefined] : [undefined, THEN, null]).map((validOn) => {
      const when = validOn === undefined ? "" : ` with validOn ${String(validOn)}`;
      return [`${relation.from.name}.${relation.name}${when}`, relation, validOn] as const;
    }),
  );

describe.each(relations)("%s", (_name, relation, validOn) => {
  const args = validOn === undefined ? "" : `validOn: ${JSON.stringify(validOn)}`;
  const day = validOn === undefined ? {} : { validOn };
  const condition = (test: object): object => ({ [relation.name]: { ...test, ...day } });
  let all: string[];
  let shown: Map<string, Related>;
  beforeAll(async () => {
    all = await idsOf(relation.from);
    shown = await shownBy(relation.from, all, selectionOf(relation, args), read);
  });

  it("finds the records that have some, and those that have none", async () => {
    expect(await idsOf(relation.from, condition({ some: {} }))).toEqual(where(shown, ({ total }) => total > 0));
    expect(await idsOf(relation.from, condition({ none: {} }))).toEqual(where(shown, ({ total }) => total === 0));
  });

  it("finds the records by how many they have", async () => {
    const totals = [...shown.values()].map(({ total }) => total);
    const most = Math.max(...totals);
    for (const [count, holds] of [
      [{ eq: 1 }, (n: number) => n === 1],
      [{ gte: 2 }, (n: number) => n >= 2],
      [{ lt: 1 }, (n: number) => n < 1],
      [{ in: [0, most] }, (n: number) => n === 0 || n === most],
      [{ gt: 0, lte: most - 1 }, (n: number) => n > 0 && n < most],
    ] as const) {
      expect(await idsOf(relation.from, condition({ count }))).toEqual(where(shown, ({ total }) => holds(total)));
    }
  });

  it("finds the records that have a certain one, and those that do not", async () => {
    const wanted = [...shown.values()].flatMap(({ ids }) => ids).at(-1);
    if (wanted === undefined) return;
    const some = await idsOf(relation.from, condition({ some: { id: { eq: wanted } } }));
    const none = await idsOf(relation.from, condition({ none: { id: { eq: wanted } } }));
    expect(some.length).toBeGreaterThan(0);
    expect([...some, ...none].sort()).toEqual([...all].sort());
    // Of longer lists only the first page was read.
    const whole = new Map([...shown].filter(([, { ids, total }]) => ids.length === total));
    expect(some.filter((id) => whole.has(id))).toEqual(where(whole, ({ ids }) => ids.includes(wanted)));
  });
});
