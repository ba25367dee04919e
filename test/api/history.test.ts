// The history of a record: who reads it, in which words, in which order, and what it costs.
import "reflect-metadata";
import { withPrisma } from "../../src/database/client/prisma";
import { decodeId } from "../../src/kernel/ids";
import type { Role } from "../../src/kernel/viewer";
import { addTo, at, goalList } from "../support/records";
import { VisibilityFixture, SECRETARIAT_CALLS } from "../support/visibility-fixture";
import type { Caller } from "../support/who-sees";

let fixture: VisibilityFixture;
beforeAll(async () => {
  fixture = await VisibilityFixture.open();
});
afterAll(() => fixture.close());

interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

interface Version {
  revision: string;
  operation: string;
  actor: string;
  committedAt: string;
  changes: Change[];
}

const VERSION = "revision operation actor committedAt changes { field before after }";

const write = (actor: string, script: string) =>
  fixture.api.database.write(actor, (session) => session.execute(script));

const caller = (role: Role, slug?: string): Caller =>
  slug === undefined ? { title: role, role } : { title: role, role, slug };

/** The global id of what a root field finds. */
async function idOf(field: string): Promise<string> {
  return (await fixture.data(SECRETARIAT_CALLS, `{ found: ${field} { id } }`)).found.id as string;
}

async function history(id: string, who = SECRETARIAT_CALLS): Promise<Version[] | null> {
  const { node } = await fixture.data(
    who,
    `query ($id: ID!) { node(id: $id) { ... on Record { history(first: 100) { nodes { ${VERSION} } } } } }`,
    { id },
  );
  return (node.history?.nodes as Version[] | undefined) ?? null;
}

/** The newest version, its changes by their fields. */
async function newest(id: string): Promise<Version & { of: Record<string, Change> }> {
  const [version] = (await history(id)) ?? [];
  if (version === undefined) throw new Error(`${id} has no history`);
  return { ...version, of: Object.fromEntries(version.changes.map((change) => [change.field, change])) };
}

const KRAKOW = 'city(by: { slug: "krakow" })';

describe("the history of a record", () => {
  it("is what was changed from what to what, by whom, when, at which revision", async () => {
    const id = await idOf(KRAKOW);
    const before = await fixture.data(SECRETARIAT_CALLS, `{ ${KRAKOW} { population } }`);
    await write("the city's key", "UPDATE city SET population = 800001 WHERE slug = 'krakow'");
    const { revision, node } = await fixture.data(
      SECRETARIAT_CALLS,
      `query ($id: ID!) { revision node(id: $id) { ... on Record { revision updatedAt } } }`,
      { id },
    );
    const [version] = (await history(id))!;
    expect(version).toEqual({
      revision: node.revision,
      operation: "UPSERT",
      actor: "the city's key",
      committedAt: node.updatedAt,
      changes: [{ field: "population", before: before.city.population, after: 800001 }],
    });
    expect(version!.revision).toBe(revision);
    expect(new Date(version!.committedAt).toISOString()).toBe(version!.committedAt);
  });

  it("begins with its creation, before which there was nothing", async () => {
    const created = (await history(await idOf('expert(by: { slug: "ada-example" })')))!.at(-1)!;
    expect(created).toMatchObject({ operation: "UPSERT", actor: "test" });
    expect(created.changes).toEqual([
      { field: "city", before: null, after: await idOf(KRAKOW) },
      { field: "contact", before: null, after: "ada@example.org" },
      { field: "expertise", before: null, after: ["Reading promotion", "Library networks"] },
      { field: "languages", before: null, after: ["en", "pt-BR", "zh-Hant-TW"] },
      { field: "name", before: null, after: "Ada Example" },
      { field: "slug", before: null, after: "ada-example" },
    ]);
  });

  it("calls who writes from a console by the role there", async () => {
    await fixture.api.database.execute("UPDATE city SET population = 800002 WHERE slug = 'krakow'");
    expect((await newest(await idOf(KRAKOW))).actor).toMatch(/^console:./);
  });

  it("is that of the record that another was merged into", async () => {
    const target = await idOf('expert(by: { slug: "bela-example" })');
    await addTo(fixture.api.database, (add) => add.expert({ slug: "twin" }));
    const twin = await idOf('expert(by: { slug: "twin" })');
    await write("test", "DELETE FROM expert WHERE slug = 'twin'");
    await fixture.api.database.execute(
      `UPDATE record SET merged_into = '${decodeId(target).uuid}' WHERE id = '${decodeId(twin).uuid}'`,
    );
    expect(await history(twin)).toEqual(await history(target));
  });
});

describe("a change in a history", () => {
  it("names records by their global ids, of one type and of several", async () => {
    const versions = (await history(await idOf(KRAKOW)))!;
    const country = versions.at(-1)!.changes.find(({ field }) => field === "country");
    expect(country).toEqual({ field: "country", before: null, after: await idOf('country(code: "PL")') });

    const posted = 'opportunity(by: { slug: "shared-stage" })';
    const [krakow, guild] = [await idOf(KRAKOW), await idOf('organization(by: { slug: "craft-guild" })')];
    expect((await history(await idOf(posted)))!.at(-1)!.changes).toContainEqual({
      field: "postedBy",
      before: null,
      after: krakow,
    });
    await write("test", `UPDATE opportunity SET posted_by_id = '${decodeId(guild).uuid}' WHERE slug = 'shared-stage'`);
    expect((await newest(await idOf(posted))).changes).toEqual([{ field: "postedBy", before: krakow, after: guild }]);
  });

  it("names the application's field, call and designation as the API does", async () => {
    const { nodes } = (
      await fixture.data(
        SECRETARIAT_CALLS,
        "{ applications(first: 100, filter: { designation: { isNull: false } }) { nodes { id call { id } city { id } creativeField { id } designation { id } submittedAt } } }",
      )
    ).applications as { nodes: Record<string, any>[] };
    const [application] = nodes;
    const created = Object.fromEntries(
      (await history(application!.id as string))!.at(-1)!.changes.map(({ field, after }) => [field, after]),
    );
    expect(created).toMatchObject({
      call: application!.call.id,
      city: application!.city.id,
      creativeField: application!.creativeField.id,
      designation: application!.designation.id,
      submittedAt: application!.submittedAt,
    });
    expect(application!.submittedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it("lists what came to links, and what went, as ids", async () => {
    const project = await idOf('project(by: { slug: "synthetic-exchange" })');
    const answer = await fixture.data(SECRETARIAT_CALLS, "{ goals { id number } }");
    const goal = (number: number): string =>
      (answer.goals as { id: string; number: number }[]).find((each) => each.number === number)!.id;
    const { uuid } = decodeId(project);
    await fixture.api.database.write("test", (session) =>
      withPrisma(session, (prisma) => prisma.project.update({ where: { id: uuid }, data: { goals: goalList(3) } })),
    );
    expect((await newest(project)).changes).toEqual([{ field: "goals", before: null, after: [goal(3)] }]);
    await write("test", `DELETE FROM project_goal WHERE record_id = '${uuid}'`);
    const { before, after } = (await newest(project)).of.goals!;
    expect([new Set(before as string[]), after]).toEqual([new Set([goal(3), goal(5), goal(11)]), null]);
  });

  it("shows names, keys elsewhere and sources as objects", async () => {
    const id = await idOf('city(by: { slug: "lyon" })');
    const { uuid } = decodeId(id);
    await addTo(fixture.api.database, (add) => add.recordName(uuid, { language: "eo", name: "Liono" }));
    expect((await newest(id)).changes).toEqual([
      { field: "names", before: null, after: [{ language: "eo", name: "Liono" }] },
    ]);
    await addTo(fixture.api.database, (add) => add.externalId(uuid, "gnlc", "L-1"));
    expect((await newest(id)).changes).toEqual([
      { field: "externalIds", before: null, after: [{ scheme: "gnlc", value: "L-1" }] },
    ]);
    await addTo(fixture.api.database, (add) =>
      add.recordSource(uuid, { title: "A list", retrievedAt: at("2026-11-20") }),
    );
    const source = { title: "A list", url: null, retrievedAt: "2026-11-20", license: null };
    expect((await newest(id)).changes).toEqual([{ field: "sources", before: null, after: [source] }]);
    await write("test", `UPDATE record_source SET license = 'CC0' WHERE record_id = '${uuid}' AND title = 'A list'`);
    expect((await newest(id)).changes).toEqual([
      { field: "sources", before: [source], after: [{ ...source, license: "CC0" }] },
    ]);
    await write("test", `DELETE FROM record_name WHERE record_id = '${uuid}' AND language = 'eo'`);
    expect((await newest(id)).changes).toEqual([
      { field: "names", before: [{ language: "eo", name: "Liono" }], after: null },
    ]);
  });

  it("shows instants with their milliseconds in UTC, days as days, and words of lists as words", async () => {
    const { monitoringReports } = await fixture.data(
      SECRETARIAT_CALLS,
      "{ monitoringReports(first: 1, filter: { status: { eq: DRAFT } }) { nodes { id } } }",
    );
    const id = monitoringReports.nodes[0].id as string;
    await write(
      "test",
      `UPDATE monitoring_report SET status = 'SUBMITTED', submitted_at = '2026-11-19T11:30:00.5+02:00', due_on = '2026-11-21'
       WHERE id = '${decodeId(id).uuid}'`,
    );
    const { of } = await newest(id);
    expect(of.status).toMatchObject({ before: "DRAFT", after: "SUBMITTED" });
    expect(of.submittedAt).toMatchObject({ before: null, after: "2026-11-19T09:30:00.500Z" });
    expect(of.dueOn).toMatchObject({ after: "2026-11-21" });
    expect(Object.keys(of)).toHaveLength(3);
  });
});

describe("who reads a history", () => {
  const PARTICIPATION =
    'projectParticipations(first: 1, filter: { partner: { network: { slug: { eq: "gnlc" } } } }) { nodes';

  it.each([
    ["ANONYMOUS", undefined, false],
    ["READER", undefined, false],
    ["CITY", "york", false],
    ["NETWORK", "gnlc", false],
    ["ORGANIZATION", "book-institute", false],
    ["CITY", "krakow", true],
    ["SECRETARIAT", undefined, true],
  ] as const)("of a city: %s %s: %s", async (role, slug, isShown) => {
    const versions = await history(await idOf(KRAKOW), caller(role, slug));
    if (isShown) expect(versions!.length).toBeGreaterThan(0);
    else expect(versions).toBeNull();
  });

  it.each([
    ["ANONYMOUS", undefined, false],
    ["NETWORK", "gnlc", true],
    ["NETWORK", "iccar", false],
    ["CITY", "krakow", false],
    ["SECRETARIAT", undefined, true],
  ] as const)("of a participation of a network: %s %s: %s", async (role, slug, isShown) => {
    const data = await fixture.data(SECRETARIAT_CALLS, `{ ${PARTICIPATION} { id } } }`);
    const versions = await history(data.projectParticipations.nodes[0].id as string, caller(role, slug));
    if (isShown) expect(versions!.length).toBeGreaterThan(0);
    else expect(versions).toBeNull();
  });

  it("of what is the Secretariat's alone: nobody else, whoever they are", async () => {
    const id = await idOf('project(by: { slug: "synthetic-exchange" })');
    for (const [role, slug] of [["CITY", "krakow"], ["ORGANIZATION", "book-institute"], ["READER"]] as const) {
      expect(await history(id, caller(role, slug))).toBeNull();
    }
    expect(await history(id)).not.toBeNull();
  });
});
