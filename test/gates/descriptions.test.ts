// check:descriptions: each kind of part that a schema has is named where it is not described.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT, runNode, type Outcome } from "./project-copy";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ccg-descriptions-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function check(sdl: string): Promise<Outcome> {
  const file = join(folder, "schema.graphql");
  await writeFile(file, sdl);
  return runNode("scripts/check-descriptions.mjs", [file], PROJECT);
}

/** Every kind of part; `#` stands for its description. */
const EVERY_KIND = `
# directive @cost(# weight: Int) on FIELD_DEFINITION
# scalar Day
# interface Named { # name: String }
# type City implements Named { # name: String # at(# day: Day): String @deprecated(reason: "no") }
# union Hit = City
# enum Kind { # TOWN # VILLAGE }
# input Filter { # kind: Kind }
# type Query { # cities(# filter: Filter): [Hit] }
`;
const DESCRIPTION = '"Said in words."';

describe("check:descriptions", () => {
  it("passes a schema that is described throughout", async () => {
    expect(await check(EVERY_KIND.replaceAll("#", DESCRIPTION))).toEqual({
      status: 0,
      output: "All 18 parts of the schema are described.\n",
    });
  });

  it("names every part that is not", async () => {
    const { status, output } = await check(EVERY_KIND.replaceAll("#", ""));
    expect(status).toBe(1);
    expect(output.trim().split("\n").sort()).toEqual(
      [
        "@cost",
        "@cost(weight:)",
        "City",
        "City.at",
        "City.at(day:)",
        "City.name",
        "Day",
        "Filter",
        "Filter.kind",
        "Hit",
        "Kind",
        "Kind.TOWN",
        "Kind.VILLAGE",
        "Named",
        "Named.name",
        "Query",
        "Query.cities",
        "Query.cities(filter:)",
        "18 of 18 parts of the schema lack a description of 10 letters or more.",
      ].sort(),
    );
  });

  it.each([
    ["an empty one", '""'],
    ["spaces", '"            "'],
    ["one that is too short to say anything", '"The city."'],
  ])("takes %s for none", async (_fault, description) => {
    const described = EVERY_KIND.replaceAll("#", DESCRIPTION);
    const { status, output } = await check(described.replace(`${DESCRIPTION} weight`, `${description} weight`));
    expect(status).toBe(1);
    expect(output).toMatch(/^@cost\(weight:\)\n1 of 18 /);
  });
});
