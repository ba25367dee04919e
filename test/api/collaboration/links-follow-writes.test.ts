// What is written is in the links of the request that carries its revision, and of the mutation's own answer.
import "reflect-metadata";
import { readRevision } from "../../../src/database/read/revision";
import { Actor } from "../../support/actors";
import { dataOf, postDocument, startApi, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { bearing, makeCity, makeKey } from "../../support/keys";

let api: TestApi;
let token: string;
let secretariat: Actor;
beforeAll(async () => {
  api = await startApi();
  token = await makeKey(api.database, "SECRETARIAT");
  secretariat = new Actor(api, token);
  for (const slug of ["one", "two", "three", "four"]) await makeCity(api.database, slug);
  // The graph is in memory before anything is written.
  expect(await partnersOf("one", "0")).toEqual([]);
});
afterAll(() => api.close());

/** Of the newest write. */
const newest = async (): Promise<string> => (await readRevision(api.database)).revision;

const PARTNERS = gql(`query ($slug: String!) { city(by: { slug: $slug }) {
  collaborators(first: 100) { nodes { ... on City { slug } ... on Network { slug } } }
} }`);

/** @param revision what the request carries; left out, the newest write's */
async function partnersOf(slug: string, revision?: string): Promise<string[]> {
  const headers = { ...bearing(token), "x-min-revision": revision ?? (await newest()) };
  const { city } = dataOf(await postDocument(api.url, PARTNERS, headers, { slug }));
  return city!.collaborators.nodes.map((node) => ("slug" in node ? node.slug : "an organization"));
}

/** @returns the id of the city's part */
async function takePart(project: string, city: string): Promise<string> {
  const id = await invite(project, city);
  await secretariat.does("acceptInvitation", { by: { id } }, "projectParticipation { id }");
  return id;
}

async function invite(project: string, city: string): Promise<string> {
  const { projectParticipation } = await secretariat.does(
    "inviteToProject",
    { by: { slug: project }, partner: { city } },
    "projectParticipation { id }",
  );
  return projectParticipation.id;
}

async function propose(slug: string): Promise<void> {
  await secretariat.does("createProject", { slug, title: slug }, "project { id }");
}

it("links those who accept, and no longer those who leave, nor those who were only asked or declined", async () => {
  await propose("shared");
  await takePart("shared", "one");
  const two = await takePart("shared", "two");
  expect(await partnersOf("one")).toEqual(["two"]);

  const asked = await invite("shared", "three");
  expect(await partnersOf("one")).toEqual(["two"]);
  await secretariat.does("declineInvitation", { by: { id: asked } }, "projectParticipation { id }");
  expect(await partnersOf("three")).toEqual([]);

  await secretariat.does("leaveProject", { by: { id: two } }, "projectParticipation { id }");
  expect(await partnersOf("one")).toEqual([]);
});

it("takes a cancelled project's links away, in the answer of the mutation too, and gives them back when it is reopened", async () => {
  await propose("doubtful");
  await takePart("doubtful", "one");
  await takePart("doubtful", "three");
  expect(await partnersOf("three")).toEqual(["one"]);
  const by = { slug: "doubtful" };
  const cancelled = await secretariat.does(
    "cancelProject",
    { by },
    "project { cities(first: 5) { nodes { slug collaborators(first: 5) { totalCount } } } }",
  );
  expect(cancelled.project.cities.nodes.map(({ collaborators }) => collaborators.totalCount)).toEqual([0, 0]);
  expect(await partnersOf("three")).toEqual([]);
  const reopened = await secretariat.does(
    "reopenProject",
    { by },
    "project { cities(first: 5) { nodes { slug collaborators(first: 5) { totalCount } } } }",
  );
  expect(reopened.project.cities.nodes.map(({ collaborators }) => collaborators.totalCount)).toEqual([1, 1]);
  const deleted = await secretariat.sees(
    gql(`mutation ($by: RecordRef!) { deleteProject(input: { by: $by }) { userErrors { message } } }`),
    { by },
  );
  expect(deleted.deleteProject.userErrors).toEqual([]);
});

it("links members of a network and the network while they are members", async () => {
  const small = { slug: "small", name: "Small", membersComplete: true, namedInMission: false };
  await secretariat.does("createNetwork", { ...small, kind: "CITY_NETWORK" }, "network { id }");
  const join = async (city: string): Promise<{ id: string }> => {
    const { networkMembership } = await secretariat.does(
      "createNetworkMembership",
      { network: { slug: "small" }, city: { slug: city }, role: "MEMBER", since: "2020" },
      "networkMembership { id }",
    );
    return networkMembership;
  };
  const first = await join("one");
  const second = await join("two");
  expect((await partnersOf("one")).sort()).toEqual(["small", "two"]);
  await secretariat.does("updateNetworkMembership", { by: second, until: "2025-06" }, "networkMembership { id }");
  expect(await partnersOf("one")).toEqual(["small"]);
  expect(await partnersOf("two")).toEqual([]);
  const then = await api.data(
    gql(
      `{ city(by: { slug: "two" }) { collaborators(first: 5, filter: { validOn: "2025-05-31" }) { totalCount edges { until: evidence(first: 1) { edges { until } } } } } }`,
    ),
  );
  expect(then.city?.collaborators).toMatchObject({ totalCount: 2 });
  const deleted = await secretariat.sees(
    gql(`mutation ($by: RecordRef!) { deleteNetworkMembership(input: { by: $by }) { userErrors { message } } }`),
    { by: first },
  );
  expect(deleted.deleteNetworkMembership.userErrors).toEqual([]);
  expect(await partnersOf("one")).toEqual([]);
});

it("moves the links of a city that turns out to be another", async () => {
  await propose("before");
  await takePart("before", "one");
  await takePart("before", "four");
  expect(await partnersOf("one")).toEqual(["four"]);
  await secretariat.does("mergeCities", { by: { slug: "four" }, into: { slug: "three" } }, "city { id }");
  expect(await partnersOf("one")).toEqual(["three"]);
  expect(await partnersOf("three")).toEqual(["one"]);
});

it("is another number for each graph to those who ask for measures", async () => {
  const measures = async () =>
    (await api.data(gql("{ collaborationMeasures { links revision } }"))).collaborationMeasures;
  const before = await measures();
  await propose("measured");
  // A project with one partner links nobody: the graph changed, its links did not.
  await takePart("measured", "two");
  const alone = await newest();
  expect((await measures()).links).toBe(before.links);
  await takePart("measured", "three");
  const revision = await newest();
  expect(await measures()).toEqual({ links: before.links + 1, revision });
  expect(BigInt(revision)).toBeGreaterThan(BigInt(alone));
});
