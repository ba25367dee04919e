// What a caller may not see is at the end of no edge, and no filter that asks from the other side finds it.
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import type { RecordType } from "../../src/database/declare/record-type";
import { encodeId } from "../../src/kernel/ids";
import type { Relation } from "../../src/database/declare/relation";
import {
  referencesTo,
  relationsTo,
  VisibilityFixture,
  SECRETARIAT_CALLS,
  type ReferenceTo,
} from "../support/visibility-fixture";
import { EACH_CALLER, EACH_RESTRICTED, RESTRICTED, SHOWN_TO, type Caller } from "../support/who-sees";

let fixture: VisibilityFixture;
beforeAll(async () => {
  fixture = await VisibilityFixture.open();
});
afterAll(() => fixture.close());

/** Which of these records fulfil each filter, with the total where there is one. */
async function among(
  caller: Caller,
  type: RecordType,
  ids: readonly string[],
  filters: readonly string[],
): Promise<Set<string>[]> {
  const isList = type.roots.many === "list";
  const fields = filters.map((filter, i) => {
    const given = `filter: { id: { in: $ids }, ${filter} }`;
    return `f${i}: ${type.plural}(${isList ? given : `first: 100, ${given}`}) ${isList ? "{ id }" : "{ totalCount nodes { id } }"}`;
  });
  const data = await fixture.data(caller, `query ($ids: [ID!]!) { ${fields.join(" ")} }`, { ids });
  return filters.map((_, i) => {
    const found = data[`f${i}`];
    const nodes = (isList ? found : found.nodes) as { id: string }[];
    if (!isList) expect(found.totalCount).toBe(nodes.length);
    return new Set(nodes.map(({ id }) => id));
  });
}

/** The ends of a relation's links by their beginnings, as one caller sees them. */
function endsByParent(relation: Relation, caller: Caller): Map<string, string[]> {
  const ends = new Map<string, string[]>();
  for (const { from, to } of fixture.linksOf(relation, caller)) ends.set(from, [...(ends.get(from) ?? []), to]);
  return ends;
}

/** All that have links, and a few that have none. */
function parentsOf(relation: Relation): string[] {
  const linked = [...endsByParent(relation, SECRETARIAT_CALLS).keys()];
  const others = fixture.idsOf(relation.from).filter((id) => !linked.includes(id));
  return [...linked, ...others.slice(0, 3)];
}

const eachRelation = RESTRICTED.flatMap(relationsTo).map(
  (relation) => [`${relation.from.name}.${relation.name}`, relation] as const,
);

describe.each(eachRelation)("%s", (title, relation) => {
  it.each(EACH_CALLER)("is asked by %s in filters as if what they do not see were not there", async (_, caller) => {
    const parents = parentsOf(relation);
    const all = fixture.idsOf(relation.to);
    const ends = endsByParent(relation, caller);
    const most = Math.max(...[...endsByParent(relation, SECRETARIAT_CALLS).values()].map((links) => links.length));
    const visible = fixture.seenIds(relation.from, caller);
    const those = (fulfil: (links: readonly string[]) => boolean): Set<string> =>
      new Set(parents.filter((id) => visible.has(id) && fulfil(ends.get(id) ?? [])));
    const { name } = relation;
    const asked: [string, Set<string>][] = [
      [`${name}: { some: {} }`, those((links) => links.length > 0)],
      [`${name}: { none: {} }`, those((links) => links.length === 0)],
      [`not: { ${name}: { some: {} } }`, those((links) => links.length === 0)],
      [
        `${name}: { some: { not: { id: { in: ${JSON.stringify(all.slice(1))} } } } }`,
        those((l) => l.includes(all[0]!)),
      ],
      ...Array.from({ length: most + 1 }, (_unused, count): [string, Set<string>] => [
        `${name}: { count: { eq: ${count} } }`,
        those((links) => links.length === count),
      ]),
      ...all.flatMap((id): [string, Set<string>][] => [
        [`${name}: { some: { id: { eq: ${JSON.stringify(id)} } } }`, those((links) => links.includes(id))],
        [`${name}: { none: { id: { eq: ${JSON.stringify(id)} } } }`, those((links) => !links.includes(id))],
      ]),
    ];
    const found = await among(
      caller,
      relation.from,
      parents,
      asked.map(([filter]) => filter),
    );
    expect(asked.map(([filter], i) => [filter, found[i]])).toEqual(asked);
  });

  if (relation.shownAs !== "filterOnly") {
    it.each(EACH_CALLER)("leads %s to what they see", async (_, caller) => {
      const parents = parentsOf(relation);
      const isShown = SHOWN_TO[title]?.includes(caller.role) ?? true;
      const ends = endsByParent(relation, caller);
      const visible = fixture.seenIds(relation.from, caller);
      const [whole, found] = [
        await shownEnds(undefined, relation, parents),
        await shownEnds(caller, relation, parents),
      ];
      parents.forEach((parent, i) => {
        if (!visible.has(parent)) {
          expect(found[i]).toBeNull();
          return;
        }
        const expected = ends.get(parent) ?? [];
        const inOrder = (whole[i]!.ids ?? []).filter((id) => expected.includes(id));
        const total = relation.shownAs === "connection" ? expected.length : undefined;
        expect(inOrder).toHaveLength(expected.length);
        expect(found[i]).toEqual(isShown ? { ids: inOrder, total } : { ids: null, total: undefined });
      });
    });
  }

  if (relation.shownAs === "connection") {
    it.each(EACH_CALLER)("stands right for %s beside a cursor at any row", async (_, caller) => {
      const isShown = SHOWN_TO[title]?.includes(caller.role) ?? true;
      const seen = fixture.seenIds(relation.to, caller);
      const visible = fixture.seenIds(relation.from, caller);
      for (const parent of parentsOf(relation).filter((id) => isShown && visible.has(id))) {
        const node = (fields: string) => `{ node(id: "${parent}") { ... on ${relation.from.name} { ${fields} } } }`;
        const all = await fixture.whole(node(`list: ${relation.name}(first: 100) { edges { cursor node { id } } }`));
        const edges = all.node.list.edges as { cursor: string; node: { id: string } }[];
        if (edges.length === 0) continue;
        const page = "{ totalCount nodes { id } pageInfo { hasPreviousPage hasNextPage } }";
        const pages = edges.map(
          ({ cursor }, i) => `l${i}: ${relation.name}(first: 100, after: ${JSON.stringify(cursor)}) ${page}`,
        );
        const data = await fixture.data(caller, node(pages.join(" ")));
        const seenIn = (some: typeof edges) => some.filter(({ node: { id } }) => seen.has(id)).map(({ node: n }) => n);
        edges.forEach((_edge, i) => {
          expect(data.node[`l${i}`]).toEqual({
            totalCount: seenIn(edges).length,
            nodes: seenIn(edges.slice(i + 1)),
            pageInfo: { hasNextPage: false, hasPreviousPage: seenIn(edges.slice(0, i + 1)).length > 0 },
          });
        });
      }
    });
  }
});

/** What a relation's field shows a caller, or one who sees all, of each parent: the ids of its records and their total; null for a hidden parent. */
async function shownEnds(
  caller: Caller | undefined,
  relation: Relation,
  parents: readonly string[],
): Promise<({ ids: string[] | null; total: number | undefined } | null)[]> {
  const { shownAs, name } = relation;
  const field =
    shownAs === "connection"
      ? `${name}(first: 100) { totalCount edges { node { id } } nodes { id } }`
      : `${name} { id }`;
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${relation.from.name} { ends: ${field} } } }`;
  const variables = { ids: parents };
  const { nodes } = await (caller === undefined
    ? fixture.whole(query, variables)
    : fixture.data(caller, query, variables));
  return (nodes as any[]).map((node) => {
    if (node === null) return null;
    if (node.ends === null) return { ids: null, total: undefined };
    const rows = (shownAs === "connection" ? node.ends.nodes : shownAs === "one" ? [node.ends] : node.ends) as {
      id: string;
    }[];
    if (shownAs === "connection") expect(node.ends.edges.map((edge: any) => edge.node)).toEqual(rows);
    return { ids: rows.map(({ id }) => id), total: node.ends.totalCount as number | undefined };
  });
}

const eachReference = EACH_RESTRICTED.flatMap(([, type]) =>
  referencesTo(type).map((reference) => [reference.title, type, reference] as const),
);

describe.each(eachReference)("the reference %s", (_title, type, { from, field, column, reference }: ReferenceTo) => {
  /** Those that refer, each with what to, and some that refer to nothing. */
  function referring(): { id: string; to: string | null }[] {
    const rows = fixture.rowsOf(from).map((row) => ({
      id: encodeId(from.tag, row.id),
      to: row[column] === null ? null : encodeId(type.tag, row[column]),
    }));
    return [...rows.filter(({ to }) => to !== null), ...rows.filter(({ to }) => to === null).slice(0, 5)].slice(0, 100);
  }

  it.each(EACH_CALLER)("leads %s to what they see, and else to nothing", async (_, caller) => {
    const rows = referring();
    const [visible, seen] = [fixture.seenIds(from, caller), fixture.seenIds(type, caller)];
    const { nodes } = await fixture.data(
      caller,
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${from.name} { end: ${field} { ... on ${type.name} { id } } } } }`,
      { ids: rows.map(({ id }) => id) },
    );
    expect(nodes).toEqual(
      rows.map(({ id, to }) => {
        if (!visible.has(id)) return null;
        return { end: to !== null && seen.has(to) ? { id: to } : null };
      }),
    );
  });

  it.each(EACH_CALLER)("is asked by %s in filters as if what they do not see were not there", async (_, caller) => {
    const rows = referring();
    const [visible, seen] = [fixture.seenIds(from, caller), fixture.seenIds(type, caller)];
    const those = (fulfil: (to: string | null) => boolean): Set<string> =>
      new Set(
        rows
          .filter(({ id, to }) => visible.has(id) && fulfil(to !== null && seen.has(to) ? to : null))
          .map(({ id }) => id),
      );
    const isOf = (asked: string): string =>
      reference.anyOf === undefined ? asked : `${type.name[0]!.toLowerCase()}${type.name.slice(1)}: { ${asked} }`;
    const asked: [string, Set<string>][] = [
      [`${field}: { ${isOf("")} }`, those((to) => to !== null)],
      [`not: { ${field}: { ${isOf("")} } }`, those((to) => to === null)],
      ...fixture
        .idsOf(type)
        .map((id): [string, Set<string>] => [`${field}: { ${isOf(`id: { eq: "${id}" }`)} }`, those((to) => to === id)]),
      ...(reference.nullable
        ? [true, false].map((isNull): [string, Set<string>] => [
            `${field}: { isNull: ${isNull} }`,
            those((to) => (to === null) === isNull),
          ])
        : []),
    ];
    const found = await among(
      caller,
      from,
      rows.map(({ id }) => id),
      asked.map(([filter]) => filter),
    );
    expect(asked.map(([filter], i) => [filter, found[i]])).toEqual(asked);
  });
});

it("knows each field that is null as a whole for some roles", () => {
  const titles = catalogue.relations
    .filter((relation) => relation.shownTo !== undefined)
    .map((relation) => `${relation.from.name}.${relation.name}`);
  expect(Object.keys(SHOWN_TO).sort()).toEqual(titles.sort());
});
