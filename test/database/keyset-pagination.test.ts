// Many clients read every list page by page of the API while other rows come, go and change: each row that stood all the while
// comes exactly once, in its place.
import "reflect-metadata";
import sql, { raw } from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { encodeId } from "../../src/kernel/ids";
import { startApi, TODAY, type TestApi } from "../support/api";
import { testServer } from "../support/test-database";
import { discoverConnections, readSchema } from "../support/discover-connections";
import { expectedIds, type OrderInput } from "../support/expected-order";
import { between, pick, randomFrom, type Random } from "../../src/kernel/random";
import { ShiftingWriter } from "../support/shifting-writer";
import { readAllPages, type Edge, type PagedList, type PagedConnection } from "../support/read-all-pages";
import { asSecretariat } from "../support/viewers";

const CLIENTS = 50;
/** How often each connection is read, by different clients. */
const TIMES = testServer === undefined ? 2 : 6;
const SEED = 20_261_120;
/** Of each connection of a record, the longest ones are read. */
const PARENTS = 5;
const WARSAW = { latitude: 52.23, longitude: 21.01 };

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asSecretariat });
  // The dataset knows no populations: some, with many equal, and others unknown.
  await api.database.write("tester", (session) =>
    session.execute("UPDATE city SET population = nullif(length(name), 7) * 100000 WHERE kind = 'city'"),
  );
});
afterAll(() => api.close());

/** No order, every order in every way, and some of two keys. */
function ordersOf({ orderFields }: PagedConnection): (OrderInput[] | undefined)[] {
  const single = orderFields.flatMap((field) =>
    (["ASC", "DESC"] as const).flatMap((direction) =>
      (["LAST", "FIRST"] as const).map((nulls): OrderInput[] => [orderOn(field, direction, nulls)]),
    ),
  );
  const double = orderFields.map((field, i): OrderInput[] => [
    orderOn(field, "DESC", "LAST"),
    orderOn(orderFields[(i + 1) % orderFields.length] ?? field, "ASC", "FIRST"),
  ]);
  return [undefined, ...single, ...double];
}

function orderOn(field: string, direction: "ASC" | "DESC", nulls: "FIRST" | "LAST"): OrderInput {
  return { field, direction, nulls, ...(field === "DISTANCE" ? { from: WARSAW } : {}) };
}

async function longestParents(connection: PagedConnection): Promise<(string | undefined)[]> {
  if (connection.parentType === undefined) return [undefined];
  const { tag, table, name } = catalogue.getByName(connection.parentType);
  const rows = await api.database.query<{ id: string }>(sql`SELECT id FROM ${raw(`"${table}"`)} ORDER BY id`);
  const ids = rows.map((row) => encodeId(tag, row.id));
  const counted: { id: string; count: number }[] = [];
  for (let i = 0; i < ids.length; i += 100) {
    const data = await api.untypedData(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on ${name} { list: ${connection.field} { totalCount } } } }`,
      { ids: ids.slice(i, i + 100) },
    );
    for (const { id, list } of data.nodes) counted.push({ id, count: list.totalCount });
  }
  counted.sort((a, b) => b.count - a.count);
  return counted.slice(0, PARENTS).map(({ id }) => id);
}

/** Each connection WALKS times, from orders and parents in turn, dealt out to the clients like cards. */
async function plan(connections: readonly PagedConnection[], random: Random): Promise<PagedList[][]> {
  const clients: PagedList[][] = Array.from({ length: CLIENTS }, () => []);
  let dealt = 0;
  for (const connection of connections) {
    const orders = ordersOf(connection);
    const parents = await longestParents(connection);
    // The dataset has no records of some types, so no lists of theirs.
    if (parents.length === 0) continue;
    for (let i = 0; i < TIMES; i++, dealt++) {
      const lists = clients[dealt % CLIENTS] as PagedList[];
      lists.push({ connection, parent: pick(random, parents), orderBy: orders[dealt % orders.length] });
    }
  }
  return clients;
}

const keyOf = ({ connection, parent, orderBy }: PagedList): string =>
  JSON.stringify([connection.title, parent, orderBy]);

/** The rows that stand, by list: read while nothing moves, and compared with what plain SQL says. */
async function readStanding(lists: readonly PagedList[]): Promise<Map<string, Edge[]>> {
  const standing = new Map<string, Edge[]>();
  for (const one of lists) {
    if (standing.has(keyOf(one))) continue;
    const edges = await readAllPages(api.askUntyped, one, () => 100, false);
    const expected = await expectedIds(api.database, catalogue, one, TODAY);
    if (expected !== undefined) expect([one, edges.map((edge) => edge.id)]).toEqual([one, expected]);
    standing.set(keyOf(one), edges);
  }
  return standing;
}

it("gives every standing row once and in order to all who read page by page while other rows shift", async () => {
  const random = randomFrom(SEED);
  const connections = discoverConnections(await readSchema(api.askUntyped));
  expect(connections.map(({ title }) => title)).toEqual(
    expect.arrayContaining([
      "cities",
      "designations",
      "designationRounds",
      "Country.cities",
      "CreativeField.cities",
      "DesignationRound.designations",
    ]),
  );
  const clients = await plan(connections, random);
  const standing = await readStanding(clients.flat());

  const types = [...new Set(connections.map(({ nodeType }) => catalogue.getByName(nodeType)))];
  const writer = new ShiftingWriter(api.database, types, random);
  const done = new AbortController();
  const writing = (async () => {
    while (!done.signal.aborted) {
      await writer.write();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();
  let foreign = 0;
  const readAll = async (lists: readonly PagedList[], client: number): Promise<void> => {
    for (const one of lists) {
      const expected = standing.get(keyOf(one)) ?? [];
      const stands = new Set(expected.map((edge) => edge.cursor));
      const seen = await readAllPages(api.askUntyped, one, () => between(random, 3, 20), client % 2 === 1);
      const seenStanding = seen.filter((edge) => stands.has(edge.cursor));
      foreign += seen.length - seenStanding.length;
      expect([one, seenStanding]).toEqual([one, expected]);
    }
  };
  await Promise.all(clients.map(readAll)).finally(() => done.abort());
  await writing;

  for (const type of ["City", "Designation", "DesignationRound"]) {
    expect([type, (writer.written.get(type) ?? 0) > 1]).toEqual([type, true]);
  }
  expect(foreign).toBeGreaterThan(5);
}, 240_000);
