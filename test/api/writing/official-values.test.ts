// What only the Secretariat writes of records that others may write: slugs once chosen, what it vouches for, and keys of
// registries that are not one's own. And what a city may not do to its reports.
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
  [`externalIds: { add: [{ scheme: "GEONAMES", value: "1" }] }`, "FORBIDDEN"],
  [`externalIds: { add: [{ scheme: "gnlc", value: "1" }] }`, "FORBIDDEN"],
  [`externalIds: { add: [{ scheme: "krakow", value: "1" }] }`, "DONE"],
])("a city's own key and %s: %s", async (change, outcome) => {
  expect(await write(krakow, city(change))).toBe(outcome);
});

it.each([
  ["kind: HOME", "FORBIDDEN"],
  ["namedInMission: false", "FORBIDDEN"],
  ["confidence: LOW", "FORBIDDEN"],
  [`externalIds: { add: [{ scheme: "gnlc", value: "1" }] }`, "DONE"],
  [`description: "Cities that learn."`, "DONE"],
])("a network's own key and %s: %s", async (change, outcome) => {
  expect(await write(gnlc, network(change))).toBe(outcome);
});

it("a slug that the Secretariat changes leads on", async () => {
  expect(
    await write(secretariat, `updateCity(input: { by: { slug: "lyon" }, slug: "lugdunum" }) { userErrors { code } }`),
  ).toBe("DONE");
  const { old, now } = await api.data(
    `{ old: city(by: { slug: "lyon" }) { id slug } now: city(by: { slug: "lugdunum" }) { id slug } }`,
  );
  expect(old).toEqual(now);
  expect(
    await write(secretariat, `updateCity(input: { by: { slug: "lyon" }, slug: "lyon" }) { userErrors { code } }`),
  ).toBe("DONE");
  expect((await api.data(`{ city(by: { slug: "lugdunum" }) { slug } }`)).city).toEqual({ slug: "lyon" });
});

it("a city moves no report to another day than that on which it is due", async () => {
  const { city: member } = await api.data(`{ city(by: { slug: "krakow" }) { nextReportDue } }`);
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
