// Conditions on what a record refers to and on what it has, against the lists that the API shows of them.
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import { memberField, referenceField, type RecordType } from "../../src/database/declare/record-type";
import { datesOf, type Relation } from "../../src/database/declare/relation";
import { startApi, type TestApi } from "../support/api";
import { addRowsOfEmptyTypes } from "../support/rows-of-every-type";
import { asSecretariat } from "../support/viewers";
import { partner } from "../../src/networks/organization.record";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asSecretariat });
  await addRowsOfEmptyTypes(api.database);
});
afterAll(() => api.close());

const THEN = "2018-12-31";

async function idsOf(type: RecordType, filter?: object): Promise<string[]> {
  const ids: string[] = [];
  if (type.roots.many === "list") {
    const data = await api.untypedData(`query ($f: ${type.name}Filter) { list: ${type.plural}(filter: $f) { id } }`, {
      f: filter,
    });
    return (data.list as { id: string }[]).map((node) => node.id);
  }
  for (let after: string | null = null; ;) {
    const { list } = await api.untypedData(
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
    const data = await api.untypedData(
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
  Object.entries(type.references)
    .filter(([, reference]) => reference.anyOf === undefined)
    .map(([column, reference]) => [type.name, referenceField(column), type, reference] as const),
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

const unions = catalogue.records.flatMap((type) =>
  Object.entries(type.references).flatMap(([column, { anyOf }]) =>
    (anyOf?.members() ?? []).map((member) => [type.name, referenceField(column), member.name, type, member] as const),
  ),
);

interface Shown {
  __typename: string;
  id: string;
  slug: string;
}

describe.each(unions)("%s.%s that is a %s", (_name, field, memberName, type, member) => {
  const isOne = (of?: object): object => ({ [field]: { [memberField(member)]: of } });
  let shown: Map<string, Shown>;
  beforeAll(async () => {
    const selection = `${field} { __typename ... on Node { id } ... on City { slug } ... on Network { slug } ... on Organization { slug } }`;
    shown = await shownBy(type, await idsOf(type), selection, (one: Shown) => one);
  });
  const some = (): Shown[] => [...shown.values()].filter((one) => one.__typename === memberName);

  it("finds the records that refer to any of this type, and those that do not", async () => {
    expect(some().length).toBeGreaterThan(1);
    expect(some().length).toBeLessThan(shown.size);
    expect(await idsOf(type, isOne({}))).toEqual(where(shown, (one) => one.__typename === memberName));
    expect(await idsOf(type, { not: isOne({}) })).toEqual(where(shown, (one) => one.__typename !== memberName));
    expect(await idsOf(type, { [field]: { isNull: false } })).toEqual([...shown.keys()]);
    expect(await idsOf(type, { [field]: { isNull: true } })).toEqual([]);
    expect(await idsOf(type, { [field]: { isNull: false, [memberField(member)]: {} } })).toEqual(
      where(shown, (one) => one.__typename === memberName),
    );
  });

  it("finds the records that refer to one, and those that do not", async () => {
    const wanted = some().at(-1);
    for (const test of [{ id: { eq: wanted?.id } }, { slug: { eq: wanted?.slug } }]) {
      expect(await idsOf(type, isOne(test))).toEqual(where(shown, (one) => one.id === wanted?.id));
      expect(await idsOf(type, { not: isOne(test) })).toEqual(where(shown, (one) => one.id !== wanted?.id));
      // Of this type, and not that one.
      expect(await idsOf(type, isOne({ not: test }))).toEqual(
        where(shown, (one) => one.__typename === memberName && one.id !== wanted?.id),
      );
    }
  });

  it("is none of the other types", async () => {
    const other = [...shown.values()].find((one) => one.__typename !== memberName);
    expect(await idsOf(type, isOne({ id: { eq: other?.id } }))).toEqual([]);
    expect(await idsOf(type, isOne({ slug: { eq: other?.slug } }))).toEqual([]);
    const rest = unions.map(([, , , , one]) => one).filter((one) => one !== member);
    for (const one of rest) {
      expect(await idsOf(type, { [field]: { [memberField(member)]: {}, [memberField(one)]: {} } })).toEqual([]);
    }
    const either = [isOne({}), ...rest.map((one) => ({ [field]: { [memberField(one)]: {} } }))];
    expect(await idsOf(type, { or: either })).toEqual([...shown.keys()]);
  });

  it("is not asked of by nothing, nor by null", async () => {
    await expect(idsOf(type, { [field]: {} })).rejects.toThrow("EMPTY_CONDITION");
    await expect(idsOf(type, { [field]: { [memberField(member)]: null } })).rejects.toThrow("NULL_IN_FILTER");
  });
});

it.each(partner.members().map((member) => [member.name, member] as const))(
  "finds the projects of a %s through its parts in them as through its type's own list",
  async (_name, member) => {
    const project = catalogue.getByName("Project");
    const [wanted] = await idsOf(member, { projects: { some: {} } });
    const ofMember = { [memberField(member)]: { id: { eq: wanted } } };
    const found = await idsOf(project, { participations: { some: { partner: ofMember } } });
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(await idsOf(project, { [member.plural]: { some: { id: { eq: wanted } } } }));
  },
);

interface Single {
  id: string;
}

/** A list's ids and its length; of a connection the ids of the first page. */
interface Related {
  ids: string[];
  total: number;
}

function selectionOf(relation: Relation, args: string): string {
  if (relation.shownAs === "one") return `${relation.name} { id }`;
  if (relation.shownAs === "list") return `${relation.name}${args === "" ? "" : `(${args})`} { id }`;
  return `${relation.name}(first: 100${args === "" ? "" : `, ${args}`}) { totalCount nodes { id } }`;
}

const read = (field: Single | Single[] | { totalCount: number; nodes: Single[] } | null): Related => {
  const nodes = field === null ? [] : Array.isArray(field) ? field : "nodes" in field ? field.nodes : [field];
  const total = field !== null && "totalCount" in field ? field.totalCount : nodes.length;
  return { ids: nodes.map((node) => node.id), total };
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
    expect(most).toBeGreaterThan(0);
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
    expect(wanted).toBeDefined();
    const some = await idsOf(relation.from, condition({ some: { id: { eq: wanted } } }));
    const none = await idsOf(relation.from, condition({ none: { id: { eq: wanted } } }));
    expect(some.length).toBeGreaterThan(0);
    expect([...some, ...none].sort()).toEqual([...all].sort());
    // Of longer lists only the first page was read.
    const whole = new Map([...shown].filter(([, { ids, total }]) => ids.length === total));
    expect(some.filter((id) => whole.has(id))).toEqual(where(whole, ({ ids }) => ids.includes(wanted ?? "")));
  });
});
