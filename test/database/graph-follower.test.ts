// The graph in memory, kept by following the log, is the graph that is read anew: whatever is written, and however.
import "reflect-metadata";
import sql from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { AFFILIATION_SOURCES } from "../../src/collaboration/kinds";
import type { AffiliationGraph } from "../../src/collaboration/graph/affiliation-graph";
import { measuresOf } from "../../src/collaboration/graph/measures/measures";
import { GraphFollower, type FollowerTimes } from "../../src/collaboration/upkeep/graph-follower";
import { project } from "../../src/collaboration/graph/projected";
import { Selection } from "../../src/collaboration/graph/selection";
import { runToEnd } from "../../src/collaboration/graph/computing/resumable";
import { beginEpoch } from "../../src/database/epoch";
import { loadDataset } from "../../src/database/load/load";
import { readRevision } from "../../src/database/read/revision";
import { RevisionWatch } from "../../src/database/revision-watch";
import { EXAMPLE_DATA_FOLDER } from "../../src/installation";
import { randomFrom } from "../../src/kernel/random";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { addRandomCollaboration } from "../support/random-collaboration";
import { change } from "../support/random-collaboration-change";
import { CHANGES } from "../support/random-collaboration-changes";
import { called, records } from "../support/records";
import { databaseDouble } from "../support/database-double";

let backend: TestDatabase;
let watch: RevisionWatch;
let follower: GraphFollower;
beforeAll(async () => {
  backend = await openTestDatabase();
  watch = await RevisionWatch.start(backend.database);
  follower = newFollower();
  follower.start();
});
afterAll(async () => {
  await follower.close();
  await watch.close();
  await backend.close();
});

function newFollower(times: Partial<FollowerTimes> = {}): GraphFollower {
  return new GraphFollower(
    backend.database,
    watch,
    (error) => {
      throw error;
    },
    times,
  );
}

/** All that the graph holds, in words; what nobody shares any more is left out, with its traits. */
function wordsOf({ affiliations, records, partners, traits }: AffiliationGraph): string[] {
  const words: string[] = [];
  for (let record = 0; record < records.size; record++) {
    const { ofRecords } = affiliations;
    ofRecords.each(record, (partner, at) => {
      const what = [
        AFFILIATION_SOURCES[affiliations.kindOf(record)]?.record.name,
        records.idOf(record),
        affiliations.sizeOf(record),
      ];
      const who = [partners.idOf(partner), traits.typeOf(partner), traits.countryOf(partner)?.code];
      words.push([...what, ...who, ofRecords.sinceAt(at), ofRecords.untilAt(at)].join(" "));
    });
  }
  return words.sort();
}

/** The rows of partners say the same as those of records. */
function expectBothSidesToAgree({
  affiliations: { ofPartners, ofRecords },
  partners,
  records,
}: AffiliationGraph): void {
  const [bySide, byOther]: string[][] = [[], []];
  for (let partner = 0; partner < partners.size; partner++) {
    ofPartners.each(partner, (record, at) => {
      bySide?.push([record, partner, ofPartners.sinceAt(at), ofPartners.untilAt(at)].join(" "));
    });
  }
  for (let record = 0; record < records.size; record++) {
    ofRecords.each(record, (partner, at) => {
      byOther?.push([record, partner, ofRecords.sinceAt(at), ofRecords.untilAt(at)].join(" "));
    });
  }
  expect(bySide?.sort()).toEqual(byOther?.sort());
}

/** What is measured of each partner, by its id. */
function measuredOf(graph: AffiliationGraph): Map<string, number[]> {
  const { projection, ids, partners } = runToEnd(project(new Selection(graph, {}, "2026-01-31")));
  const { degrees, weightedDegrees, pageRanks, community } = measuresOf({ projection, ids, seed: 1 });
  const measures = [degrees, weightedDegrees, pageRanks, community];
  return new Map(
    Array.from(partners, (partner, place) => [
      graph.partners.idOf(partner),
      measures.map((values) => values[place] as number),
    ]),
  );
}

async function expectToBeCurrent(): Promise<void> {
  const state = await readRevision(backend.database);
  const { graph } = await follower.at(state);
  const another = newFollower();
  const anew = await another.at(state);
  expect(wordsOf(graph)).toEqual(wordsOf(anew.graph));
  expectBothSidesToAgree(graph);
  expect(measuredOf(graph)).toEqual(measuredOf(anew.graph));
  await another.close();
}

it("follows random writes of every kind", async () => {
  const random = randomFrom(5);
  await addRandomCollaboration(backend.database, random);
  await expectToBeCurrent();
  for (const [, make] of CHANGES) await change(backend.database, random, make);
  await expectToBeCurrent();
});

it("follows what a load writes, and SQL of a console", async () => {
  await loadDataset(backend.database, catalogue, EXAMPLE_DATA_FOLDER, () => undefined);
  await expectToBeCurrent();
  await backend.database.query(
    sql`UPDATE project_participation SET status = 'LEFT' WHERE status = 'ACCEPTED' AND role = 'PARTNER'`,
  );
  await backend.database.query(sql`UPDATE network SET stated_member_count = 2147483647 WHERE slug = 'gnlc'`);
  await backend.database.query(
    sql`UPDATE city SET country_id = (SELECT id FROM country WHERE code = 'CH') WHERE slug = 'york'`,
  );
  await expectToBeCurrent();
});

it("forgets a part that was led elsewhere and then deleted, or led on, before it was looked at", async () => {
  const partner = (slug: string) => sql`(SELECT id FROM city WHERE slug = ${slug})`;
  for (const network of ["delice", "eurocities"]) {
    await records(backend.database).networkMembership({ network: called(network), city: called("krakow") });
  }
  await expectToBeCurrent();
  const resting = newFollower();
  await resting.at(await readRevision(backend.database));
  await backend.database
    .query(sql`UPDATE network_membership SET city_id = ${partner("york")} WHERE city_id = ${partner("krakow")}
    AND network_id IN (SELECT id FROM network WHERE slug IN ('delice', 'eurocities'))`);
  await backend.database.query(sql`DELETE FROM network_membership WHERE city_id = ${partner("york")}
    AND network_id = (SELECT id FROM network WHERE slug = 'delice')`);
  await backend.database
    .query(sql`UPDATE network_membership SET network_id = (SELECT id FROM network WHERE slug = 'delice')
    WHERE city_id = ${partner("york")} AND network_id = (SELECT id FROM network WHERE slug = 'eurocities')`);
  const state = await readRevision(backend.database);
  const anew = newFollower();
  expect(wordsOf((await resting.at(state)).graph)).toEqual(wordsOf((await anew.at(state)).graph));
  await resting.close();
  await anew.close();
});

it("stays another version of the graph only where something of it changed", async () => {
  const before = await follower.at(await readRevision(backend.database));
  await backend.database.query(sql`UPDATE city SET name = 'Yorkshire' WHERE slug = 'york'`);
  const renamed = await follower.at(await readRevision(backend.database));
  expect(renamed.state.revision).not.toBe(before.state.revision);
  expect(renamed.version).toBe(before.version);
  await backend.database.query(sql`UPDATE project SET status = 'CANCELLED' WHERE slug = 'city-to-city-2020'`);
  expect((await follower.at(await readRevision(backend.database))).version).not.toBe(before.version);
});

it("is read anew in another epoch", async () => {
  const { epoch, revision } = await readRevision(backend.database);
  await beginEpoch(backend.database);
  const state = await readRevision(backend.database);
  expect(state.epoch).not.toBe(epoch);
  await watch.ask();
  const snapshot = await follower.at(state);
  expect(snapshot.state).toEqual({ epoch: state.epoch, revision });
});

it("refuses to wait for ever for a revision that does not come", async () => {
  const { epoch } = await readRevision(backend.database);
  const impatient = newFollower({ waitMs: 50 });
  await expect(impatient.at({ epoch, revision: "999999999" })).rejects.toMatchObject({
    code: "OVERLOADED",
    reason: "LINKS_NOT_READY",
  });
  await impatient.close();
  await expect(impatient.at({ epoch, revision: "999999999" })).rejects.toMatchObject({ reason: "LINKS_NOT_READY" });
});

it("tells of a failure, keeps what it had, and goes on when the database answers again", async () => {
  const failures: unknown[] = [];
  let isBroken = false;
  const database = databaseDouble(backend.database, (inner) => ({
    query: (statement) => (isBroken ? Promise.reject(new Error("no database")) : inner.query(statement)),
  }));
  const tried = new GraphFollower(database, watch, (error) => failures.push(error), { retryMs: 1, waitMs: 5_000 });
  const before = await tried.at(await readRevision(backend.database));
  isBroken = true;
  await backend.database.query(sql`UPDATE project SET status = 'ACTIVE' WHERE slug = 'city-to-city-2020'`);
  const state = await readRevision(backend.database);
  const after = tried.at(state);
  expect(await tried.at(before.state)).toBe(before);
  await new Promise((resolve) => setTimeout(resolve, 20));
  isBroken = false;
  expect(BigInt((await after).state.revision)).toBeGreaterThanOrEqual(BigInt(state.revision));
  expect(failures.length).toBeGreaterThan(0);
  await tried.close();
});
