// Links of named cities, counted by hand from the dataset's files.
import "reflect-metadata";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResultOf, VariablesOf } from "@graphql-typed-document-node/core";
import { parse } from "csv-parse/sync";
import { DATA_FOLDER } from "../../../src/installation";
import { startApi, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";

let api: TestApi;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

type Row = Record<string, string>;
const projects = parse<Row>(readFileSync(join(DATA_FOLDER, "projects.csv")), { columns: true });

function citiesOf(project: Row): string[] {
  const named = [project.lead_city_slug, ...(project.participating_city_slugs ?? "").split(";")];
  return [...new Set(named.map((slug) => slug?.trim() ?? ""))].filter((slug) => slug !== "");
}

interface Adding {
  slug: string;
  weight: number;
}

/** What adds most comes first; of those that add as much, ids decide in an answer, and every load makes others. */
const inOrder = (things: readonly Adding[]): Adding[] =>
  [...things].sort((x, y) => y.weight - x.weight || x.slug.localeCompare(y.slug));

/** The projects of the file that both took part in, with what each adds. */
function sharedProjects(a: string, b: string): Adding[] {
  return inOrder(
    projects
      .map((project) => ({ slug: project.slug ?? "", cities: citiesOf(project) }))
      .filter(({ cities }) => cities.includes(a) && cities.includes(b))
      .map(({ slug, cities }) => ({ slug, weight: 1 / (cities.length - 1) })),
  );
}

const LINKS = gql(`query ($slug: String!) { city(by: { slug: $slug }) { collaborators(first: 100) { edges {
  node { ... on City { slug } }
  source { ... on City { slug } } target { ... on City { slug } } kinds strength since
  evidence(first: 20) { totalCount edges { kind weight since until node { ... on Project { slug } ... on Meeting { title } } } }
} } } }`);
type Link = NonNullable<ResultOf<typeof LINKS>["city"]>["collaborators"]["edges"][number];

/** Of what may be of several types, some of which were not asked for it. */
const slugOf = (node: object): string => ("slug" in node ? String(node.slug) : "");

async function linkOf(from: string, to: string): Promise<Link> {
  const { city } = await api.data(LINKS, { slug: from });
  const link = city?.collaborators.edges.find(({ node }) => slugOf(node) === to);
  if (link === undefined) throw new Error(`${from} and ${to} have no link`);
  return link;
}

it("links Krakow and Heidelberg by six projects, those of few cities first", async () => {
  const link = await linkOf("krakow", "heidelberg");
  const expected = sharedProjects("krakow", "heidelberg");
  expect(expected.map(({ slug }) => slug)).toEqual([
    "drop-the-mic-1",
    "drop-the-mic-2",
    "lit-residencies",
    "world-poetry-day-2018",
    "lit-meeting-2018",
    "world-poetry-day-2021",
  ]);
  const evidence = link.evidence.edges.map(({ node, weight }) => ({ slug: slugOf(node), weight }));
  expect(evidence.map(({ weight }) => weight)).toEqual(expected.map(({ weight }) => weight));
  expect(inOrder(evidence)).toEqual(expected);
  expect(link).toMatchObject({
    kinds: ["PROJECT"],
    since: "2016-01-01",
    source: { slug: "krakow" },
    target: { slug: "heidelberg" },
  });
  expect(link.strength).toBeCloseTo(
    expected.reduce((sum, { weight }) => sum + weight, 0),
    8,
  );
  // Four cities from 2016 to the end of 2017; nobody knows when the residencies began.
  expect(link.evidence.edges[0]).toMatchObject({ weight: 1 / 3, since: "2016-01-01", until: "2018-01-01" });
  expect(link.evidence.edges[2]).toMatchObject({ weight: 1 / 8, since: null, until: null });
});

it("links Krakow and Katowice by the meeting that they hosted together", async () => {
  expect(await linkOf("krakow", "katowice")).toMatchObject({
    kinds: ["MEETING"],
    strength: 1,
    since: "2018-06-12",
    evidence: { totalCount: 1, edges: [{ kind: "MEETING", weight: 1, since: "2018-06-12", until: "2018-06-16" }] },
  });
});

it("links nobody by membership of the Creative Cities Network, and members of a network of hundreds but weakly", async () => {
  const data = await api.data(
    gql(`{
    home: network(by: { slug: "uccn" }) { collaborators(first: 1) { totalCount } }
    learning: network(by: { slug: "gnlc" }) { statedMemberCount members(first: 1) { totalCount }
      collaborators(first: 100, filter: { kinds: [NETWORK] }) { totalCount edges { strength kinds } } }
  }`),
  );
  expect(data.home?.collaborators.totalCount).toBe(0);
  const { statedMemberCount, members, collaborators } = data.learning!;
  expect(collaborators.totalCount).toBe(members.totalCount);
  expect(new Set(collaborators.edges.map(({ strength }) => strength))).toEqual(
    new Set([Math.round(1e9 / statedMemberCount!) / 1e9]),
  );
});

it("leads from Krakow to Nagoya, which share nothing, over Kobe", async () => {
  expect(sharedProjects("krakow", "nagoya")).toEqual([]);
  const { collaborationPaths: paths } = await api.data(
    gql(`{ collaborationPaths(from: { city: "krakow" }, to: { city: "nagoya" }, limit: 1) {
      length nodes { ... on City { slug } } sentences
      links { source { ... on City { slug } } target { ... on City { slug } } kinds strength since
        evidence(first: 20) { totalCount edges { kind weight since until node { ... on Project { slug } ... on Meeting { title } } } } }
    } }`),
  );
  expect(paths).toMatchObject([
    {
      length: 2,
      nodes: [{ slug: "krakow" }, { slug: "kobe" }, { slug: "nagoya" }],
      sentences: [
        "Krakow and Kobe took part in the project “Mapping creativity driven cities: 12 good practices”.",
        "Kobe and Nagoya took part in the project “CODE Poster Competition 2010”.",
      ],
    },
  ]);
});

it("has no path between cities that nothing connects, nor from a city to itself, nor to one that is not there", async () => {
  const data = await api.data(
    gql(`{
    apart: collaborationPaths(from: { city: "krakow" }, to: { city: "york" }) { length }
    self: collaborationPaths(from: { city: "krakow" }, to: { city: "krakow" }) { length }
  }`),
  );
  expect(data).toEqual({ apart: [], self: [] });
  const { errors } = await api.askUntyped(
    `{ collaborationPaths(from: { city: "krakow" }, to: { city: "atlantis" }) { length } }`,
  );
  expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", reason: "NO_SUCH_PARTNER" });
});

it("asks on a day: City to City of 2020 was over in 2021, and had not begun in 2019", async () => {
  const count = async (day: string): Promise<number> => {
    const data = await api.data(
      gql(
        `query ($day: Date) { city(by: { slug: "york" }) { collaborators(first: 1, filter: { validOn: $day }) { totalCount } } }`,
      ),
      { day },
    );
    return data.city!.collaborators.totalCount;
  };
  const sharers = (slug: string): string[] => citiesOf(projects.find((project) => project.slug === slug) as Row);
  expect(await count("2019-12-31")).toBe(0);
  expect(await count("2020-07-01")).toBe(sharers("city-to-city-2020").length - 1);
  const of2021 = new Set(
    projects.filter((p) => citiesOf(p).includes("york") && p.start_year === "2021").flatMap(citiesOf),
  );
  expect(await count("2021-07-01")).toBe(of2021.size - 1);
});

it("pages collaborators both ways, each once, the strongest first", async () => {
  const PAGE = gql(`query ($first: Int, $after: String, $last: Int, $before: String) { city(by: { slug: "krakow" }) {
    collaborators(first: $first, after: $after, last: $last, before: $before) { totalCount
      edges { cursor strength node { __typename ... on City { slug } ... on Network { slug } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`);
  type Page = NonNullable<ResultOf<typeof PAGE>["city"]>["collaborators"];
  const page = async (variables: VariablesOf<typeof PAGE>): Promise<Page> =>
    (await api.data(PAGE, variables)).city!.collaborators;
  const slugsOf = ({ edges }: Page): string[] => edges.map(({ node }) => slugOf(node));
  const all = await page({ first: 100 });
  const slugs = slugsOf(all);
  expect(new Set(slugs).size).toBe(all.totalCount);
  const strengths = all.edges.map(({ strength }) => strength);
  expect([...strengths].sort((a, b) => b - a)).toEqual(strengths);

  const forward: string[] = [];
  let after: string | null = null;
  do {
    const next: Page = await page({ first: 7, after });
    forward.push(...slugsOf(next));
    expect(next.pageInfo.hasPreviousPage).toBe(after !== null);
    after = next.pageInfo.hasNextPage ? next.pageInfo.endCursor : null;
  } while (after !== null);
  expect(forward).toEqual(slugs);

  const previous = await page({ last: 5, before: all.edges[12]!.cursor });
  expect(slugsOf(previous)).toEqual(slugs.slice(7, 12));
  expect(previous.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
});
