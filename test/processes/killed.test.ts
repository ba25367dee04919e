// A server that is killed in the midst of writes, and started again: what was acknowledged is there and in the log, nothing is
// there by half, and what nobody knows of can be sent again.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import sql from "sql-template-tag";
import type { Database } from "../../src/database/database";
import { openEmbeddedBackend } from "../../src/database/embedded-backend";
import { openServerBackend } from "../../src/database/server-backend";
import { CREATED, FIELDS, FORMED, GOALS, OFFERED, partsOf, send, writeUntilGone } from "../support/composite-writes";
import type { Sent } from "../support/composite-writes";
import { copyTemplateTo, databaseUrl, onServer, TEMPLATE_DATABASE, testServer } from "../support/test-database";
import { makeInstallation, type Installation } from "../support/installation";
import { makeCity, makeKey } from "../support/keys";
import { killServers, ServerProcess } from "../support/server-process";
import { expectWholeLog } from "../support/whole-log";

const ROUNDS = 3;
const CLIENTS = 8;
/** About a second of load. */
const KILLED_AFTER_WRITES = 40;
const CITY = "killed-city";
const DATABASE = `ccg_test_${randomBytes(6).toString("hex")}`;
const ALL_ROUNDS_AT_MOST_MS = 240_000;

let installation: Installation;
let backend: Record<string, string>;
let key: { token: string; city: string };
beforeAll(async () => {
  installation = makeInstallation();
  if (testServer === undefined) {
    backend = { DATA_DIR: join(installation.folder, "killed-data") };
    copyTemplateTo(backend.DATA_DIR ?? "");
  } else {
    await onServer(testServer, `CREATE DATABASE ${DATABASE} TEMPLATE ${TEMPLATE_DATABASE}`);
    backend = { DATABASE_URL: databaseUrl(testServer, DATABASE) };
  }
  await withDatabase(async (database) => {
    key = { token: await makeKey(database, "CITY", await makeCity(database, CITY)), city: CITY };
  });
}, ALL_ROUNDS_AT_MOST_MS);
afterEach(killServers);
afterAll(async () => {
  if (testServer !== undefined) await onServer(testServer, `DROP DATABASE ${DATABASE} WITH (FORCE)`);
  installation.remove();
});

/** The database itself, while no server has it open. */
async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database =
    testServer === undefined
      ? await openEmbeddedBackend({ dataDirectory: join(installation.folder, "killed-data") })
      : await openServerBackend({ url: databaseUrl(testServer, DATABASE), poolSize: 2, statementTimeoutMs: 30_000 });
  await work(database).finally(() => database.close());
}

/** Clients that write until the server is gone. Resolves when so many writes were acknowledged. */
async function underLoad(url: string, round: number): Promise<{ gone: Promise<Sent[]> }> {
  let acknowledged = 0;
  let gone: Promise<Sent[]> = Promise.resolve([]);
  await new Promise<void>((enough, failed) => {
    const onAcknowledged = (): void => {
      acknowledged += 1;
      if (acknowledged === KILLED_AFTER_WRITES + round) enough();
    };
    const clients = Array.from({ length: CLIENTS }, (_, i) =>
      writeUntilGone(url, key, `${round}-${i}`, onAcknowledged),
    );
    gone = Promise.all(clients).then((sent) => sent.flat());
    gone.then(() => failed(new Error("the server was gone before it was killed")), failed);
  });
  return { gone };
}

const slugsOf = (sent: readonly Sent[], mutation: string): string[] =>
  sent.filter((one) => one.mutation === mutation).map(({ input }) => String(input.slug));

/** All projects whose slug begins so, as the API shows them. */
async function projectsOf(server: ServerProcess, prefix: string): Promise<any[]> {
  const found: any[] = [];
  for (let after = "null"; ;) {
    const { data } = await server.ask(`{
      projects(first: 50, after: ${after}, filter: { slug: { startsWith: "${prefix}" } }) {
        pageInfo { hasNextPage endCursor }
        nodes {
          slug themes areasOfAction creativeFields { slug } goals { number } leadCity { slug }
          externalIds { scheme value } sources { title license } opportunity { slug status }
        }
      }
    }`);
    found.push(...data.projects.nodes);
    if (!data.projects.pageInfo.hasNextPage) return found;
    after = JSON.stringify(data.projects.pageInfo.endCursor);
  }
}

const sorted = (items: readonly object[]): string[] => items.map((item) => JSON.stringify(item)).sort();

/** As it must be, whichever of the writes made it. */
function expectWhole({ slug, ...project }: Record<string, any> & { slug: string }): void {
  const turn = slug.slice(CREATED.length);
  const parts = slug.startsWith(CREATED) ? partsOf(slug) : { externalIds: [], sources: [] };
  expect({
    ...project,
    creativeFields: sorted(project.creativeFields),
    goals: sorted(project.goals),
    externalIds: sorted(project.externalIds),
    sources: sorted(project.sources),
  }).toEqual({
    themes: slug.startsWith(CREATED) ? [`${turn}-1`, `${turn}-2`] : [],
    areasOfAction: ["PILOT_PARTNERSHIPS"],
    creativeFields: sorted(FIELDS.map((field) => ({ slug: field }))),
    goals: sorted(GOALS.map((number) => ({ number }))),
    leadCity: { slug: CITY },
    externalIds: sorted(parts.externalIds),
    sources: sorted(parts.sources),
    opportunity: slug.startsWith(CREATED) ? null : { slug: OFFERED + turn, status: "MATCHED" },
  });
}

interface LoggedRow {
  slug: string;
  revisions: string[];
  fields: string[];
  leadAt: string;
}

/** Of each project: the revisions that its log has, the fields that came, and the revision of its lead's participation. */
async function loggedProjects(database: Database): Promise<LoggedRow[]> {
  return database.query<LoggedRow>(sql`
    SELECT p.slug, h.revision AS "leadAt",
      to_jsonb(ARRAY(SELECT DISTINCT revision::text FROM change_log WHERE record_id = p.id)) AS revisions,
      to_jsonb(ARRAY(SELECT DISTINCT f FROM change_log l, jsonb_object_keys(l.changes) f WHERE record_id = p.id ORDER BY f)) AS fields
    FROM project p JOIN project_participation a ON a.project_id = p.id JOIN record h ON h.id = a.id
    WHERE p.slug ~ ${`^(${CREATED}|${FORMED})`} ORDER BY p.slug COLLATE "C"`);
}

it(
  `loses no acknowledged write and keeps none by half when it is killed ${ROUNDS} times under load`,
  async () => {
    const all: Sent[] = [];
    let unknown = 0;
    let server = new ServerProcess(installation.main, backend);
    for (let round = 0; round < ROUNDS; round++) {
      const clients = await underLoad(await server.url(), round);
      server.kill("SIGKILL");
      const sent = await clients.gone;
      await server.ended;
      all.push(...sent);

      server = new ServerProcess(installation.main, backend);
      const url = await server.url();
      const projects = [...(await projectsOf(server, CREATED)), ...(await projectsOf(server, FORMED))];
      projects.forEach(expectWhole);
      const there = new Set(projects.map(({ slug }) => slug));
      const known = all.filter(({ revision }) => revision !== undefined);
      const wanted = [...slugsOf(known, "createProject"), ...slugsOf(known, "formProject")];
      expect(wanted.filter((slug) => !there.has(slug))).toEqual([]);

      // Whoever got no answer sends it again, and it is done once.
      const unanswered = sent.filter(({ revision }) => revision === undefined);
      for (const one of unanswered) await send(url, key.token, one);
      unknown += unanswered.length;
    }
    expect((await server.stop()).code).toBe(0);
    expect(unknown).toBeGreaterThan(0);

    await withDatabase(async (database) => {
      await expectWholeLog(database);
      // All that was sent is there, each project in one revision, the one that was told: its parts and its lead with it.
      const told = new Map(
        all.flatMap(({ mutation, input, revision }) =>
          mutation === "createProject" || mutation === "formProject" ? [[String(input.slug), revision] as const] : [],
        ),
      );
      const logged = await loggedProjects(database);
      expect(logged.map(({ slug }) => slug)).toEqual([...told.keys()].sort());
      for (const { slug, revisions, fields, leadAt } of logged) {
        const parts = slug.startsWith(CREATED) ? ["externalIds", "sources"] : ["opportunity_id"];
        expect({ slug, revisions, leadAt, fields }).toEqual({
          slug,
          revisions: [told.get(slug)],
          leadAt: told.get(slug),
          fields: expect.arrayContaining(["creativeFields", "goals", "slug", "themes", ...parts]),
        });
      }
      // Each acknowledged write is a revision of its own, by the key that wrote it.
      const revisions = await database.query<{ revision: string }>(
        sql`SELECT DISTINCT revision FROM change_log WHERE actor LIKE 'key % of the tests' ORDER BY revision`,
      );
      const expected = all.map(({ revision }) => Number(revision)).sort((a, b) => a - b);
      expect(revisions.map(({ revision }) => Number(revision))).toEqual(expected);
    });
  },
  ALL_ROUNDS_AT_MOST_MS,
);
