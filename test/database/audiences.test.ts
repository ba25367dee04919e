// The log says of each row who may see it, and says the same as the API shows to each kind of caller.
import "reflect-metadata";
import sql from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { withPrisma } from "../../src/database/client/prisma";
import type { Session } from "../../src/database/database";
import type { RecordType } from "../../src/database/declare/record-type";
import { encodeId } from "../../src/kernel/ids";
import { goalList, records } from "../support/records";
import { VisibilityFixture } from "../support/visibility-fixture";
import { EACH_CALLER, EACH_RESTRICTED, isIn, type Audience } from "../support/who-sees";

let fixture: VisibilityFixture;
beforeAll(async () => {
  fixture = await VisibilityFixture.open();
});
afterAll(() => fixture.close());

interface Entry {
  recordId: string;
  type: string;
  before: string | null;
  after: string | null;
}

const audience = (text: string): Audience => (text === "PUBLIC" ? "EVERYBODY" : text.split(" "));

/** The newest entry of each record of a type. */
async function newestEntries(type: RecordType): Promise<Map<string, Entry>> {
  const entries = await fixture.api.database.query<Entry>(sql`
    SELECT DISTINCT ON (record_id) record_id AS "recordId", type, audience_before AS before, audience_after AS after
    FROM change_log WHERE type = ${type.name} ORDER BY record_id, revision DESC, ordinal DESC`);
  return new Map(entries.map((entry) => [entry.recordId, entry]));
}

const write = (script: string): Promise<Entry[]> => written((session) => session.execute(script));

/** What the log has of some work. */
async function written(work: (session: Session) => Promise<void>): Promise<Entry[]> {
  const [{ revision }] = (await fixture.api.database.query<{ revision: string }>(
    sql`SELECT revision FROM revision_counter`,
  )) as [{ revision: string }];
  await fixture.api.database.write("test", work);
  await fixture.readRows();
  return fixture.api.database.query<Entry>(sql`
    SELECT record_id AS "recordId", type, audience_before AS before, audience_after AS after
    FROM change_log WHERE revision > ${revision}::bigint ORDER BY revision, ordinal`);
}

async function expectTheLogToSayWhatIsShown(type: RecordType): Promise<void> {
  const entries = await newestEntries(type);
  const rows = fixture.rowsOf(type);
  expect(rows.length).toBeGreaterThan(0);
  for (const [title, caller] of EACH_CALLER) {
    const ids = fixture.idsOf(type).slice(0, 100);
    const { nodes } = await fixture.data(caller, "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
    const shown = (nodes as (object | null)[]).map((node) => node !== null);
    const said = rows.slice(0, 100).map(({ id }) => isIn(audience(entries.get(id)!.after!), fixture.viewer(caller)));
    expect({ title, seen: said }).toEqual({ title, seen: shown });
  }
}

describe.each(EACH_RESTRICTED)("the audience of a %s in the log", (_name, type) => {
  it("is who sees it through the API", () => expectTheLogToSayWhatIsShown(type));

  it("names nobody twice, and only records that have keys", async () => {
    const owners = new Set(
      catalogue.records
        .filter(({ authority }) => authority === "self")
        .flatMap((owner) => fixture.rowsOf(owner).map(({ id }) => id)),
    );
    for (const { after } of (await newestEntries(type)).values()) {
      const named = audience(after!);
      if (named === "EVERYBODY") continue;
      expect(new Set(named).size).toBe(named.length);
      expect(named.filter((id) => !owners.has(id))).toEqual([]);
    }
  });
});

it("is everybody for each type that everybody sees all of", async () => {
  const rows = await fixture.api.database.query<{ type: string }>(
    sql`SELECT DISTINCT type FROM change_log WHERE audience_after <> 'PUBLIC'`,
  );
  const restricted = new Set<string>(EACH_RESTRICTED.map(([name]) => name));
  expect(rows.filter(({ type }) => !restricted.has(type))).toEqual([]);
  const nobody = await fixture.api.database.query(
    sql`SELECT FROM change_log WHERE operation = 'UPSERT' AND audience_after IS NULL`,
  );
  expect(nobody).toEqual([]);
});

describe("a change of who may see", () => {
  const typeNamed = (name: string): RecordType => catalogue.getByName(name);
  const rowWith = (type: string, column: string, value: string) =>
    fixture.rowsOf(typeNamed(type)).find((row) => row[column] === value)!;
  const isShownToAll = async (type: string, id: string): Promise<boolean> => {
    const [, anybody] = EACH_CALLER[0]!;
    const { node } = await fixture.data(anybody, `{ node(id: "${encodeId(typeNamed(type).tag, id)}") { id } }`);
    return node !== null;
  };

  it("of a report that is handed in is told of the report and of what is planned in it", async () => {
    const action = rowWith("PlannedAction", "title", "Secret festival");
    const report = rowWith("MonitoringReport", "id", action.report_id as string);
    const city = report.city_id as string;
    expect(await isShownToAll("PlannedAction", action.id)).toBe(false);
    const entries = await write(
      `UPDATE monitoring_report SET status = 'SUBMITTED', submitted_at = '2026-11-19T10:00:00Z' WHERE id = '${report.id}'`,
    );
    const published = { before: city, after: "PUBLIC" };
    expect(entries).toHaveLength(2);
    expect(entries).toContainEqual({ recordId: report.id, type: "MonitoringReport", ...published });
    expect(entries).toContainEqual({ recordId: action.id, type: "PlannedAction", ...published });
    expect(rowWith("PlannedAction", "id", action.id).report_status).toBe("SUBMITTED");
    expect(await isShownToAll("PlannedAction", action.id)).toBe(true);
    expect(await isShownToAll("MonitoringReport", report.id)).toBe(true);
  });

  it("of an opportunity is told when it is published, and when it becomes a draft again", async () => {
    const { id, posted_by_id: poster } = rowWith("Opportunity", "slug", "draft-of-network");
    const entry = { recordId: id, type: "Opportunity" };
    expect(await write(`UPDATE opportunity SET state = 'PUBLISHED' WHERE id = '${id}'`)).toEqual([
      { ...entry, before: poster, after: "PUBLIC" },
    ]);
    expect(await isShownToAll("Opportunity", id)).toBe(true);
    expect(await write(`UPDATE opportunity SET state = 'DRAFT' WHERE id = '${id}'`)).toEqual([
      { ...entry, before: "PUBLIC", after: poster },
    ]);
    expect(await isShownToAll("Opportunity", id)).toBe(false);
  });

  it("of an opportunity's poster moves with it, also in the answers that were given to it", async () => {
    const { id, posted_by_id: poster } = rowWith("Opportunity", "slug", "closed-call");
    const response = rowWith("OpportunityResponse", "opportunity_id", id);
    const other = rowWith("Organization", "slug", "film-works").id;
    const entries = await write(`UPDATE opportunity SET posted_by_id = '${other}' WHERE id = '${id}'`);
    expect(entries).toContainEqual({ recordId: id, type: "Opportunity", before: "PUBLIC", after: "PUBLIC" });
    expect(entries).toContainEqual({
      recordId: response.id,
      type: "OpportunityResponse",
      before: `${response.responder_id} ${poster}`,
      after: `${response.responder_id} ${other}`,
    });
  });

  it("is none when only a part changes: names, keys, sources and links have the record's own audience", async () => {
    const { id, city_id: city } = rowWith("PlannedAction", "title", "Hidden exchange");
    const own = { recordId: id, type: "PlannedAction", before: city, after: city };
    const entries = await written(async (session) => {
      await records(session).recordSource(id, { title: "A source" });
      await withPrisma(session, (prisma) =>
        prisma.plannedAction.update({ where: { id }, data: { goals: goalList(3) } }),
      );
    });
    expect(entries).toEqual([own, own]);
  });

  it("of a deleted record is from those who saw it to nobody", async () => {
    const { id, city_id: city } = rowWith("Application", "status", "DRAFT");
    const entries = await write(`DELETE FROM application WHERE id = '${id}'`);
    expect(entries.at(-1)).toEqual({ recordId: id, type: "Application", before: city, after: null });
  });

  it("leaves the log saying what is shown", async () => {
    for (const [, type] of EACH_RESTRICTED) await expectTheLogToSayWhatIsShown(type);
  });
});
