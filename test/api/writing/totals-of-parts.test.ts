// How many names, external ids and sources a record holds, in however many requests they come.
import "reflect-metadata";
import { withPrisma } from "../../../src/database/client/prisma";
import { makeKey, scopeId } from "../../support/keys";
import { WriteFixture } from "../../support/writing/write-fixture";

let fixture: WriteFixture;
beforeAll(async () => {
  fixture = await WriteFixture.open();
}, 60_000);
afterAll(() => fixture.close());

async function shown(): Promise<any> {
  const parts = "names { name } externalIds { value } sources { title }";
  return (await fixture.api.untypedData(`{ city(by: { slug: "york" }) { ${parts} } }`)).city;
}

describe("A record", () => {
  const hundred = (from: number): number[] => Array.from({ length: 100 }, (_, i) => from + i);

  it.each<[string, (i: number) => object]>([
    ["names", (i) => ({ name: `Name ${i}` })],
    ["externalIds", (i) => ({ scheme: "york", value: `${i}` })],
    ["sources", (i) => ({ title: `Source ${i}` })],
  ])("holds 200 %s at most, however they come", async (field, item) => {
    const token =
      field === "names"
        ? fixture.tokens.secretariat
        : await makeKey(fixture.api.database, "CITY", await scopeId(fixture.api.database, "CITY", "york"));
    const update = async (input: object): Promise<unknown> => {
      const { data } = await fixture.query(
        token,
        "mutation ($input: UpdateCityInput!) { done: updateCity(input: $input) { userErrors { code path } } }",
        { input: { by: { slug: "york" }, ...input } },
      );
      return data.done.userErrors;
    };
    const there = (await shown())[field];
    const free = 200 - there.length;
    expect(await update({ [field]: { add: hundred(0).map(item) } })).toEqual([]);
    const rest = hundred(100).slice(0, free - 100);
    expect(await update({ [field]: { add: rest.map(item) } })).toEqual([]);
    const traces = await fixture.traces();
    expect(await update({ [field]: { add: [item(200)] } })).toEqual([{ code: "INVALID", path: ["input", field] }]);
    expect(await fixture.traces()).toEqual(traces);
    expect((await shown())[field]).toHaveLength(200);
    // What is there already takes no place.
    expect(await update({ [field]: { add: [item(0)] } })).toEqual([]);
    expect(await update({ [field]: { remove: hundred(0).map(item) } })).toEqual([]);
  });

  it("is not merged into one that would then have too many", async () => {
    const parties = await Promise.all([fixture.party("CITY"), fixture.party("CITY")]);
    const [one, other] = parties.map(({ id }) => id);
    const names = parties.flatMap(({ uuid }) =>
      Array.from({ length: 120 }, (_, n) => ({ recordId: uuid, name: `${uuid} ${n}` })),
    );
    await fixture.api.database.write("test", (session) =>
      withPrisma(session, (prisma) => prisma.recordName.createMany({ data: names })),
    );
    const traces = await fixture.traces();
    const { data } = await fixture.query(
      fixture.tokens.secretariat,
      "mutation ($input: MergeCitiesInput!) { done: mergeCities(input: $input) { userErrors { code path } } }",
      { input: { by: { id: one }, into: { id: other } } },
    );
    expect(data.done.userErrors).toEqual([{ code: "INVALID", path: ["input", "into"] }]);
    expect(await fixture.traces()).toEqual(traces);
  });
});
