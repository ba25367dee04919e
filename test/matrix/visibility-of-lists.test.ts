// What a caller may not see is in no list, no total, no page and no order, wherever a cursor stands.
import type { RecordType } from "../../src/database/declare/record-type";
import { shownColumns } from "../../src/database/declare/record-type";
import { constantCase } from "../../src/kernel/names";
import { VisibilityFixture } from "../support/visibility-fixture";
import { EACH_CALLER, EACH_RESTRICTED, type Caller } from "../support/who-sees";
import { readAllPages } from "../support/read-all-pages";

let fixture: VisibilityFixture;
beforeAll(async () => {
  fixture = await VisibilityFixture.open();
});
afterAll(() => fixture.close());

interface List {
  totalCount: number;
  nodes: { id: string }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const LIST =
  "totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

/** The usual order, and each that can be asked for, as arguments. */
function ordersOf(type: RecordType): string[] {
  const fields = Object.entries(shownColumns(type)).filter(([, column]) => column.ordered);
  const asked = fields.flatMap(([name]) =>
    ["ASC", "DESC"].flatMap((direction) =>
      ["FIRST", "LAST"].map(
        (nulls) => `orderBy: [{ field: ${constantCase(name)}, direction: ${direction}, nulls: ${nulls} }]`,
      ),
    ),
  );
  return ["", ...asked];
}

async function lists(caller: Caller, type: RecordType, args: readonly string[], variables = {}): Promise<List[]> {
  const declared = Object.keys(variables).length > 0 ? "query ($ids: [ID!])" : "query";
  return listsIn(await fixture.data(caller, `${declared} ${fieldsOf(type, args)}`, variables));
}

async function wholeLists(type: RecordType, args: readonly string[]): Promise<List[]> {
  return listsIn(await fixture.whole(fieldsOf(type, args)));
}

function fieldsOf(type: RecordType, args: readonly string[]): string {
  return `{ ${args.map((given, i) => `l${i}: ${type.plural}(${given}) { ${LIST} }`).join(" ")} }`;
}

/** The fields of an answer stand in the order of the query. */
const listsIn = (data: object): List[] => Object.values(data) as List[];

const idsIn = ({ nodes }: List): string[] => nodes.map(({ id }) => id);

describe.each(EACH_RESTRICTED)("the list of %s", (_name, type) => {
  it("gives the Secretariat every row in each order", async () => {
    const all = fixture.idsOf(type).sort();
    const args = ordersOf(type).map((order) => `first: 100, ${order}`);
    for (const list of await wholeLists(type, args)) {
      expect(idsIn(list).sort()).toEqual(all);
    }
  });

  it.each(EACH_CALLER)("gives %s the rows that they see, in each order", async (_title, caller) => {
    const seen = fixture.seenIds(type, caller);
    const args = ordersOf(type).map((order) => `first: 100, ${order}`);
    const whole = await wholeLists(type, args);
    (await lists(caller, type, args)).forEach((list, i) => {
      const expected = idsIn(whole[i]!).filter((id) => seen.has(id));
      const cursors = whole[i]!.edges.filter(({ node }) => seen.has(node.id));
      expect(list).toEqual({
        totalCount: expected.length,
        nodes: expected.map((id) => ({ id })),
        // The same cursors too: they say nothing of who asks, nor of rows in between.
        edges: cursors,
        pageInfo: {
          hasNextPage: false,
          hasPreviousPage: false,
          startCursor: cursors.at(0)?.cursor ?? null,
          endCursor: cursors.at(-1)?.cursor ?? null,
        },
      });
    });
  });

  it.each(EACH_CALLER)("gives %s what they see of the ids that a filter names", async (_title, caller) => {
    const [seen, all] = [fixture.seenIds(type, caller), fixture.idsOf(type)];
    const [among, others, negated, ...single] = await lists(
      caller,
      type,
      [
        "first: 100, filter: { id: { in: $ids } }",
        "first: 100, filter: { not: { id: { in: $ids } } }",
        "first: 100, filter: { not: { not: { id: { in: $ids } } } }",
        ...all.map((id) => `first: 100, filter: { id: { eq: ${JSON.stringify(id)} } }`),
      ],
      { ids: all },
    );
    for (const list of [among!, negated!]) {
      expect(new Set(idsIn(list))).toEqual(seen);
      expect(list.totalCount).toBe(seen.size);
    }
    expect([others!.totalCount, idsIn(others!)]).toEqual([0, []]);
    single.forEach((list, i) => {
      const expected = seen.has(all[i]!) ? [all[i]] : [];
      expect([idsIn(list), list.totalCount]).toEqual([expected, expected.length]);
    });
  });

  it.each(EACH_CALLER)("gives %s one row after another, both ways", async (_title, caller) => {
    const [whole] = await wholeLists(type, ["first: 100"]);
    const seen = fixture.seenIds(type, caller);
    const ask = (query: string, variables?: object) => fixture.ask(caller, { query, variables });
    for (const backward of [false, true]) {
      const connection = {
        title: type.plural,
        parentType: undefined,
        field: type.plural,
        nodeType: type.name,
        orderType: undefined,
        orderFields: [],
        located: false,
      };
      const edges = await readAllPages(ask, { connection, parent: undefined, orderBy: undefined }, () => 1, backward);
      expect(edges.map(({ id }) => id)).toEqual(idsIn(whole!).filter((id) => seen.has(id)));
    }
  });

  it.each(EACH_CALLER)("stands right for %s beside a cursor at any row", async (_title, caller) => {
    const seen = fixture.seenIds(type, caller);
    const orders = ordersOf(type).filter((order) => order === "" || order.includes("ASC, nulls: LAST"));
    for (const order of orders) {
      const [whole] = await wholeLists(type, [`first: 100, ${order}`]);
      const { edges } = whole!;
      const at = (i: number): string => JSON.stringify(edges[i]!.cursor);
      const after = await lists(
        caller,
        type,
        edges.map((_, i) => `first: 100, after: ${at(i)}, ${order}`),
      );
      const before = await lists(
        caller,
        type,
        edges.map((_, i) => `last: 100, before: ${at(i)}, ${order}`),
      );
      edges.forEach((_edge, i) => {
        const visible = (some: typeof edges) => some.map(({ node }) => node.id).filter((id) => seen.has(id));
        expect(idsIn(after[i]!)).toEqual(visible(edges.slice(i + 1)));
        expect(idsIn(before[i]!)).toEqual(visible(edges.slice(0, i)));
        expect([after[i]!.totalCount, before[i]!.totalCount]).toEqual([seen.size, seen.size]);
        expect(after[i]!.pageInfo).toMatchObject({
          hasNextPage: false,
          hasPreviousPage: visible(edges.slice(0, i + 1)).length > 0,
        });
        expect(before[i]!.pageInfo).toMatchObject({
          hasNextPage: visible(edges.slice(i)).length > 0,
          hasPreviousPage: false,
        });
      });
    }
  });
});
