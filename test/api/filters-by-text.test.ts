// What text conditions take literally, and what `matches` looks past.
import { startApi, type TestApi } from "../support/api";
import { addTo } from "../support/records";
import { asSecretariat } from "../support/viewers";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asSecretariat });
  const names = [
    "50% off",
    "50 off",
    "a_b",
    "axb",
    "a\\b",
    "a\\\\b",
    "%",
    "_",
    "back\\",
    "Ångström",
    "angstrom",
    "Straße",
    "Œuvre",
    "İzmir 2",
    "O'Brien",
    "Émile-Zola",
    "Zoë",
    "№ 5",
  ];
  await addTo(api.database, async (add) => {
    for (const name of names) await add.city({ name, kind: "text" });
  });
});
afterAll(() => api.close());

async function named(condition: object): Promise<string[]> {
  const data = await api.untypedData("query ($f: CityFilter) { cities(filter: $f, first: 100) { nodes { name } } }", {
    f: { kind: { eq: "text" }, name: condition },
  });
  return (data.cities.nodes as { name: string }[]).map((city) => city.name).sort();
}

describe("contains and startsWith", () => {
  it.each([
    ["contains", "%", ["%", "50% off"]],
    ["contains", "_", ["_", "a_b"]],
    ["contains", "0% o", ["50% off"]],
    ["contains", "\\", ["a\\\\b", "a\\b", "back\\"]],
    ["contains", "\\\\", ["a\\\\b"]],
    ["contains", "\\%", []],
    ["contains", "a_b", ["a_b"]],
    ["contains", "'", ["O'Brien"]],
    ["contains", "ång", []],
    ["contains", "Ång", ["Ångström"]],
    ["startsWith", "%", ["%"]],
    ["startsWith", "_", ["_"]],
    ["startsWith", "a_", ["a_b"]],
    ["startsWith", "a\\", ["a\\\\b", "a\\b"]],
    ["startsWith", "back\\", ["back\\"]],
    ["startsWith", "O'", ["O'Brien"]],
    ["startsWith", "o'", []],
  ])("%s %j means it letter for letter", async (comparison, text, names) => {
    expect(await named({ [comparison]: text })).toEqual(names);
  });

  it("with an empty text find every name", async () => {
    expect(await named({ contains: "" })).toHaveLength(18);
    expect(await named({ startsWith: "" })).toHaveLength(18);
  });
});

describe("matches", () => {
  it.each([
    ["angstrom", ["angstrom", "Ångström"]],
    ["ÅNGSTRÖM", ["angstrom", "Ångström"]],
    ["A\u030Angstro\u0308m", ["angstrom", "Ångström"]],
    ["strasse", ["Straße"]],
    ["STRASSE", ["Straße"]],
    ["oeuvre", ["Œuvre"]],
    ["izmir", ["İzmir 2"]],
    ["o brien", ["O'Brien"]],
    ["O’Brien", ["O'Brien"]],
    ["emile zola", ["Émile-Zola"]],
    ["EMILE   ZOLA", ["Émile-Zola"]],
    ["zoe", ["Zoë"]],
    ["no 5", ["№ 5"]],
    ["x", ["axb"]],
    ["no such name", []],
  ])("%j looks past case, accents and punctuation", async (text, names) => {
    expect(await named({ matches: text })).toEqual(names);
  });

  it.each([
    ["KRAKÓW", ["krakow"]],
    ["лодзь", ["lodz"]],
    ["Cracovia", []],
  ])("%s looks past script, and at the English name alone", async (text, slugs) => {
    const data = await api.untypedData(
      "query ($t: String!) { cities(filter: { name: { matches: $t } }) { nodes { slug } } }",
      {
        t: text,
      },
    );
    expect((data.cities.nodes as { slug: string }[]).map((city) => city.slug)).toEqual(slugs);
  });
});

describe("the order of text", () => {
  it("is that of code points for lt and gt", async () => {
    expect(await named({ gte: "a", lt: "b" })).toEqual(["a\\\\b", "a\\b", "a_b", "angstrom", "axb"]);
    expect(await named({ gt: "Zoë" })).toEqual(
      [
        "_",
        "a\\\\b",
        "a\\b",
        "a_b",
        "angstrom",
        "axb",
        "back\\",
        "Ångström",
        "Émile-Zola",
        "İzmir 2",
        "Œuvre",
        "№ 5",
      ].sort(),
    );
  });
});
