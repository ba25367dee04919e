// Operations of every kind, made at random from the schema: every root field, selections through every relation, filters nested up to the
// limits with every comparator, orders, totals, and introspection. The same seed gives the same operations.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isUnionType,
} = require("graphql");

const DAYS = ["2026-11-20", "2019-10-30", "2010-01-01"];
const TEXTS = ["syn", "city 1", "Synthetic City", "krakow", "qqq", "é", "a", "synthetic-city-1"];
const PAGE_SIZES = [1, 3, 10, 100];
/** What whole numbers may be, by the argument's name. */
const NUMBERS = {
  first: PAGE_SIZES,
  last: PAGE_SIZES,
  limit: [1, 10],
  depth: [1, 2, 3],
  maxLength: [3, 6],
  maxSharedBy: [10, 100],
};

export class Operations {
  /** @param known slugs by the names of types, and opaque ids, that lead to records */
  constructor(schema, random, known) {
    this.schema = schema;
    this.random = random;
    this.known = known;
    this.roots = Object.values(schema.getQueryType().getFields());
  }

  pick(items) {
    return items[Math.floor(this.random() * items.length)];
  }

  chance(share) {
    return this.random() < share;
  }

  /** One root field with its arguments and selection, so that it can stand several times in a document under aliases. */
  rootField(field = this.pick(this.roots)) {
    if (field.name === "node") return this.fieldText(field, 3);
    return this.fieldText(field, 2 + Math.floor(this.random() * 3));
  }

  /** @returns undefined where nothing can be selected within the depth */
  fieldText(field, depth) {
    const type = getNamedType(field.type);
    const args = this.argumentsText(field);
    if (isLeafType(type)) return `${field.name}${args}`;
    if (depth <= 0) return undefined;
    const selection = this.selectionText(type, depth - 1);
    return selection === undefined ? undefined : `${field.name}${args} { ${selection} }`;
  }

  selectionText(type, depth) {
    if (isUnionType(type)) return this.abstractText(this.schema.getPossibleTypes(type), depth);
    const fields = Object.values(type.getFields());
    if (type.name.endsWith("Connection")) return this.connectionText(type, depth);
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const others = fields.filter((field) => !isLeafType(getNamedType(field.type)));
    const chosen = [
      ...leaves.filter(() => this.chance(0.3)),
      ...(depth > 0 ? others.filter(() => this.chance(Math.min(0.5, 1.5 / others.length))) : []),
    ];
    const texts = chosen.map((field) => this.fieldText(field, depth)).filter((text) => text !== undefined);
    if (isInterfaceType(type) && depth > 0) {
      const abstract = this.abstractText(this.schema.getPossibleTypes(type), depth - 1);
      if (abstract !== undefined) texts.push(abstract);
    }
    return texts.length === 0 ? "__typename" : texts.join(" ");
  }

  abstractText(types, depth) {
    const type = this.pick(types);
    const inner = this.selectionText(type, depth);
    return inner === undefined ? "__typename" : `__typename ... on ${type.name} { ${inner} }`;
  }

  connectionText(type, depth) {
    const { nodes, edges } = type.getFields();
    const parts = [];
    if (this.chance(0.3)) parts.push("totalCount");
    if (this.chance(0.2)) parts.push("pageInfo { hasNextPage hasPreviousPage startCursor endCursor }");
    const inner = this.selectionText(getNamedType(nodes.type), depth);
    if (inner !== undefined && this.chance(0.7)) parts.push(`nodes { ${inner} }`);
    else if (inner !== undefined && this.chance(0.7)) {
      const columns = Object.values(getNamedType(edges.type).getFields())
        .filter((field) => isLeafType(getNamedType(field.type)))
        .map(({ name }) => name);
      parts.push(`edges { ${columns.join(" ")} node { ${inner} } }`);
    }
    return parts.length === 0 ? "totalCount" : parts.join(" ");
  }

  argumentsText(field) {
    const names = field.args.map(({ name }) => name);
    const given = field.args.flatMap((argument) => {
      const { name } = argument;
      const isSize = name === "first" && names.includes("first");
      if (!isNonNullType(argument.type) && !isSize && !this.chance(name === "filter" ? 0.6 : 0.3)) return [];
      if (["last", "before", "after"].includes(name)) return [];
      return [`${name}: ${this.valueText(argument.type, name, 4)}`];
    });
    return given.length === 0 ? "" : `(${given.join(", ")})`;
  }

  /** A value of an input type. */
  valueText(type, name, depth) {
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const isFilters = name === "and" || name === "or";
      const count = name === "in" && this.chance(0.2) ? 500 : 1 + Math.floor(this.random() * (isFilters ? 3 : 2));
      const items = Array.from({ length: count }, () => this.valueText(nullable.ofType, name, depth));
      return `[${[...new Set(items)].join(", ")}]`;
    }
    if (isEnumType(nullable)) return this.pick(nullable.getValues()).name;
    if (!isInputObjectType(nullable)) return this.scalarText(nullable.name, name);
    if (nullable.name.endsWith("Ref")) return this.referenceText(nullable);
    return this.inputText(nullable, depth);
  }

  inputText(type, depth) {
    const fields = Object.values(type.getFields());
    const required = fields.filter((field) => isNonNullType(field.type));
    if (required.length > 0) {
      const from = type.getFields().from === undefined ? [] : [type.getFields().from];
      return this.fieldsText([...required, ...from], depth);
    }
    const isLogic = ({ name }) => ["and", "or", "not"].includes(name);
    const isLeaf = (field) => {
      const named = getNamedType(field.type);
      return !isInputObjectType(named) || named.name.endsWith("Comparator") || named.name === "NearInput";
    };
    const usable = fields.filter((field) => depth > 0 || (isLeaf(field) && !isLogic(field)));
    if (usable.length === 0) return "{}";
    const logic = usable.filter(isLogic);
    const related = usable.filter((field) => !isLogic(field) && !isLeaf(field));
    const plain = usable.filter((field) => !isLogic(field) && isLeaf(field));
    const groups = [logic, related, related, plain].filter((group) => group.length > 0);
    const chosen = new Set(
      Array.from({ length: 1 + Math.floor(this.random() * 2) }, () => this.pick(this.pick(groups))),
    );
    return this.fieldsText([...chosen], depth);
  }

  fieldsText(fields, depth) {
    return `{ ${fields.map(({ name, type }) => `${name}: ${this.valueText(type, name, depth - 1)}`).join(", ")} }`;
  }

  referenceText(type) {
    const fields = Object.keys(type.getFields());
    const of = type.name.slice(0, -"Ref".length);
    const member = ["city", "network", "organization"].find((name) => fields.includes(name));
    if (fields.includes("slug")) return `{ slug: "${this.pick([...(this.known.slugs[of] ?? []), "none"])}" }`;
    if (member !== undefined) {
      const union = this.pick(["city", "city", "network", "organization"]);
      const name = `${union[0].toUpperCase()}${union.slice(1)}`;
      return `{ ${union}: "${this.pick([...this.known.slugs[name], "none"])}" }`;
    }
    return `{ id: "${this.pick(this.known.ids)}" }`;
  }

  scalarText(type, name) {
    switch (type) {
      case "Int":
        return String(this.pick(NUMBERS[name] ?? [0, 1, 2, 30, 2019]));
      case "Float":
        return name === "withinKm" ? String(this.pick([1, 500, 30_000])) : String(Math.round(this.random() * 160 - 80));
      case "Boolean":
        return String(this.chance(0.5));
      case "ID":
        return `"${this.pick(this.known.ids)}"`;
      case "Date":
        return `"${this.pick(DAYS)}"`;
      case "PartialDate":
        return `"${this.pick(["2019", "2015-06", "2020-01-01"])}"`;
      case "DateTime":
        return `"2026-01-01T00:00:00Z"`;
      case "CountryCode":
        return `"${this.pick(["PL", "FR", "JP"])}"`;
      case "URL":
        return `"https://example.org/"`;
      default:
        return JSON.stringify(name === "in" ? `synthetic-city-${Math.floor(this.random() * 1e6)}` : this.pick(TEXTS));
    }
  }
}

/** What is asked on purpose: what an attacker would try, each as a root field. */
export function worstFields(schema, known) {
  const far = "{ latitude: -80, longitude: 10, withinKm: 1 }";
  const chain = (filter, last, depth) => {
    let inner = last;
    for (let i = depth - 1; i >= 0; i -= 1) {
      inner = `{ or: [{ ${filter[i % filter.length]}: { some: ${inner} } }, { slug: { eq: "zq" } }] }`;
    }
    return inner;
  };
  const texts = [];
  for (const depth of [1, 2, 3, 4]) {
    for (const way of [
      ["networks", "members"],
      ["projects", "cities"],
      ["practices", "cities"],
    ]) {
      const last = depth % 2 === 0 ? `{ near: ${far} }` : `{ slug: { contains: "qq" } }`;
      texts.push(`cities(first: 1, filter: ${chain(way, last, depth)}) { totalCount }`);
      texts.push(`cities(first: 1, filter: { not: ${chain(way, last, depth)} }) { nodes { slug } totalCount }`);
    }
  }
  for (const condition of [
    'name: { matches: "qq" }',
    'name: { contains: "qq" }',
    `near: ${far}`,
    'memberSince: { gt: "2999" }',
    'nextReportDue: { gt: "2999-01-01" }',
    "reportDueWithin: 5",
    'memberOn: "1990-01-01"',
    "networks: { count: { gt: 100 } }",
    "projects: { count: { gt: 10000 } }",
    'projects: { none: { title: { contains: "Synthetic" } } }',
    'networks: { some: { name: { matches: "qq" } } }',
    "projects: { some: { goals: { none: { number: { gt: 0 } } } } }",
    "projects: { some: { cities: { count: { gt: 100000 } } } }",
    'country: { cities: { some: { name: { matches: "qq" } } } }',
    "projects: { some: { cities: { some: { projects: { some: { cities: { count: { gt: 100000 } } } } } } } }",
  ]) {
    texts.push(`cities(first: 100, filter: { ${condition} }) { nodes { slug } }`);
    texts.push(`cities(filter: { ${condition} }) { totalCount }`);
    texts.push(`cityStatistics(groupBy: [COUNTRY], filter: { ${condition} }) { count }`);
    texts.push(`membershipTimeline(filter: { ${condition} }) { year members }`);
    texts.push(
      `networks(first: 100) { nodes { members(first: 100, filter: { ${condition} }) { totalCount nodes { slug } } } }`,
    );
    texts.push(`countries { cities(first: 1, filter: { ${condition} }) { totalCount nodes { slug } } }`);
  }
  // What the planner takes for next to nothing is everything.
  const everywhere = `{ near: { latitude: 0, longitude: 0, withinKm: 30000 } }`;
  const all = Array.from({ length: 8 }, () => everywhere).join(", ");
  texts.push(`cities(filter: { and: [${all}, { projects: { none: { title: { matches: "qq" } } } }] }) { totalCount }`);
  texts.push(`cities(filter: { and: [${all}, { networks: { none: { name: { matches: "qq" } } } }] }) { totalCount }`);
  texts.push(`organizations(filter: { city: { and: [${all}] } }) { totalCount }`);
  for (const [plural, fields] of [
    ["cities", ["NAME", "POPULATION", "MEMBER_SINCE", "NEXT_REPORT_DUE", "REPORTING_STATUS"]],
    ["projects", ["TITLE", "STATUS", "STARTS_ON"]],
    ["projectParticipations", ["SINCE", "ROLE", "STATUS"]],
  ]) {
    for (const field of fields) {
      texts.push(`${plural}(first: 100, orderBy: [{ field: ${field} }]) { nodes { id } }`);
      texts.push(
        `${plural}(first: 1, orderBy: [{ field: ${field}, nulls: FIRST, direction: DESC }, { field: ${fields[0]} }]) { nodes { id } }`,
      );
    }
  }
  texts.push(
    "cities(first: 100, orderBy: [{ field: DISTANCE, from: { latitude: 1, longitude: 1 } }]) { nodes { slug } }",
  );
  texts.push('search(query: "synthetic city", first: 100) { nodes { id } }');
  texts.push('search(query: "synthetic", first: 100) { totalCount nodes { id } }');
  texts.push('search(query: "s", first: 100) { edges { score } }');
  const [from, to] = known.slugs.City;
  texts.push(
    `collaborationPaths(from: { city: "${from}" }, to: { city: "${to}" }, limit: 10, maxSharedBy: 100) { length sentences }`,
  );
  texts.push(
    `collaborationNeighborhood(of: { city: "${from}" }, depth: 3, limit: 500, maxSharedBy: 100) { nodes { __typename } links { strength } }`,
  );
  texts.push(
    `collaborationNeighborhood(of: { network: "uccn" }, depth: 3, limit: 500, maxSharedBy: 100) { links { evidence(first: 5) { nodes { id } } } }`,
  );
  texts.push("collaborationGraph(limit: 2000) { nodes { __typename } links { strength } }");
  texts.push("collaborationGraph(limit: 10, filter: { minStrength: 0.3 }) { nodes { __typename } }");
  texts.push("cities(first: 100) { nodes { collaborators(first: 1) { totalCount } } }");
  texts.push("networks(first: 100) { nodes { collaborators(first: 100) { edges { strength kinds } } } }");
  texts.push("cities(first: 20) { nodes { suggestedPartners(first: 1) { score } } }");
  texts.push("cities(first: 100) { nodes { projects(first: 100) { nodes { slug title } } } }");
  texts.push("networks(first: 100) { nodes { members(first: 100) { nodes { slug country { code } } } } }");
  texts.push(
    "countries { cities(first: 100) { edges { cursor node { id name revision memberSince nextReportDue } } } }",
  );
  texts.push("projects(first: 100) { nodes { cities(first: 100) { edges { role node { slug } } } } }");
  for (const dimension of schema.getType("CityDimension").getValues()) {
    texts.push(`cityStatistics(groupBy: [${dimension.name}]) { count keys { key label } }`);
    texts.push(
      `cityStatistics(groupBy: [${dimension.name}, ${dimension.name === "KIND" ? "COUNTRY" : "KIND"}], severalValues: EACH) { count }`,
    );
  }
  for (const dimension of schema.getType("ProjectDimension").getValues()) {
    texts.push(`projectStatistics(groupBy: [${dimension.name}]) { count keys { key label } }`);
  }
  for (const dimension of schema.getType("CoverageDimension").getValues()) {
    texts.push(`coverage(groupBy: ${dimension.name}) { value projectCount }`);
  }
  texts.push("membershipTimeline { year members byField { members field { slug } } }");
  texts.push("reportStatistics { due byYear { year due } }");
  texts.push("networkStatistics { memberCount projectCount network { slug } }");
  texts.push(
    'networkOverlaps(filter: { slug: { startsWith: "synthetic-network-1" } }) { shared thisSide { network { slug } } }',
  );
  texts.push('networkOverlaps(filter: { slug: { eq: "uccn" } }) { shared }');
  const overlap = 'network(by: { slug: "synthetic-network-1" }) { overlap(with: { slug: "uccn" })';
  texts.push(`${overlap} { jaccard } }`);
  texts.push(
    `${overlap} { shared(first: 100) { totalCount nodes { slug } } onlyOther(first: 1) { nodes { slug } } } }`,
  );
  texts.push("__schema { types { name fields { name args { name } type { name ofType { name } } } } }");
  texts.push(`__schema { types { fields { type { fields { args { type { name kind } } } } } } }`);
  texts.push(`__type(name: "Query") { fields { args { type { name inputFields { name } } } } }`);
  return texts;
}
