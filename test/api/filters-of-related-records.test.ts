// Filters that ask of records through several relations, in any shape, against a plain reading of the tables: some, none and count
// mean what they say at every depth, under or and not too, and of references that are missing.
import fc from "fast-check";
import sql, { raw } from "sql-template-tag";
import { startApi, TODAY, type TestApi } from "../support/api";
import { insertManyProjects } from "../support/many-projects";
import { asSecretariat } from "../support/viewers";

type Row = Readonly<Record<string, any>> & { id: string };
/** The related records of a row, one for each row that joins them, and null for a reference that is missing. */
type Way = (row: Row, day: string | null | undefined) => (Row | null)[];

let api: TestApi;
const tables = new Map<string, Row[]>();
const byId = new Map<string, Row>();

const TABLES = [
  "city",
  "country",
  "designation",
  "network",
  "network_membership",
  "network_member",
  "project",
  "project_participation",
  "project_goal",
  "sustainable_development_goal",
];

beforeAll(async () => {
  api = await startApi({ authenticate: asSecretariat });
  await insertManyProjects(api.database, 12);
  await api.database.execute(
    "UPDATE network SET parent_id = (SELECT id FROM network WHERE slug = 'busy-one') WHERE length(slug) % 2 = 1 AND slug <> 'busy-one'",
  );
  for (const table of TABLES) {
    const rows = await api.database.query<Row>(sql`SELECT * FROM ${raw(table)}`);
    tables.set(table, rows);
    if (table !== "network_member") for (const row of rows) byId.set(row.id, row);
  }
});
afterAll(() => api.close());

const firstDay = (date: string): string => `${date}-01-01`.slice(0, 10);
const inForce = (since: string | null, until: string | null, day: string): boolean =>
  (since === null || firstDay(since) <= day) && (until === null || firstDay(until) > day);

const refersBy =
  (column: string): Way =>
  (row) => [row[column] === null ? null : (byId.get(row[column] as string) ?? null)];

const children =
  (table: string, by: string, [since, until]: [string, string] | [] = []): Way =>
  (row, day) =>
    (tables.get(table) ?? []).filter(
      (child) =>
        child[by] === row.id &&
        (since === undefined ||
          until === undefined ||
          typeof day !== "string" ||
          inForce(child[since], child[until], day)),
    );

const joined =
  (table: string, from: string, to: string, within: string, byDefault?: "today" | "anyTime"): Way =>
  (row, day) => {
    const on = day === undefined && byDefault === "today" ? TODAY : day;
    return (tables.get(table) ?? [])
      .filter((edge) => edge[from] === row.id && (typeof on !== "string" || inForce(edge.since, edge.until, on)))
      .flatMap((edge) => (tables.get(within) ?? []).filter(({ id }) => id === edge[to]));
  };

interface Type {
  columns: readonly (readonly [field: string, column: string, values: readonly (string | number | boolean)[]])[];
  references: Readonly<Record<string, { to: string; way: Way; nullable?: true }>>;
  relations: Readonly<Record<string, { to: string; way: Way; dated?: true }>>;
}

const parts = ["project_participation", "projectParticipation"] as const;
const TYPES: Readonly<Record<string, Type>> = {
  city: {
    columns: [["slug", "slug", ["krakow", "lyon", "busy-one"]]],
    references: { country: { to: "country", way: refersBy("country_id") } },
    relations: {
      networks: {
        to: "network",
        dated: true,
        way: joined("network_member", "city_id", "network_id", "network", "today"),
      },
      memberships: {
        to: "membership",
        dated: true,
        way: children("network_membership", "city_id", ["since", "until"]),
      },
      designations: {
        to: "designation",
        dated: true,
        way: children("designation", "city_id", ["designated_on", "ended_on"]),
      },
      projects: { to: "project", dated: true, way: joined(parts[0], "partner_id", "project_id", "project", "anyTime") },
    },
  },
  country: {
    columns: [
      ["code", "code", ["PL", "FR", "YY"]],
      ["globalSouth", "global_south", [true, false]],
    ],
    references: {},
    relations: { cities: { to: "city", way: children("city", "country_id") } },
  },
  designation: { columns: [], references: { city: { to: "city", way: refersBy("city_id") } }, relations: {} },
  network: {
    columns: [
      ["slug", "slug", ["gnlc", "uccn", "busy-one"]],
      ["membersComplete", "members_complete", [true, false]],
    ],
    references: { parent: { to: "network", way: refersBy("parent_id"), nullable: true } },
    relations: {
      members: { to: "city", dated: true, way: joined("network_member", "network_id", "city_id", "city", "today") },
      memberships: {
        to: "membership",
        dated: true,
        way: children("network_membership", "network_id", ["since", "until"]),
      },
      parts: { to: "network", way: children("network", "parent_id") },
      projects: { to: "project", dated: true, way: joined(parts[0], "partner_id", "project_id", "project", "anyTime") },
    },
  },
  membership: {
    columns: [],
    references: {
      city: { to: "city", way: refersBy("city_id") },
      network: { to: "network", way: refersBy("network_id") },
    },
    relations: {},
  },
  project: {
    columns: [["slug", "slug", ["busy-one", "city-to-city-2020"]]],
    references: {},
    relations: {
      cities: { to: "city", dated: true, way: joined(parts[0], "project_id", "partner_id", "city", "anyTime") },
      networks: { to: "network", dated: true, way: joined(parts[0], "project_id", "partner_id", "network", "anyTime") },
      goals: { to: "goal", way: joined("project_goal", "record_id", "goal_id", "sustainable_development_goal") },
    },
  },
  goal: {
    columns: [["number", "number", [1, 11, 17]]],
    references: {},
    relations: { projects: { to: "project", way: joined("project_goal", "goal_id", "record_id", "project") } },
  },
};

interface Condition {
  filter: object;
  holds: (row: Row) => boolean;
}

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
};

const day = fc.option(fc.option(fc.constantFrom("2015-06-01", "2020-01-01", TODAY), { nil: null }), { nil: undefined });

function conditionOn(typeName: string, hops: number, depth: number): fc.Arbitrary<Condition> {
  const type = TYPES[typeName];
  if (type === undefined) throw new Error(`there is no type ${typeName}`);
  const choices: fc.Arbitrary<Condition>[] = [fc.constant({ filter: {}, holds: () => true })];
  for (const [field, column, values] of type.columns) {
    choices.push(
      fc.constantFrom(...values).map((value) => ({
        filter: { [field]: { eq: value } },
        holds: (row: Row) => row[column] === value,
      })),
    );
  }
  if (depth > 0) {
    const inner = conditionOn(typeName, hops, depth - 1);
    choices.push(
      inner.map(({ filter, holds }) => ({ filter: { not: filter }, holds: (row: Row) => !holds(row) })),
      fc.array(inner, { maxLength: 3 }).map((of) => ({
        filter: { or: of.map(({ filter }) => filter) },
        holds: (row: Row) => of.some(({ holds }) => holds(row)),
      })),
      fc.array(inner, { maxLength: 3 }).map((of) => ({
        filter: { and: of.map(({ filter }) => filter) },
        holds: (row: Row) => of.every(({ holds }) => holds(row)),
      })),
    );
    for (const [field, { to, way, nullable }] of Object.entries(type.references)) {
      choices.push(
        conditionOn(to, hops, depth - 1).map(({ filter, holds }) => ({
          filter: { [field]: filter },
          holds: (row: Row) => way(row, undefined).some((target) => target !== null && holds(target)),
        })),
      );
      if (nullable === true) {
        choices.push(
          fc.boolean().map((isNull) => ({
            filter: { [field]: { isNull } },
            holds: (row: Row) => (way(row, undefined)[0] === null) === isNull,
          })),
        );
      }
    }
  }
  if (hops > 0 && depth > 0) {
    for (const [field, { to, way, dated }] of Object.entries(type.relations)) {
      const on = dated === true ? day : fc.constant(undefined);
      const given = (validOn: string | null | undefined): object => (validOn === undefined ? {} : { validOn });
      choices.push(
        fc
          .tuple(conditionOn(to, hops - 1, depth - 1), fc.constantFrom("some", "none"), on)
          .map(([{ filter, holds }, kind, validOn]) => ({
            filter: { [field]: { [kind]: filter, ...given(validOn) } },
            holds: (row: Row) =>
              way(row, validOn).some((target) => target !== null && holds(target)) === (kind === "some"),
          })),
        fc
          .tuple(fc.constantFrom(...Object.keys(COMPARISONS)), fc.integer({ min: -1, max: 3 }), on)
          .map(([comparison, number, validOn]) => ({
            filter: { [field]: { count: { [comparison]: number }, ...given(validOn) } },
            holds: (row: Row) => COMPARISONS[comparison]?.(way(row, validOn).length, number) === true,
          })),
      );
    }
  }
  // What stands first is what a failing example shrinks to.
  return fc.oneof(...choices);
}

describe.each([
  ["cities", "city", "city"],
  ["networks", "network", "network"],
  ["projects", "project", "project"],
] as const)("a filter of %s", (plural, typeName, table) => {
  it("finds the records for which it holds, and its not all others", async () => {
    const rows = tables.get(table) ?? [];
    const total = async (filter: object): Promise<number> => {
      const typed = `${typeName[0]?.toUpperCase() ?? ""}${typeName.slice(1)}Filter`;
      const data = await api.untypedData(`query ($f: ${typed}) { ${plural}(filter: $f) { totalCount } }`, {
        f: filter,
      });
      return data[plural].totalCount as number;
    };
    const property = fc.asyncProperty(conditionOn(typeName, 3, 4), async ({ filter, holds }) => {
      const expected = rows.filter(holds).length;
      expect(await total(filter)).toBe(expected);
      expect(await total({ not: filter })).toBe(rows.length - expected);
    });
    await fc.assert(property, { numRuns: 250 });
  });
});
