// check:rooms, on a copy of src/ in which an import is planted.
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { copyProject, runNode, type ProjectCopy, type Outcome } from "./project-copy";

let project: ProjectCopy;
beforeAll(async () => {
  project = await copyProject([
    "src",
    "bench/generate",
    "rooms.cjs",
    ".dependency-cruiser.js",
    "tsconfig.json",
    "package.json",
  ]);
});
afterAll(() => project.remove());

function checkRooms(): Outcome {
  const cruiser = "node_modules/dependency-cruiser/bin/dependency-cruise.mjs";
  return runNode(cruiser, ["--config", ".dependency-cruiser.js", "src", "bench/generate"], project.folder);
}

/** Adds each text to the end of its file. */
async function plant(faults: Iterable<readonly [file: string, text: string]>): Promise<void> {
  for (const [file, text] of faults) {
    const path = join(project.folder, file);
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, `\n${text}\n`);
  }
}

describe("check:rooms", () => {
  it("passes the project as it is, and imports of the rooms before", async () => {
    await plant([
      ["src/registry/room.ts", 'import type { Clock } from "../kernel/clock";\nexport type C = Clock;'],
      ["src/catalogue.ts", 'import "./http/health";'],
    ]);
    expect(checkRooms()).toMatchObject({ status: 0, output: expect.stringContaining("no dependency violations") });
  });

  it("fails where the order names a room that is not there", async () => {
    const order = join(project.folder, "rooms.cjs");
    const text = await readFile(order, "utf8");
    await writeFile(order, text.replace('"http",', '"cellar",\n  "http",'));
    const { status, output } = checkRooms();
    await writeFile(order, text);
    expect(status).not.toBe(0);
    expect(output).toContain("rooms.cjs names rooms that src/ does not have: cellar");
  });

  it("fails where a folder has no place in the order, even if nothing imports it", async () => {
    await plant([["src/cellar/wine.ts", "export const wine = 1;"]]);
    const { status, output } = checkRooms();
    await rm(join(project.folder, "src/cellar"), { recursive: true });
    expect(status).not.toBe(0);
    expect(output).toContain("src/ has folders that rooms.cjs does not name: cellar");
  });

  describe("with faults", () => {
    const FAULTS: readonly (readonly [fault: string, file: string, text: string, message: string])[] = [
      [
        "an import from a later room",
        "src/kernel/clock.ts",
        'import { registry } from "../registry/room";\nexport const r = registry;',
        "kernel-imports-only-what-stands-before-it: src/kernel/clock.ts → src/registry/room.ts",
      ],
      [
        "an import of a type alone",
        "src/graph/enums.ts",
        'import type { registry } from "../registry/room";\nexport type R = typeof registry;',
        "graph-imports-only-what-stands-before-it: src/graph/enums.ts → src/registry/room.ts",
      ],
      [
        "a type named by its path",
        "src/database/database.ts",
        'export type R = typeof import("../registry/room");',
        "database-imports-only-what-stands-before-it: src/database/database.ts → src/registry/room.ts",
      ],
      [
        "an import when it runs",
        "src/access/viewer-of-request.ts",
        'export const later = () => import("../http/server");',
        "access-imports-only-what-stands-before-it: src/access/viewer-of-request.ts → src/http/server.ts",
      ],
      [
        "a room that knows all rooms",
        "src/http/health.ts",
        'export { catalogue } from "../catalogue";',
        "http-imports-only-what-stands-before-it: src/http/health.ts → src/catalogue.ts",
      ],
      [
        "SQL in the graph",
        "src/collaboration/graph/strength.ts",
        'import sql from "sql-template-tag";\nexport const one = sql`SELECT 1`;',
        "the-graph-is-pure: src/collaboration/graph/strength.ts → ",
      ],
      [
        "the upkeep's types in the graph",
        "src/collaboration/graph/links.ts",
        'import type { Session } from "../../database/database";\nexport type S = Session;',
        "the-graph-is-pure: src/collaboration/graph/links.ts → src/database/database.ts",
      ],
      [
        "a circle of types in one room",
        "src/http/near.ts",
        'import type { Far } from "./far";\nexport type Near = Far;',
        "no-circle: src/http/far.ts →\n      src/http/near.ts →\n      src/http/far.ts",
      ],
      [
        "a module that nothing starts",
        "src/kernel/lonely.ts",
        'export { newest } from "./names";',
        "no-module-that-nothing-starts: src/kernel/lonely.ts",
      ],
      [
        "a benchmark in the server",
        "src/main.ts",
        'import "../bench/generate/days";',
        "the-server-knows-no-benchmark: src/main.ts → bench/generate/days.ts",
      ],
      [
        "a module that the generator does not start",
        "bench/generate/lonely.ts",
        "export const lonely = 1;",
        "no-module-that-the-generator-does-not-start: bench/generate/lonely.ts",
      ],
      [
        "a file that does not exist",
        "src/main.ts",
        'import "./nowhere";',
        "every-import-is-found: src/main.ts → ./nowhere",
      ],
      [
        "a package for development",
        "src/main.ts",
        'import "fast-check";',
        "only-packages-that-are-installed-with-the-server: src/main.ts → ",
      ],
    ];
    let outcome: Outcome;
    beforeAll(async () => {
      await plant([
        ["src/http/far.ts", 'import type { Near } from "./near";\nexport type Far = Near;'],
        ...FAULTS.map(([, file, text]) => [file, text] as const),
      ]);
      outcome = checkRooms();
    });

    it("fails", () => {
      expect(outcome.status).not.toBe(0);
    });

    it.each(FAULTS)("names %s", (_fault, _file, _text, message) => {
      expect(outcome.output.replace(/ +$/gm, "")).toContain(message.trimEnd());
    });
  });
});
