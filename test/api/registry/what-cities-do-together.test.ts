// What the real dataset says of meetings, projects and collections, and the names that it keeps in French.
import { startApi, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it("knows the meeting where LAB.2030 began, and its hosts", async () => {
  const data = await api.data(
    gql(`{ practiceCollection(by: { slug: "lab-2030" }) {
    publishedAt { title year startsOn hosts { slug } collectionsLaunched { slug } }
  } }`),
  );
  expect(data.practiceCollection?.publishedAt).toEqual({
    title: "XII Annual Meeting, Krakow; Katowice, 2018",
    year: 2018,
    startsOn: "2018-06-12",
    hosts: expect.arrayContaining([{ slug: "krakow" }, { slug: "katowice" }]) as unknown,
    collectionsLaunched: [{ slug: "lab-2030" }],
  });
});

it("shows the projects of Krakow with their other cities", async () => {
  const data = await api.data(
    gql(`{ city(by: { slug: "krakow" }) {
    projects(first: 100, orderBy: [{ field: TITLE }]) {
      totalCount
      edges { role status since node { slug leadCity { slug } cities(first: 100) { nodes { slug } } } }
    }
  } }`),
  );
  expect(data.city?.projects.totalCount).toBe(8);
  const dropTheMic = data.city?.projects.edges.find((edge) => edge.node.slug === "drop-the-mic-2");
  expect(dropTheMic).toMatchObject({ role: "PARTNER", status: "ACCEPTED", since: "2018" });
  expect(dropTheMic?.node.leadCity).toEqual({ slug: "reykjavik" });
  expect(dropTheMic?.node.cities.nodes.map((city) => city.slug).sort()).toEqual([
    "heidelberg",
    "krakow",
    "lillehammer",
    "reykjavik",
    "tartu",
  ]);
});

it("finds all cities that took part in a project of Goal 11", async () => {
  const data = await api.data(
    gql(`{
    cities(filter: { projects: { some: { goals: { some: { number: { eq: 11 } } } } } }, first: 100) { nodes { slug } }
    projects(filter: { goals: { some: { number: { eq: 11 } } } }, first: 100) { nodes { cities(first: 100) { nodes { slug } } } }
  }`),
  );
  const bySteps = new Set(data.projects.nodes.flatMap((project) => project.cities.nodes.map((city) => city.slug)));
  expect(data.cities.nodes.map((city) => city.slug).sort()).toEqual([...bySteps].sort());
  expect(bySteps.size).toBe(15);
});

it("lists the Annual Meetings by year with their hosts", async () => {
  const data = await api.data(
    gql(`{ meetings(first: 100, orderBy: [{ field: YEAR }, { field: NUMBER }]) {
    totalCount nodes { number year title country { code } hosts { slug } }
  } }`),
  );
  expect(data.meetings.totalCount).toBe(19);
  expect(data.meetings.nodes[0]).toEqual({
    number: 1,
    year: 2008,
    title: "I Annual Meeting, Paris (UNESCO Headquarters), 2008",
    country: { code: "FR" },
    hosts: [],
  });
  expect(data.meetings.nodes.at(-1)).toMatchObject({ number: 18, year: 2026, hosts: [{ slug: "essaouira" }] });
  expect(data.meetings.nodes.filter((meeting) => meeting.number === null)).toHaveLength(1);
});

it("asks of lists of words", async () => {
  const data = await api.data(
    gql(`{
    has: projects(filter: { areasOfAction: { has: PILOT_PARTNERSHIPS } }, first: 1) { totalCount }
    any: projects(filter: { areasOfAction: { hasAny: [PILOT_PARTNERSHIPS, EXCHANGE_PROGRAMMES] } }, first: 1) { totalCount }
    all: projects(filter: { areasOfAction: { hasAll: [PILOT_PARTNERSHIPS, EXCHANGE_PROGRAMMES] } }, first: 1) { totalCount }
    none: projects(filter: { areasOfAction: { isEmpty: true } }, first: 1) { totalCount }
    themes: projects(filter: { themes: { has: "urban regeneration" } }, first: 10) { nodes { themes } }
  }`),
  );
  expect([data.has, data.any, data.all, data.none].map((list) => list.totalCount)).toEqual([10, 20, 0, 0]);
  expect(data.themes.nodes).toHaveLength(1);
  expect(data.themes.nodes[0]?.themes).toHaveLength(6);
});

it("asks of partners by their type", async () => {
  const data = await api.data(
    gql(`{
    cities: projectParticipations(filter: { partner: { city: { slug: { eq: "krakow" } } } }, first: 100) {
      totalCount nodes { partner { __typename ... on City { slug } } }
    }
    networks: projectParticipations(filter: { partner: { network: {} } }, first: 1) { totalCount }
  }`),
  );
  expect(data.cities.totalCount).toBe(8);
  expect(data.cities.nodes[0]?.partner).toEqual({ __typename: "City", slug: "krakow" });
  expect(data.networks.totalCount).toBe(0);
});

it("names countries, fields and goals in French", async () => {
  const data = await api.data(
    gql(`{
    country(code: "PL") { name(language: FR) }
    creativeField(by: { slug: "crafts-and-folk-art" }) { name(language: FR) }
    goals(filter: { number: { eq: 11 } }) { title fr: title(language: FR) }
  }`),
  );
  expect(data).toEqual({
    country: { name: "Pologne" },
    creativeField: { name: "Artisanat et arts populaires" },
    goals: [{ title: "Sustainable Cities and Communities", fr: "Villes et communautés durables" }],
  });
});
