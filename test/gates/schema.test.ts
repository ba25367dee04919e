// check:schema: the committed schema.graphql is exactly what the code gives. A build of its own, so that no older
// dist/ answers for the sources.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildHouseCopy, runNode, type HouseCopy, type Outcome } from "./house-copy";

let house: HouseCopy;
beforeAll(async () => {
  house = await buildHouseCopy(["schema.graphql"]);
});
afterAll(() => house.remove());

function checkSchema(): Outcome {
  return runNode("dist/cli.js", ["schema", "--check", "schema.graphql"], house.folder);
}

describe("check:schema", () => {
  it("passes the committed schema", () => {
    expect(checkSchema()).toEqual({ status: 0, output: "" });
  });

  it.each<[string, (sdl: string) => string]>([
    ["another type of a field", (sdl) => sdl.replace("totalCount: Int!", "totalCount: Int")],
    ["another description", (sdl) => sdl.replace("A city: a member", "A town: a member")],
    ["one line more", (sdl) => `${sdl}\n`],
    ["nothing", () => ""],
  ])("refuses a schema file with %s and says how to mend it", async (_fault, plant) => {
    const file = join(house.folder, "schema.graphql");
    const sound = await readFile(file, "utf8");
    expect(plant(sound)).not.toBe(sound);
    await writeFile(file, plant(sound));
    const { status, output } = checkSchema();
    await writeFile(file, sound);
    expect(status).toBe(1);
    expect(output).toContain("schema.graphql");
    expect(output).toContain("npm run fix:schema");
  });
});
