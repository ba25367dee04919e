// What every record has, and how an id leads to it.
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import type { RecordType } from "../../src/database/declare/record-type";
import { decodeId } from "../../src/kernel/ids";
import { startApi, type TestApi } from "../support/api";
import { addTo } from "../support/records";
import { addRowsOfEmptyTypes } from "../support/rows-of-every-type";
import { asSecretariat } from "../support/viewers";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asSecretariat });
  await addRowsOfEmptyTypes(api.database);
});
afterAll(() => api.close());

async function someIds(type: RecordType, count: number): Promise<string[]> {
  const isList = type.roots.many === "list";
  const { list } = await api.untypedData(
    `{ list: ${type.plural} ${isList ? "{ id }" : `(first: ${count}) { nodes { id } }`} }`,
  );
  return ((list.nodes ?? list) as { id: string }[]).slice(0, count).map(({ id }) => id);
}

async function run(script: string): Promise<void> {
  await api.database.write("tester", (session) => session.execute(script));
}

const RECORD =
  "id __typename ... on Record { revision createdAt updatedAt authority { __typename } externalIds { scheme value url } sources { title url retrievedAt license } }";

describe.each(catalogue.records.map((type) => [type.name, type] as const))("a %s", (name, type) => {
  it("is what its id leads to, alone and among others", async () => {
    const ids = await someIds(type, 3);
    expect(ids.length).toBeGreaterThan(0);
    const asked = [...ids].reverse();
    const data = await api.untypedData(
      `query ($id: ID!, $ids: [ID!]!) { node(id: $id) { ${RECORD} } nodes(ids: $ids) { id __typename } }`,
      { id: ids[0], ids: asked },
    );
    expect(data.nodes).toEqual(asked.map((id) => ({ id, __typename: name })));
    expect(data.node).toMatchObject({ id: ids[0], __typename: name });
    expect(data.node.revision).toMatch(/^[1-9]\d*$/);
    for (const instant of [data.node.createdAt, data.node.updatedAt]) {
      expect(new Date(instant as string).toISOString()).toBe(instant);
    }
    expect(Number(data.node.revision)).toBeLessThanOrEqual(Number((await api.untypedData("{ revision }")).revision));
  });

  it("keeps its first instant and takes the newest revision when it is changed", async () => {
    const [id] = (await someIds(type, 1)) as [string];
    const query =
      "query ($id: ID!) { revision node(id: $id) { ... on Record { revision createdAt updatedAt sources { title } } } }";
    const before = await api.untypedData(query, { id });
    await addTo(api.database, (add) => add.recordSource(decodeId(id).uuid, { title: "A new source" }));
    const after = await api.untypedData(query, { id });
    expect(Number(after.revision)).toBe(Number(before.revision) + 1);
    expect(after.node.revision).toBe(after.revision);
    expect(after.node.createdAt).toBe(before.node.createdAt);
    expect(after.node.updatedAt > before.node.updatedAt).toBe(true);
    expect(after.node.sources).toContainEqual({ title: "A new source" });
  });
});

describe("the authority over a record", () => {
  it("is the city itself for a city, and the Secretariat for what is shared", async () => {
    const authority = "authority { __typename ... on Secretariat { name } ... on City { slug } }";
    const data = await api.untypedData(`{
      city(by: { slug: "krakow" }) { ${authority} designations { ${authority} } }
      country(code: "PL") { ${authority} }
      creativeFields { ${authority} }
    }`);
    const secretariat = {
      authority: { __typename: "Secretariat", name: "Secretariat of the UNESCO Creative Cities Network" },
    };
    expect(data.city).toEqual({ authority: { __typename: "City", slug: "krakow" }, designations: [secretariat] });
    expect(data.country).toEqual(secretariat);
    expect(data.creativeFields[0]).toEqual(secretariat);
  });
});

describe("a reference to a record of several types", () => {
  const PARTNER =
    "partner { __typename ... on Record { id } ... on City { slug } ... on Network { slug } ... on Organization { slug } }";

  it("leads to each of them, and to the same record as its id", async () => {
    const { project } = await api.untypedData(
      `{ project(by: { slug: "synthetic-exchange" }) { participations(first: 10) { nodes { ${PARTNER} } } } }`,
    );
    const partners = (project.participations.nodes as { partner: { __typename: string; slug: string; id: string } }[])
      .map(({ partner }) => partner)
      .sort((one, other) => (one.slug < other.slug ? -1 : 1));
    expect(partners.map(({ __typename, slug }) => `${__typename} ${slug}`)).toEqual([
      "Organization book-institute",
      "Organization film-works",
      "Network gnlc",
      "City krakow",
    ]);
    const { nodes } = await api.untypedData("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", {
      ids: partners.map(({ id }) => id),
    });
    expect(nodes).toEqual(partners.map(({ __typename, id }) => ({ __typename, id })));
  });

  it("gives its authority over what refers to it", async () => {
    const data = await api.untypedData(`{
      projectParticipations(first: 100, filter: { project: { slug: { eq: "synthetic-exchange" } } }) {
        nodes { partner { ... on Record { id } } authority { __typename ... on Record { id } } }
      }
    }`);
    const nodes = data.projectParticipations.nodes as { partner: { id: string }; authority: { id: string } }[];
    expect(nodes).toHaveLength(4);
    for (const { partner, authority } of nodes) expect(authority.id).toBe(partner.id);
  });
});

describe("the parts of a record", () => {
  it("are its keys in other registries with their addresses, in the order of their schemes", async () => {
    const { city } = await api.untypedData('{ city(by: { slug: "krakow" }) { id externalIds { scheme value url } } }');
    expect(city.externalIds).toEqual([
      { scheme: "GEONAMES", value: "3094802", url: "https://www.geonames.org/3094802" },
      { scheme: "WIKIDATA", value: "Q31487", url: "https://www.wikidata.org/wiki/Q31487" },
    ]);
    await addTo(api.database, (add) => add.externalId(decodeId(city.id as string).uuid, "gnlc", "a/b c"));
    const { same } = await api.untypedData(
      '{ same: city(by: { externalId: { scheme: "gnlc", value: "a/b c" } }) { slug externalIds { scheme url } } }',
    );
    expect(same.slug).toBe("krakow");
    expect(same.externalIds).toContainEqual({ scheme: "gnlc", url: null });
  });

  it("are its names, and the one in a language, or else the English one", async () => {
    const { city } = await api.untypedData(
      '{ city(by: { slug: "krakow" }) { name fr: name(language: FR) ru: name(language: RU) zh: name(language: ZH) en: name(language: EN) none: name(language: null) names { language name } } }',
    );
    expect(city).toMatchObject({
      name: "Krakow",
      fr: "Cracovie",
      ru: "Краков",
      zh: "克拉科夫",
      en: "Krakow",
      none: "Krakow",
    });
    expect(city.names).toContainEqual({ language: "fr", name: "Cracovie" });
    await run("DELETE FROM record_name WHERE language = 'pt'");
    const { country } = await api.untypedData('{ country(code: "PL") { pt: name(language: PT) } }');
    expect(country.pt).toBe("Poland");
  });
});
