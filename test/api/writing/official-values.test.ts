// What only the Secretariat writes of records that others may write: slugs once chosen, and what it vouches for. (Names, external
// ids and sources: official-lists.test.ts.) And what a city may not do to its reports and its membership.
import "reflect-metadata";
import { startApi, type TestApi } from "../../support/api";
import { askWith, makeKey, scopeId } from "../../support/keys";

let api: TestApi;
let [secretariat, krakow, gnlc]: string[] = [];
beforeAll(async () => {
  api = await startApi();
  secretariat = await makeKey(api.database, "SECRETARIAT");
  krakow = await makeKey(api.database, "CITY", await scopeId(api.database, "CITY", "krakow"));
  gnlc = await makeKey(api.database, "NETWORK", await scopeId(api.database, "NETWORK", "gnlc"));
});
afterAll(() => api.close());

async function write(token: string | undefined, mutation: string): Promise<string> {
  const { data, errors } = await askWith(api.url, token ?? "", `mutation { done: ${mutation} }`);
  return errors?.[0]?.extensions.code ?? data.done.userErrors[0]?.code ?? "DONE";
}

const city = (change: string): string =>
  `updateCity(input: { by: { slug: "krakow" }, ${change} }) { userErrors { code } }`;
const network = (change: string): string =>
  `updateNetwork(input: { by: { slug: "gnlc" }, ${change} }) { userErrors { code } }`;

it.each([
  [`slug: "cracow"`, "FORBIDDEN"],
  [`slug: "krakow"`, "DONE"],
  [`name: "Paris"`, "FORBIDDEN"],
  [`kind: "metropolis"`, "FORBIDDEN"],
  [`subdivision: "Île-de-France"`, "FORBIDDEN"],
  [`country: { code: "SN" }`, "FORBIDDEN"],
  [`country: { code: "PL" }`, "DONE"],
  [`location: { latitude: 0, longitude: 0 }`, "FORBIDDEN"],
  [`location: null`, "FORBIDDEN"],
  [`population: 800000, country: { code: "SN" }`, "FORBIDDEN"],
  [`population: 800000, website: "https://krakow.example.org/", profile: "Letters."`, "DONE"],
])("a city's own key and %s: %s", async (change, outcome) => {
  expect(await write(krakow, city(change))).toBe(outcome);
});

it.each([
  ["kind: HOME", "FORBIDDEN"],
  ["namedInMission: false", "FORBIDDEN"],
  ["confidence: LOW", "FORBIDDEN"],
  [`name: "UNESCO Creative Cities Network"`, "FORBIDDEN"],
  [`acronym: "UCCN"`, "FORBIDDEN"],
  [`parent: { slug: "iccar" }`, "FORBIDDEN"],
  ["membersComplete: true", "FORBIDDEN"],
  [`note: "Without doubts."`, "FORBIDDEN"],
  [`description: "Cities that learn.", statedMemberCount: 400, statedIn: 2026`, "DONE"],
])("a network's own key and %s: %s", async (change, outcome) => {
  expect(await write(gnlc, network(change))).toBe(outcome);
});

it("an organization's own key changes its site, and not what it is called, what it is or where", async () => {
  const made = `slug: "the-fund", name: "The Fund", sector: PRIVATE, city: { slug: "krakow" }`;
  expect(await write(secretariat, `createOrganization(input: { ${made} }) { userErrors { code } }`)).toBe("DONE");
  const fund = await makeKey(api.database, "ORGANIZATION", await scopeId(api.database, "ORGANIZATION", "the-fund"));
  for (const [change, outcome] of [
    [`name: "UNESCO"`, "FORBIDDEN"],
    ["sector: PUBLIC", "FORBIDDEN"],
    [`city: { slug: "lyon" }`, "FORBIDDEN"],
    ["city: null", "FORBIDDEN"],
    [`website: "https://fund.example.org/"`, "DONE"],
  ]) {
    const asked = `updateOrganization(input: { by: { slug: "the-fund" }, ${change} }) { userErrors { code } }`;
    expect([change, await write(fund, asked)]).toEqual([change, outcome]);
  }
  expect(
    (await api.untypedData(`{ organization(by: { slug: "the-fund" }) { name sector city { slug } website } }`))
      .organization,
  ).toEqual({ name: "The Fund", sector: "PRIVATE", city: { slug: "krakow" }, website: "https://fund.example.org/" });
});

describe("a network's own key", () => {
  const memberships = `{ network(by: { slug: "gnlc" }) { memberships(first: 1, filter: { confidence: { isNull: false } }) {
    nodes { id confidence since role city { slug } network { slug } } } } }`;

  it("says when a membership that is vouched for ended, and neither whose it is, nor that it never was", async () => {
    const [before] = (await api.untypedData(memberships)).network.memberships.nodes;
    const by = `by: { id: "${before.id}" }`;
    const update = (change: string): string =>
      `updateNetworkMembership(input: { ${by}, ${change} }) { userErrors { code } }`;
    expect(await write(gnlc, update(`city: { slug: "york" }`))).toBe("FORBIDDEN");
    expect(await write(gnlc, update(`network: { slug: "iccar" }`))).toBe("FORBIDDEN");
    expect(await write(gnlc, update("confidence: null"))).toBe("FORBIDDEN");
    expect(await write(gnlc, `deleteNetworkMembership(input: { ${by} }) { userErrors { code } }`)).toBe("FORBIDDEN");
    expect((await api.untypedData(memberships)).network.memberships.nodes).toEqual([before]);
    expect(await write(gnlc, update(`until: "2026-11-20"`))).toBe("DONE");
  });

  it("deletes a membership that it recorded itself", async () => {
    const { data } = await askWith(
      api.url,
      gnlc ?? "",
      `mutation { createNetworkMembership(input: { network: { slug: "gnlc" }, city: { slug: "lyon" }, role: MEMBER })
        { networkMembership { id } userErrors { message } } }`,
    );
    const by = `by: { id: "${data.createNetworkMembership.networkMembership.id}" }`;
    expect(await write(gnlc, `deleteNetworkMembership(input: { ${by} }) { userErrors { code } }`)).toBe("DONE");
  });
});

it("a city leaves the network today or later, and not in the past", async () => {
  const lyon = await makeKey(api.database, "CITY", await scopeId(api.database, "CITY", "lyon"));
  const leave = (leftOn: string): string =>
    `leaveNetwork(input: { by: { slug: "lyon" }, leftOn: "${leftOn}" }) { userErrors { code } }`;
  const ends = async (): Promise<unknown> =>
    (await api.untypedData(`{ city(by: { slug: "lyon" }) { designations { endedOn } } }`)).city.designations;
  for (const day of ["2026-11-19", "2026-11", "2009"]) expect(await write(lyon, leave(day))).toBe("INVALID");
  expect(await ends()).toEqual([{ endedOn: "2023-10-31" }, { endedOn: null }]);
  expect(await write(lyon, leave("2026-11-20"))).toBe("DONE");
  expect(await ends()).toEqual([{ endedOn: "2023-10-31" }, { endedOn: "2026-11-20" }]);
});

it("a slug that the Secretariat changes leads on", async () => {
  expect(
    await write(secretariat, `updateCity(input: { by: { slug: "lyon" }, slug: "lugdunum" }) { userErrors { code } }`),
  ).toBe("DONE");
  const { old, now } = await api.untypedData(
    `{ old: city(by: { slug: "lyon" }) { id slug } now: city(by: { slug: "lugdunum" }) { id slug } }`,
  );
  expect(old).toEqual(now);
  expect(
    await write(secretariat, `updateCity(input: { by: { slug: "lyon" }, slug: "lyon" }) { userErrors { code } }`),
  ).toBe("DONE");
  expect((await api.untypedData(`{ city(by: { slug: "lugdunum" }) { slug } }`)).city).toEqual({ slug: "lyon" });
});

it("a city moves no report to another day than that on which it is due", async () => {
  const { city: member } = await api.untypedData(`{ city(by: { slug: "krakow" }) { nextReportDue } }`);
  const dates = `dueOn: "${member.nextReportDue}", periodStart: "2022-01-01", periodEnd: "2025-12-31"`;
  const { data } = await askWith(
    api.url,
    krakow ?? "",
    `mutation { createMonitoringReport(input: { city: { slug: "krakow" }, ${dates} }) { monitoringReport { id } userErrors { message } } }`,
  );
  const by = `by: { id: "${data.createMonitoringReport.monitoringReport.id}" }`;
  expect(
    await write(krakow, `updateMonitoringReport(input: { ${by}, dueOn: "2098-01-01" }) { userErrors { code } }`),
  ).toBe("INVALID");
  expect(
    await write(krakow, `updateMonitoringReport(input: { ${by}, summary: "Much." }) { userErrors { code } }`),
  ).toBe("DONE");
  // A draft that is left over from a membership is handed in no more.
  await write(
    secretariat,
    `leaveNetwork(input: { by: { slug: "krakow" }, leftOn: "2026-11-01" }) { userErrors { code } }`,
  );
  expect(await write(krakow, `submitMonitoringReport(input: { ${by} }) { userErrors { code } }`)).toBe(
    "NOT_ALLOWED_NOW",
  );
});

it("a mission that was agreed to is not made one of another expert", async () => {
  const [york, lyon] = await Promise.all(
    ["york", "lyon"].map(async (slug) => makeKey(api.database, "CITY", await scopeId(api.database, "CITY", slug))),
  );
  for (const [token, slug] of [
    [york, "york"],
    [lyon, "lyon"],
  ] as const) {
    const expert = `slug: "expert-of-${slug}", name: "Expert of ${slug}", city: { slug: "${slug}" }`;
    expect(await write(token, `createExpert(input: { ${expert} }) { userErrors { code } }`)).toBe("DONE");
  }
  const asked = await askWith(
    api.url,
    krakow ?? "",
    `mutation { createExpertMission(input: { expert: { slug: "expert-of-york" }, hostCity: { slug: "krakow" }, topic: "Sound" })
      { expertMission { id state } userErrors { message } } }`,
  );
  const { id, state } = asked.data.createExpertMission.expertMission;
  expect(state).toBe("REQUESTED");
  const by = `by: { id: "${id}" }`;
  expect(await write(krakow, `agreeToMission(input: { ${by} }) { userErrors { code } }`)).toBe("FORBIDDEN");
  expect(await write(lyon, `agreeToMission(input: { ${by} }) { userErrors { code } }`)).toBe("FORBIDDEN");
  expect(await write(york, `agreeToMission(input: { ${by} }) { userErrors { code } }`)).toBe("DONE");
  const update = (change: string): string => `updateExpertMission(input: { ${by}, ${change} }) { userErrors { code } }`;
  expect(await write(krakow, update(`expert: { slug: "expert-of-lyon" }`))).toBe("NOT_ALLOWED_NOW");
  expect(await write(krakow, update(`startsOn: "2026-11"`))).toBe("DONE");
  expect(await write(krakow, `completeMission(input: { ${by} }) { userErrors { code } }`)).toBe("DONE");
});
