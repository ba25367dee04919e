// check:schema and check:rights: the committed files are exactly what the code gives. A build of its own, so that no older
// dist/ answers for the sources.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildProjectCopy, runNode, type ProjectCopy, type Outcome } from "./project-copy";

let project: ProjectCopy;
beforeAll(async () => {
  project = await buildProjectCopy(["schema.graphql", "docs"]);
});
afterAll(() => project.remove());

type Plant = (text: string) => string;

const COMMITTED: readonly (readonly [command: string, file: string, plants: readonly (readonly [string, Plant])[]])[] =
  [
    [
      "schema",
      "schema.graphql",
      [
        ["another type of a field", (sdl) => sdl.replace("totalCount: Int!", "totalCount: Int")],
        ["another description", (sdl) => sdl.replace("A city: a member", "A town: a member")],
      ],
    ],
    [
      "rights",
      "docs/rights.md",
      [
        [
          "another right",
          (text) => text.replace(/(`deleteCity` +\| )the Secretariat alone/, "$1every partner        "),
        ],
        ["another audience", (text) => text.replace("is not `ACCEPTED`", "is not `DECLINED`")],
      ],
    ],
  ];

describe.each(COMMITTED)("check:%s", (command, name, plants) => {
  const check = (): Outcome => runNode("dist/cli.js", [command, "--check", name], project.folder);

  it("is what the command prints, to the last line, into a pipe too", async () => {
    const { status, output } = runNode("dist/cli.js", [command], project.folder);
    expect(status).toBe(0);
    expect(output === (await readFile(join(project.folder, name), "utf8"))).toBe(true);
  });

  it("passes the committed file", () => {
    expect(check()).toEqual({ status: 0, output: "" });
  });

  it.each<readonly [string, Plant]>([...plants, ["one line more", (text) => `${text}\n`], ["nothing", () => ""]])(
    "refuses a file with %s and says how to mend it",
    async (_fault, plant) => {
      const file = join(project.folder, name);
      const sound = await readFile(file, "utf8");
      expect(plant(sound)).not.toBe(sound);
      await writeFile(file, plant(sound));
      const { status, output } = check();
      await writeFile(file, sound);
      expect(status).toBe(1);
      expect(output).toContain(name);
      expect(output).toContain(`npm run fix:${command}`);
    },
  );
});
