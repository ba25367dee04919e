// The command ccg example as its user runs it: what it says, and how it ends.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import type { Session } from "../../src/database/database";
import { openEmbeddedBackend } from "../../src/database/embedded-backend";
import { makeInstallation, type Installation } from "../support/installation";
import { called, records } from "../support/records";

/** Each of several commands opens the database anew. */
const MANY_COMMANDS_MS = 180_000;

describe("ccg example", () => {
  let installation: Installation;
  beforeAll(() => {
    installation = makeInstallation();
  });
  afterAll(() => installation.remove());

  const directory = (): string => join(installation.folder, "example-data");

  function ccg(...words: string[]): { code: number | null; stdout: string[]; stderr: string } {
    const cli = join(dirname(installation.main), "cli.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
      env: { PATH: process.env.PATH ?? "", DATA_DIR: directory() },
      encoding: "utf8",
    });
    return { code: status, stdout: stdout.trimEnd().split("\n"), stderr };
  }

  async function written(work: (session: Session) => Promise<unknown>): Promise<void> {
    const database = await openEmbeddedBackend({ dataDirectory: directory() });
    await database.write("test", work);
    await database.close();
  }

  it("asks for the reference dataset first", () => {
    expect(ccg("example")).toEqual({
      code: 1,
      stdout: [""],
      stderr: "the database is empty: load the reference dataset first, with ccg load, which the example needs\n",
    });
  });

  it(
    "loads once, says so when nothing is new, removes, and says so when nothing is there",
    () => {
      expect(ccg("load").code).toBe(0);
      const first = ccg("example");
      expect(first).toMatchObject({ code: 0, stderr: "" });
      expect(first.stdout).toEqual(expect.arrayContaining(["cities.csv: 2 cities", "loaded at revision 2"]));
      expect(ccg("example").stdout.at(-1)).toBe("nothing is new: still revision 2");

      const removal = ccg("example", "--remove");
      expect(removal).toMatchObject({ code: 0, stderr: "" });
      expect(removal.stdout).toEqual(expect.arrayContaining(["2 cities", "3 plannedActions"]));
      expect(removal.stdout.at(-1)).toBe("removed at revision 3");
      expect(ccg("example", "--remove")).toEqual({
        code: 0,
        stdout: ["there is no example to remove: still revision 3"],
        stderr: "",
      });
    },
    MANY_COMMANDS_MS,
  );

  it(
    "refuses to remove what another record refers to, without a stack",
    async () => {
      expect(ccg("example").code).toBe(0);
      await written((session) =>
        records(session).organization({ slug: "my-organization", city: called("example-city-one") }),
      );
      expect(ccg("example", "--remove")).toEqual({
        code: 1,
        stdout: [""],
        stderr:
          "Organization my-organization refers to City example-city-one\n" +
          "nothing is removed: change or delete what refers first\n",
      });
      await written((session) => session.execute("DELETE FROM organization WHERE slug = 'my-organization'"));
      expect(ccg("example", "--remove").code).toBe(0);
    },
    MANY_COMMANDS_MS,
  );
});
