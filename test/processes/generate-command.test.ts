// The command ccg generate as its user runs it: what it says, what stands in the database then, and what it refuses.
import "reflect-metadata";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { raw } from "sql-template-tag";
import { designationRows, townsOf } from "../../bench/generate/city-rows";
import { memberListsOf, membershipRows } from "../../bench/generate/network-rows";
import { projectRows, type PartRow } from "../../bench/generate/project-rows";
import { readReference } from "../../bench/generate/reference";
import type { Size } from "../../bench/generate/size";
import type { Database } from "../../src/database/database";
import { openEmbeddedBackend } from "../../src/database/embedded-backend";
import { openServerBackend } from "../../src/database/server-backend";
import { DATA_FOLDER } from "../../src/installation";
import { copyTemplateTo, databaseUrl, onServer, TEMPLATE_DATABASE, testServer } from "../support/test-database";
import { makeInstallation, type Installation } from "../support/installation";

/** Each of several commands opens a database anew, and some make one. */
const MANY_COMMANDS_MS = 180_000;

const SIZE: Size = { cities: 60, networks: 4, projects: 50, seed: 3 };
const ARGUMENTS = ["--cities", "60", "--networks", "4", "--projects", "50", "--seed", "3"];
const SOURCE = "Synthetic data of the Creative Cities Graph: not real";

let installation: Installation;
const made: string[] = [];
/** A database that was generated, and what the command said. */
let generated: Place & { said: Said };
beforeAll(async () => {
  installation = makeInstallation();
  const place = await newPlace();
  generated = { ...place, said: ccg(place.environment, "generate", ...ARGUMENTS) };
}, MANY_COMMANDS_MS);
afterAll(async () => {
  installation.remove();
  for (const name of testServer === undefined ? [] : made) {
    await onServer(testServer ?? "", `DROP DATABASE ${name} WITH (FORCE)`);
  }
});

/** A database of its own, in the run's home: what a command finds it by, and what this process opens it with. */
interface Place {
  environment: Record<string, string>;
  open: () => Promise<Database>;
}

async function newPlace(from: "empty" | "dataset" = "empty"): Promise<Place> {
  const name = `ccg_test_${randomBytes(6).toString("hex")}`;
  made.push(name);
  if (testServer === undefined) {
    const dataDirectory = join(installation.folder, name);
    if (from === "dataset") copyTemplateTo(dataDirectory);
    return { environment: { DATA_DIR: dataDirectory }, open: () => openEmbeddedBackend({ dataDirectory }) };
  }
  await onServer(
    testServer,
    `CREATE DATABASE ${name} TEMPLATE ${from === "dataset" ? TEMPLATE_DATABASE : "template0"}`,
  );
  const url = databaseUrl(testServer, name);
  return {
    environment: { DATABASE_URL: url },
    open: () => openServerBackend({ url, poolSize: 2, statementTimeoutMs: 0 }),
  };
}

interface Said {
  code: number | null;
  stdout: string[];
  stderr: string;
}

function ccg(environment: Readonly<Record<string, string>>, ...words: string[]): Said {
  const cli = join(dirname(installation.main), "cli.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
    env: { PATH: process.env.PATH ?? "", ...environment },
    encoding: "utf8",
  });
  return { code: status, stdout: stdout.trimEnd().split("\n"), stderr };
}

type Read = <Row extends object>(statement: string) => Promise<Row[]>;

/** Looks into a database, which the command must have left. */
async function lookInto({ open }: Place, look: (read: Read) => Promise<void>): Promise<void> {
  const database = await open();
  try {
    await look((statement) => database.query(raw(statement)));
  } finally {
    await database.close();
  }
}

const NUMBERED = { City: "synthetic-city-", Network: "synthetic-network-", Organization: "synthetic-organization-" };

function partLine(project: string, { partner, role, status, since, until }: PartRow): string {
  const slug = `${NUMBERED[partner.type]}${partner.number + 1}`;
  return [project, slug, role, status, since ?? "", until ?? ""].join(" ");
}

it(
  "fills an empty database with exactly the rows of its seed, says how many, and refuses to do it twice",
  async () => {
    const first = generated.said;
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toEqual(expect.arrayContaining(["60 cities", "4 networks", "50 projects", "20 meetings"]));
    expect(first.stdout.at(-1)).toMatch(/^generated at revision 14 in \d+\.\d seconds$/);

    expect(ccg(generated.environment, "generate", ...ARGUMENTS)).toEqual({
      code: 1,
      stdout: [""],
      stderr: expect.stringMatching(
        /^the database is not empty: it holds a [A-Za-z]+\. .* drop the database/,
      ) as string,
    });

    const reference = readReference(DATA_FOLDER);
    const towns = townsOf(SIZE, reference);
    const parts = [...projectRows(SIZE, reference, towns)].flatMap((row) =>
      row.parts.map((part) => partLine(row.slug, part)),
    );
    expect(first.stdout).toContain(`${parts.length} projectParticipations`);
    const members = [...membershipRows(SIZE, memberListsOf(SIZE, reference, towns))];
    await lookInto(generated, async (read) => {
      const stored = await read<{ line: string }>(
        `SELECT concat_ws(' ', p.slug, coalesce(c.slug, n.slug, o.slug), t.role, t.status,
           coalesce(t.since, ''), coalesce(t.until, '')) AS line
         FROM project_participation t JOIN project p ON p.id = t.project_id
         LEFT JOIN city c ON c.id = t.partner_id LEFT JOIN network n ON n.id = t.partner_id
         LEFT JOIN organization o ON o.id = t.partner_id`,
      );
      expect(stored.map(({ line }) => line).sort()).toEqual(parts.sort());
      const storedMembers = await read<{ line: string }>(
        `SELECT concat_ws(' ', n.slug, c.slug, m.role, coalesce(m.since, ''), coalesce(m.until, '')) AS line
         FROM network_membership m JOIN network n ON n.id = m.network_id JOIN city c ON c.id = m.city_id`,
      );
      expect(storedMembers.map(({ line }) => line).sort()).toEqual(
        members
          .map(({ network, city, role, since, until }) =>
            [`synthetic-network-${network + 1} synthetic-city-${city + 1}`, role, since ?? "", until ?? ""].join(" "),
          )
          .sort(),
      );
      const [backend] = await read<{ members: number }>(
        "SELECT count(DISTINCT city_id)::int4 AS members FROM home_member",
      );
      expect(backend?.members).toBe(new Set([...designationRows(SIZE, reference, towns)].map(({ city }) => city)).size);
      expect(await read("SELECT revision FROM revision_counter")).toEqual([{ revision: "14" }]);
    });
  },
  MANY_COMMANDS_MS,
);

it(
  "marks what it made: by slug and name, and by a source of each record but memberships, designations, missions and parts",
  async () => {
    await lookInto(generated, async (read) => {
      const marks = await read<{ type: string; of: boolean }>(
        `SELECT DISTINCT r.type, EXISTS (SELECT FROM record_source s WHERE s.record_id = r.id AND s.title = '${SOURCE}') AS of
       FROM record r LEFT JOIN network n ON n.id = r.id WHERE n.kind IS DISTINCT FROM 'HOME' ORDER BY r.type`,
      );
      expect(marks.filter(({ of }) => !of).map(({ type }) => type)).toEqual([
        "Country",
        "CreativeField",
        "Designation",
        "ExpertMission",
        "NetworkMembership",
        "ProjectParticipation",
        "SustainableDevelopmentGoal",
      ]);
      expect(marks.filter(({ of }) => of).map(({ type }) => type)).toEqual([
        "City",
        "DesignationRound",
        "Expert",
        "Meeting",
        "Network",
        "NetworkAgreement",
        "Organization",
        "Practice",
        "PracticeCollection",
        "Project",
      ]);
      const unnamed = await read(
        `SELECT slug FROM (
         SELECT slug, name FROM city UNION ALL SELECT slug, name FROM organization UNION ALL SELECT slug, name FROM expert
         UNION ALL SELECT slug, name FROM network WHERE kind <> 'HOME' UNION ALL SELECT slug, title FROM project
         UNION ALL SELECT slug, title FROM practice UNION ALL SELECT slug, title FROM network_agreement
         UNION ALL SELECT slug, title FROM practice_collection UNION ALL SELECT 'synthetic-', title FROM meeting
       ) named WHERE slug NOT LIKE 'synthetic-%' OR name NOT LIKE 'Synthetic %'`,
      );
      expect(unnamed).toEqual([]);
      const actors = await read("SELECT DISTINCT actor FROM change_log ORDER BY actor");
      expect(actors).toEqual([{ actor: "dataset" }, { actor: "generate" }]);
    });
  },
  MANY_COMMANDS_MS,
);

it(
  "generates beside the reference lists, and refuses a database with a city of its own, writing nothing",
  async () => {
    const place = await newPlace();
    const lists = join(installation.folder, "lists");
    mkdirSync(lists);
    for (const file of ["countries.csv", "goals.csv"]) copyFileSync(join(DATA_FOLDER, file), join(lists, file));
    expect(ccg(place.environment, "load", lists).code).toBe(0);
    expect(ccg(place.environment, "generate", ...ARGUMENTS).code).toBe(0);
    await lookInto(place, async (read) => {
      expect(await read("SELECT count(*)::int4 AS count FROM city")).toEqual([{ count: 60 }]);
    });

    const other = await newPlace("dataset");
    const refused = ccg(other.environment, "generate", ...ARGUMENTS);
    expect(refused).toMatchObject({ code: 1, stdout: [""] });
    expect(refused.stderr).toMatch(/^the database is not empty: it holds a City\./);
    await lookInto(other, async (read) => {
      expect(await read("SELECT revision FROM revision_counter")).toEqual([{ revision: "1" }]);
    });
  },
  MANY_COMMANDS_MS,
);

it.each([
  ["--cities", "1", "2 to 1000000"],
  ["--cities", "1000001", "2 to 1000000"],
  ["--networks", "0", "1 to 10000"],
  ["--projects", "many", "1 to 1000000"],
  ["--projects", "1e3", "1 to 1000000"],
  ["--seed", "-1", "0 to 4294967295"],
])("refuses %s %s, and opens no database", (option, value, bounds) => {
  const directory = join(installation.folder, "never-made");
  const refused = ccg({ DATA_DIR: directory }, "generate", `${option}=${value}`);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`argument '${value}' is invalid`);
  expect(refused.stderr).toContain(`It must be a whole number from ${bounds}.`);
  expect(existsSync(directory)).toBe(false);
});
