// What operations cost, told from plain sizes: nothing is read for it.
import "reflect-metadata";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getIntrospectionQuery, isInterfaceType, isObjectType, parse, type OperationDefinitionNode } from "graphql";
import { catalogue } from "../../../src/catalogue";
import type { Sizes } from "../../../src/database/read/sizes";
import { measureOperation } from "../../../src/graph/operation-cost";
import { declaredCost, type FieldCost } from "../../../src/graph/prices/field-cost";
import { recordTypesOf } from "../../../src/graph/prices/costs";
import { schemaOf } from "../../../src/graph/schema";

const schema = schemaOf(catalogue);

/** A database with so many cities, each in one network, and with ten projects. */
function sizesOf(cities: number): Sizes {
  const size = (rows: number, most: Record<string, number> = {}): Sizes[string] => ({ rows, bytes: {}, most });
  return {
    city: { rows: cities, bytes: { name: 20 }, most: { countryId: cities / 10 } },
    country: size(100),
    network: size(50),
    network_member: size(cities, { cityId: 5, networkId: cities }),
    project: size(cities),
    project_participation: size(10 * cities, { partnerId: 500, projectId: 100 }),
  };
}

function costOf(query: string, sizes = sizesOf(20_000), variables = {}): number {
  const document = parse(query);
  const [operation] = document.definitions;
  const costs = { catalogue, records: recordTypesOf(schema), sizes };
  return measureOperation(schema, document, operation as OperationDefinitionNode, variables, costs).cost;
}

const totalOf = (filter: string): string => `{ cities(filter: ${filter}) { totalCount } }`;

describe("the example of docs/limits.md", () => {
  const example = `{ cities(first: 50, filter: { name: { matches: "krak" } }) { totalCount nodes { slug country { code } } } }`;

  it("stands there, and costs what is said", () => {
    const limits = readFileSync(join(__dirname, "..", "..", "..", "docs", "limits.md"), "utf8");
    expect(limits).toContain(example);
    const page = 60 + 0.3 + 20_000 * (0.94 + 0.0015 * 0 + 0.03 + 0.08);
    const total = 60 + 0.3 + 20_000 * (0.94 + 0.03 + 0.03);
    const answer = 1 + 0.3 + 50 * (4.5 + 0.3) + 60 + 50 * (4.5 + 0.3);
    expect(costOf(example)).toBeCloseTo(page + total + answer, 3);
    expect(limits).toContain(`= ${Math.round(page + total + answer).toLocaleString("en")}`);
  });
});

describe("a filter", () => {
  it("costs as much as there are rows to ask", () => {
    const query = totalOf(`{ name: { matches: "krak" } }`);
    expect(costOf(query, sizesOf(20_000)) / costOf(query, sizesOf(2_000))).toBeGreaterThan(9);
  });

  it("costs a walk more for each relation, wherever it stands", () => {
    const some = (relation: string, inner: string): string => `{ ${relation}: { some: ${inner} } }`;
    const far = "{ near: { latitude: -80, longitude: 10, withinKm: 1 } }";
    const [two, four] = [2, 4].map((depth) => {
      let filter = far;
      for (let i = depth - 1; i >= 0; i -= 1) filter = some(i % 2 === 0 ? "networks" : "members", filter);
      return filter;
    }) as [string, string];
    expect(costOf(totalOf(four)) - costOf(totalOf(two))).toBeGreaterThan(20_000);
    for (const wrapped of [
      `{ or: [${four}] }`,
      `{ not: ${four} }`,
      `{ and: [{ or: [${four}] }] }`,
      `{ or: ${four} }`,
    ]) {
      expect(costOf(totalOf(wrapped))).toBeCloseTo(costOf(totalOf(four)), 3);
    }
  });

  it("costs the same as a variable", () => {
    const filter = { projects: { some: { title: { matches: "krak" } } } };
    const query = "query ($f: CityFilter) { cities(filter: $f) { totalCount } }";
    expect(costOf(query, undefined, { f: filter })).toBe(
      costOf(totalOf(`{ projects: { some: { title: { matches: "krak" } } } }`)),
    );
  });

  it.each(["null", "3", `{ none: 1 }`, `{ networks: 7 }`, `{ networks: { some: [] } }`, `{ name: null }`])(
    "that is none is left to be refused: %s",
    (filter) => {
      expect(costOf(totalOf(filter))).toBeLessThan(100_000);
    },
  );
});

describe("a list", () => {
  it("costs its page, its total and its order, each where it is asked for", () => {
    const filter = `filter: { name: { matches: "krak" } }`;
    const page = costOf(`{ cities(${filter}) { nodes { slug } } }`);
    expect(costOf(`{ cities(${filter}) { nodes { slug } totalCount } }`)).toBeGreaterThan(1.9 * page);
    expect(costOf(`{ cities(first: 1) { nodes { slug } } }`)).toBeLessThan(100);
    const byDistance = `orderBy: [{ field: DISTANCE, from: { latitude: 1, longitude: 1 } }]`;
    expect(costOf(`{ cities(first: 1, ${byDistance}) { nodes { slug } } }`)).toBeGreaterThan(15_000);
  });

  it("holds no more than there is", () => {
    const query = "{ countries { cities(first: 100) { nodes { slug } } } }";
    expect(costOf(query, sizesOf(100))).toBeLessThan(costOf(query, sizesOf(20_000)) / 5);
  });

  it("of each of many records looks at no more rows than there are", () => {
    const query = (first: number): string =>
      `{ networks(first: ${first}) { nodes { members(first: 1, filter: { population: { gt: 5 } }) { totalCount } } } }`;
    expect(costOf(query(50)) / costOf(query(1))).toBeLessThan(1.1);
  });
});

describe("one object of an unknown type", () => {
  const city = "... on City { projects(first: 100) { totalCount nodes { title } } }";
  const network = "... on Network { projects(first: 100) { totalCount nodes { title } } }";

  it("costs what the dearest of its types does, and many of them what all types do", () => {
    const one = (inner: string): number => costOf(`{ node(id: "a") { ${inner} } }`);
    expect(one(`${city} ${network}`)).toBeCloseTo(Math.max(one(city), one(network)), 3);
    expect(one(`${city} ... on Record { ... on City { slug } }`)).toBeGreaterThan(one(city));
    const many = (inner: string): number => costOf(`{ nodes(ids: ["a", "b"]) { ${inner} } }`);
    expect(many(`${city} ${network}`)).toBeGreaterThan(1.5 * many(city));
  });
});

describe("what is declared of a field", () => {
  const costAt = (type: string, field: string): FieldCost => {
    const declared = schema.getType(type);
    if (!isObjectType(declared) && !isInterfaceType(declared)) throw new Error(`${type} has no fields`);
    const found = declared.getFields()[field];
    if (found === undefined) throw new Error(`${type} has no field ${field}`);
    return declaredCost(found);
  };

  it("stands in the built schema, for fields that are written by hand and for those that are made", () => {
    expect(costAt("Query", "search").listSize).toBe("page");
    expect(costAt("TimelinePoint", "byField")).toEqual({ listSize: 10 });
    expect(costAt("City", "externalIds").price).toBeInstanceOf(Function);
    expect(costAt("City", "slug")).toEqual({});
  });

  it("stands on the types that have the field from an interface, or from the class above theirs", () => {
    expect(costAt("City", "history")).toEqual(costAt("Record", "history"));
    expect(costAt("CollaborationLink", "evidence")).toEqual({ listSize: "page" });
    expect(costAt("CollaboratorEdge", "evidence")).toEqual({ listSize: "page" });
  });
});

describe("what costs by itself", () => {
  it("costs it under each alias", () => {
    const one = `collaborationNeighborhood(of: { city: "a" }) { truncated }`;
    const many = Array.from({ length: 40 }, (_, i) => `a${i}: ${one}`).join(" ");
    expect(costOf(`{ ${many} }`)).toBeCloseTo(40 * costOf(`{ ${one} }`), 3);
    expect(costOf(`{ ${many} }`)).toBeGreaterThan(200_000);
  });

  it("is little for an introspection of little, and much for one of all", () => {
    expect(costOf("{ __schema { queryType { name } } }")).toBeLessThan(10);
    expect(costOf(`{ __type(name: "City") { name } }`)).toBeLessThan(10);
    expect(costOf(`{ __type(name: "Nobody") { name } }`)).toBeLessThan(10);
    expect(costOf(getIntrospectionQuery())).toBeGreaterThan(5_000);
    const round = (inner: string): string => `{ __schema { types { fields { type { ofType { ${inner} } } } } } }`;
    expect(costOf(round("fields { name }"))).toBeGreaterThan(1.3 * costOf(round("name")));
  });

  it("is counted in no time for fragments that spread each other at sizes that differ", () => {
    const level = (i: number): string =>
      `fragment f${i} on City { country { cities(first: 2) { nodes { ...f${i + 1} } } } b: country { cities(first: 3) { nodes { ...f${i + 1} } } } }`;
    const levels = Array.from({ length: 9 }, (_, i) => level(i)).join(" ");
    const begun = performance.now();
    expect(costOf(`{ cities { nodes { ...f0 } } } ${levels} fragment f9 on City { id }`)).toBeGreaterThan(200_000);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
