// What is written is in the links of the request that carries its revision, and of the mutation's own answer.
import "reflect-metadata";
import { postGraphql, startApi, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { askWith, bearing, makeCity, makeKey } from "../../support/keys";

let api: TestApi;
let secretariat: string;
beforeAll(async () => {
  api = await startApi();
  secretariat = await makeKey(api.database, "SECRETARIAT");
  for (const slug of ["one", "two", "three", "four"]) await makeCity(api.database, slug);
  // The graph is in memory before anything is written.
  expect(await partnersOf("one", "0")).toEqual([]);
});
afterAll(() => api.close());

/** @returns the answer of the mutation, which must have nothing to mend */
async function write(mutation: string, input: string, selection: string): Promise<any> {
  const { data, errors } = await askWith(
    api.url,
    secretariat,
    `mutation { done: ${mutation}(input: ${input}) { revision userErrors { message } ${selection} } }`,
  );
  expect({ errors, userErrors: data?.done.userErrors }).toEqual({ errors: undefined, userErrors: [] });
  return data.done;
}

async function partnersOf(slug: string, revision: string): Promise<string[]> {
  const { data, errors } = await postGraphql(
    api.url,
    {
      query: `{ city(by: { slug: "${slug}" }) { collaborators(first: 100) { nodes { ... on City { slug } ... on Network { slug } } } } }`,
    },
    { ...bearing(secretariat), "x-min-revision": revision },
  );
  expect(errors).toBeUndefined();
  return data.city.collaborators.nodes.map((node: any) => node.slug);
}

async function takePart(project: string, city: string): Promise<{ id: string; revision: string }> {
  const { projectParticipation } = await write(
    "inviteToProject",
    `{ by: { slug: "${project}" }, partner: { city: "${city}" } }`,
    "projectParticipation { id }",
  );
  const { revision } = await write("acceptInvitation", `{ by: { id: "${projectParticipation.id}" } }`, "");
  return { id: projectParticipation.id, revision };
}

it("links those who accept, and no longer those who leave, nor those who were only asked or declined", async () => {
  await write("createProject", `{ slug: "shared", title: "Shared" }`, "");
  await takePart("shared", "one");
  const two = await takePart("shared", "two");
  expect(await partnersOf("one", two.revision)).toEqual(["two"]);

  const asked = await write(
    "inviteToProject",
    `{ by: { slug: "shared" }, partner: { city: "three" } }`,
    "projectParticipation { id }",
  );
  expect(await partnersOf("one", asked.revision)).toEqual(["two"]);
  const declined = await write("declineInvitation", `{ by: { id: "${asked.projectParticipation.id}" } }`, "");
  expect(await partnersOf("three", declined.revision)).toEqual([]);

  const left = await write("leaveProject", `{ by: { id: "${two.id}" } }`, "");
  expect(await partnersOf("one", left.revision)).toEqual([]);
});

it("takes a cancelled project's links away, in the answer of the mutation too, and gives them back when it is reopened", async () => {
  await write("createProject", `{ slug: "doubtful", title: "Doubtful" }`, "");
  await takePart("doubtful", "one");
  const { revision } = await takePart("doubtful", "three");
  expect(await partnersOf("three", revision)).toEqual(["one"]);
  const linked = "project { cities(first: 5) { nodes { slug collaborators(first: 5) { totalCount } } } }";
  const cancelled = await write("cancelProject", `{ by: { slug: "doubtful" } }`, linked);
  expect(cancelled.project.cities.nodes.map(({ collaborators }: any) => collaborators.totalCount)).toEqual([0, 0]);
  expect(await partnersOf("three", cancelled.revision)).toEqual([]);
  const reopened = await write("reopenProject", `{ by: { slug: "doubtful" } }`, linked);
  expect(reopened.project.cities.nodes.map(({ collaborators }: any) => collaborators.totalCount)).toEqual([1, 1]);
  await write("deleteProject", `{ by: { slug: "doubtful" } }`, "");
});

it("links members of a network and the network while they are members", async () => {
  await write(
    "createNetwork",
    `{ slug: "small", name: "Small", kind: CITY_NETWORK, membersComplete: true, namedInMission: false }`,
    "",
  );
  const join = (city: string): Promise<any> =>
    write(
      "createNetworkMembership",
      `{ network: { slug: "small" }, city: { slug: "${city}" }, role: MEMBER, since: "2020" }`,
      "networkMembership { id }",
    );
  const first = await join("one");
  const second = await join("two");
  expect((await partnersOf("one", second.revision)).sort()).toEqual(["small", "two"]);
  const ended = await write(
    "updateNetworkMembership",
    `{ by: { id: "${second.networkMembership.id}" }, until: "2025-06" }`,
    "",
  );
  expect(await partnersOf("one", ended.revision)).toEqual(["small"]);
  expect(await partnersOf("two", ended.revision)).toEqual([]);
  const then = await api.data(
    gql(
      `{ city(by: { slug: "two" }) { collaborators(first: 5, filter: { validOn: "2025-05-31" }) { totalCount edges { until: evidence(first: 1) { edges { until } } } } } }`,
    ),
  );
  expect(then.city?.collaborators).toMatchObject({ totalCount: 2 });
  await write("deleteNetworkMembership", `{ by: { id: "${first.networkMembership.id}" } }`, "");
});

it("moves the links of a city that turns out to be another", async () => {
  await write("createProject", `{ slug: "before", title: "Before" }`, "");
  await takePart("before", "one");
  const { revision } = await takePart("before", "four");
  expect(await partnersOf("one", revision)).toEqual(["four"]);
  const merged = await write("mergeCities", `{ by: { slug: "four" }, into: { slug: "three" } }`, "");
  expect(await partnersOf("one", merged.revision)).toEqual(["three"]);
  expect(await partnersOf("three", merged.revision)).toEqual(["one"]);
});

it("is another number for each graph to those who ask for measures", async () => {
  const measures = async (): Promise<{ links: number; revision: string }> =>
    (await api.untypedData("{ collaborationMeasures { links revision } }")).collaborationMeasures;
  const before = await measures();
  await write("createProject", `{ slug: "measured", title: "Measured" }`, "");
  // A project with one partner links nobody: the graph changed, its links did not.
  const alone = await takePart("measured", "two");
  expect((await measures()).links).toBe(before.links);
  const { revision } = await takePart("measured", "three");
  expect(await measures()).toEqual({ links: before.links + 1, revision });
  expect(BigInt(revision)).toBeGreaterThan(BigInt(alone.revision));
});
