// Names, external ids and sources of a record as keys that are not the Secretariat's may change them: what counts is what would
// come, go or change, however the input says it. (How many: totals-of-parts.test.ts.)
import "reflect-metadata";
import type { ScopedRole } from "../../../src/kernel/viewer";
import { makeKey, scopeId } from "../../support/keys";
import { addTo } from "../../support/records";
import { MutationCase } from "../../support/writing/mutation-case";
import { MUTATIONS, WriteFixture } from "../../support/writing/write-fixture";

let fixture: WriteFixture;
let krakow: string;
beforeAll(async () => {
  fixture = await WriteFixture.open();
  krakow = await keyOf("CITY", "krakow");
}, 60_000);
afterAll(() => fixture.close());

async function keyOf(role: ScopedRole, slug: string): Promise<string> {
  return makeKey(fixture.api.database, role, await scopeId(fixture.api.database, role, slug));
}

const SHOWN = "names { language name } externalIds { scheme value } sources { title url retrievedAt license }";

async function shown(slug = "krakow"): Promise<any> {
  return (await fixture.api.untypedData(`query ($slug: String!) { city(by: { slug: $slug }) { ${SHOWN} } }`, { slug }))
    .city;
}

/** The code of what a change came to: of an error of GraphQL, of a user error, or DONE. */
async function change(token: string, input: object, slug = "krakow", mutation = "updateCity"): Promise<string> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await fixture.query(
    token,
    `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { userErrors { code } } }`,
    { input: { by: { slug }, ...input } },
  );
  return errors?.[0]?.extensions.code ?? data.done.userErrors[0]?.code ?? "DONE";
}

async function refused(input: object): Promise<void> {
  const traces = await fixture.traces();
  expect({ input, outcome: await change(krakow, input) }).toEqual({ input, outcome: "FORBIDDEN" });
  expect(await fixture.traces()).toEqual(traces);
}

const OWN = { scheme: "krakow", value: "7" };

describe("A city's own key", () => {
  it("neither erases nor replaces ids of registries, nor adds any, in whatever way", async () => {
    const { externalIds } = await shown();
    expect(externalIds.map(({ scheme }: { scheme: string }) => scheme)).toEqual(["GEONAMES", "WIKIDATA"]);
    const [geonames, wikidata] = externalIds;
    const other = { scheme: "WIKIDATA", value: "Q1" };
    for (const given of [
      null,
      { set: [] },
      { set: [OWN] },
      { set: [geonames] },
      { set: [geonames, other, OWN] },
      { set: [geonames, { ...wikidata, scheme: "wikidata" }] },
      { remove: [wikidata] },
      { remove: [OWN, geonames] },
      { add: [other] },
      { add: [OWN, { scheme: "gnlc", value: "1" }] },
      { add: [{ scheme: "KRAKOW", value: "7" }] },
      { add: [{ scheme: "krakow ", value: "7" }] },
    ]) {
      await refused({ externalIds: given });
    }
    expect((await shown()).externalIds).toEqual(externalIds);
  });

  it("lets ids of its own scheme come and go beside them", async () => {
    const { externalIds } = await shown();
    for (const [given, own] of [
      [{ add: [OWN] }, [OWN]],
      [{ set: [...externalIds, { scheme: "krakow", value: "8" }] }, [{ scheme: "krakow", value: "8" }]],
      [{ add: [externalIds[0], OWN] }, [OWN, { scheme: "krakow", value: "8" }]],
      [{ remove: [OWN, { scheme: "VIAF", value: "that is not there" }] }, [{ scheme: "krakow", value: "8" }]],
      [{ set: [...externalIds].reverse() }, []],
    ] as const) {
      expect({ given, outcome: await change(krakow, { externalIds: given }) }).toEqual({ given, outcome: "DONE" });
      expect((await shown()).externalIds).toEqual([...externalIds, ...own]);
    }
  });

  it("neither takes away nor changes the sources that another gave", async () => {
    const { sources } = await shown();
    const [source] = sources;
    expect(source.license).toBe("CC BY 4.0");
    for (const given of [
      null,
      { set: [] },
      { set: [{ title: "Our own word" }] },
      { remove: [{ title: source.title }] },
      { add: [{ title: source.title }] },
      { add: [{ ...source, license: "CC0" }] },
      { add: [{ ...source, url: "https://elsewhere.example.org/" }] },
      { set: [{ ...source, retrievedAt: "2026-11-20" }] },
      { add: [source, { ...source, license: null }] },
    ]) {
      await refused({ sources: given });
    }
    expect((await shown()).sources).toEqual(sources);
  });

  it("gives sources of its own, and changes them and takes them back with any of its keys", async () => {
    const { sources } = await shown();
    const second = await keyOf("CITY", "krakow");
    const title = "Our yearbook";
    expect(await change(krakow, { sources: { add: [...sources, { title }] } })).toBe("DONE");
    expect(await change(second, { sources: { add: [{ title, license: "CC0" }] } })).toBe("DONE");
    expect((await shown()).sources).toContainEqual({ title, url: null, retrievedAt: null, license: "CC0" });
    expect(await change(second, { sources: { set: sources } })).toBe("DONE");
    expect((await shown()).sources).toEqual(sources);
    // What the Secretariat has corrected is the Secretariat's.
    expect(await change(krakow, { sources: { add: [{ title }] } })).toBe("DONE");
    const corrected = { sources: { add: [{ title, license: "CC BY 4.0" }] } };
    expect(await change(fixture.tokens.secretariat, corrected)).toBe("DONE");
    await refused({ sources: { remove: [{ title }] } });
  });

  it("writes no names in other languages, by which others would find it", async () => {
    const { names } = await shown();
    expect(names.length).toBeGreaterThan(1);
    const paris = { language: "fr", name: "Paris" };
    for (const given of [
      null,
      { set: [] },
      { set: names.slice(1) },
      { set: [...names, paris] },
      { add: [paris] },
      { remove: [names[0]] },
    ]) {
      await refused({ names: given });
    }
    expect(await change(krakow, { names: { set: names } })).toBe("DONE");
    expect(await change(krakow, { names: { remove: [paris] } })).toBe("DONE");
    expect((await shown()).names).toEqual(names);
  });
});

describe("A scheme of one's own", () => {
  async function city(slug: string): Promise<string> {
    const input = { slug, name: slug, kind: "city", country: { code: "PL" } };
    const { data } = await fixture.query(
      fixture.tokens.secretariat,
      "mutation ($input: CreateCityInput!) { done: createCity(input: $input) { userErrors { code } } }",
      { input },
    );
    expect(data.done.userErrors).toEqual([]);
    return keyOf("CITY", slug);
  }
  const adds = (scheme: string): object => ({ externalIds: { add: [{ scheme, value: "1" }] } });

  it.each(["geonames", "wikidata", "unlocode"])("is none that reads like a registry's: %s", async (slug) => {
    const token = await city(slug);
    for (const scheme of [slug, slug.toUpperCase()]) expect(await change(token, adds(scheme), slug)).toBe("FORBIDDEN");
  });

  it("is none that is the slug of another party too", async () => {
    const token = await city("namesake");
    expect(await change(token, adds("namesake"), "namesake")).toBe("DONE");
    await addTo(fixture.api.database, (add) => add.organization({ slug: "namesake" }));
    expect(await change(token, { externalIds: null }, "namesake")).toBe("FORBIDDEN");
  });

  it("may be that of a slug that one had before", async () => {
    const token = await city("old-name");
    expect(await change(token, adds("old-name"), "old-name")).toBe("DONE");
    expect(await change(fixture.tokens.secretariat, { slug: "new-name" }, "old-name")).toBe("DONE");
    expect(await change(token, adds("new-name"), "new-name")).toBe("DONE");
    expect(await change(token, { externalIds: { set: [] } }, "new-name")).toBe("DONE");
    expect((await shown("new-name")).externalIds).toEqual([]);
  });
});

describe("Deleting what is one's own", () => {
  const named = { languages: [], expertise: [] };

  async function expert(slug: string, parts: object): Promise<void> {
    const input = { slug, name: slug, ...named, city: { slug: "krakow" } };
    const { data } = await fixture.query(
      krakow,
      "mutation ($input: CreateExpertInput!) { done: createExpert(input: $input) { userErrors { message } } }",
      { input },
    );
    expect(data.done.userErrors).toEqual([]);
    expect(await change(fixture.tokens.secretariat, parts, slug, "updateExpert")).toBe("DONE");
  }
  const deletes = async (slug: string): Promise<string> => {
    const { data, errors } = await fixture.query(
      krakow,
      "mutation ($by: RecordRef!) { done: deleteExpert(input: { by: $by }) { userErrors { code } } }",
      { by: { id: await idOf(slug) } },
    );
    return errors?.[0]?.extensions.code ?? data.done.userErrors[0]?.code ?? "DONE";
  };
  const idOf = async (slug: string): Promise<string> =>
    (await fixture.api.untypedData(`{ expert(by: { slug: "${slug}" }) { id } }`)).expert.id;

  it("is refused where an id of a registry would go with it", async () => {
    await expert("expert-known", { externalIds: { add: [{ scheme: "WIKIDATA", value: "Q123456789" }] } });
    const traces = await fixture.traces();
    expect(await deletes("expert-known")).toBe("FORBIDDEN");
    expect(await fixture.traces()).toEqual(traces);
  });

  it("is refused where it would go with a part of the record", async () => {
    const mutationCase = await MutationCase.of(
      fixture,
      MUTATIONS.find(({ name }) => name === "deletePlannedAction")!,
    );
    const token = await mutationCase.token();
    await fixture.giveExternalId(mutationCase.targetId!, "of an action");
    const { node } = (
      await fixture.query(token, "query ($id: ID!) { node(id: $id) { ... on PlannedAction { report { id } } } }", {
        id: mutationCase.targetId,
      })
    ).data;
    const report = MUTATIONS.find(({ name }) => name === "deleteMonitoringReport")!;
    const traces = await fixture.traces();
    expect((await fixture.ask(report, { by: node.report }, token)).code).toBe("FORBIDDEN");
    expect((await fixture.ask(mutationCase.mutation, { by: { id: mutationCase.targetId } }, token)).code).toBe(
      "FORBIDDEN",
    );
    expect(await fixture.traces()).toEqual(traces);
  });

  it("takes its own ids and all sources along", async () => {
    await expert("expert-unknown", { sources: { add: [{ title: "A list" }] } });
    expect(await change(krakow, { externalIds: { add: [OWN] } }, "expert-unknown", "updateExpert")).toBe("DONE");
    expect(await deletes("expert-unknown")).toBe("DONE");
  });
});
