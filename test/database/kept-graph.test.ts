// The graph in memory, kept by following the log, is the graph that is read anew: whatever is written, and however.
import "reflect-metadata";
import sql from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { AFFILIATIONS } from "../../src/collaboration/link-kinds";
import type { Adjacency } from "../../src/collaboration/memory/adjacency";
import { measuresOf } from "../../src/collaboration/measures/measures";
import { AdjacencyKeeper, type KeeperTimes } from "../../src/collaboration/memory/keeper";
import { project } from "../../src/collaboration/projected";
import { Selection } from "../../src/collaboration/selection";
import { atOneGo } from "../../src/collaboration/stepwise";
import { beginEpoch } from "../../src/database/epoch";
import { loadDataset } from "../../src/database/load/load";
import { readRevision } from "../../src/database/read/revision";
import { RevisionWatch } from "../../src/database/revision-watch";
import { EXAMPLE_DATA_FOLDER } from "../../src/installation";
import { randomFrom } from "../../src/kernel/random";
import { openTestDatabase, type TestDatabase } from "../support/home";
import { addRandomCollaboration } from "../support/random-collaboration";
import { change } from "../support/random-collaboration-change";
import { CHANGES } from "../support/random-collaboration-changes";
import { databaseDouble } from "../support/database-double";

let home: TestDatabase;
let watch: RevisionWatch;
let keeper: AdjacencyKeeper;
beforeAll(async () => {
  home = await openTestDatabase();
  watch = await RevisionWatch.start(home.database);
  keeper = newKeeper();
  keeper.start();
});
afterAll(async () => {
  await keeper.close();
  await watch.close();
  await home.close();
});

function newKeeper(times: Partial<KeeperTimes> = {}): AdjacencyKeeper {
  return new AdjacencyKeeper(
    home.database,
    watch,
    (error) => {
      throw error;
    },
    times,
  );
}

/** All that the graph holds, in words; what nobody shares any more is left out, with its traits. */
function wordsOf({ incidences, things, partners, traits }: Adjacency): string[] {
  const words: string[] = [];
  for (let thing = 0; thing < things.size; thing++) {
    const { ofThings } = incidences;
    ofThings.each(thing, (partner, at) => {
      const what = [AFFILIATIONS[incidences.kindOf(thing)]?.thing.name, things.idOf(thing), incidences.sizeOf(thing)];
      const who = [partners.idOf(partner), traits.typeOf(partner), traits.countryOf(partner)?.code];
      words.push([...what, ...who, ofThings.sinceAt(at), ofThings.untilAt(at)].join(" "));
    });
  }
  return words.sort();
}

/** The rows of partners say the same as those of things. */
function expectBothSidesToAgree({ incidences: { ofPartners, ofThings }, partners, things }: Adjacency): void {
  const [bySide, byOther]: string[][] = [[], []];
  for (let partner = 0; partner < partners.size; partner++) {
    ofPartners.each(partner, (thing, at) => {
      bySide?.push([thing, partner, ofPartners.sinceAt(at), ofPartners.untilAt(at)].join(" "));
    });
  }
  for (let thing = 0; thing < things.size; thing++) {
    ofThings.each(thing, (partner, at) => {
      byOther?.push([thing, partner, ofThings.sinceAt(at), ofThings.untilAt(at)].join(" "));
    });
  }
  expect(bySide?.sort()).toEqual(byOther?.sort());
}

/** What is measured of each partner, by its id. */
function measuredOf(adjacency: Adjacency): Map<string, number[]> {
  const { projection, ids, partners } = atOneGo(project(new Selection(adjacency, {}, "2026-01-31")));
  const { degrees, weightedDegrees, pageRanks, community } = measuresOf({ projection, ids, seed: 1 });
  const measures = [degrees, weightedDegrees, pageRanks, community];
  return new Map(
    Array.from(partners, (partner, place) => [
      adjacency.partners.idOf(partner),
      measures.map((values) => values[place] as number),
    ]),
  );
}

async function expectToBeCurrent(): Promise<void> {
  const state = await readRevision(home.database);
  const { adjacency } = await keeper.at(state);
  const another = newKeeper();
  const anew = await another.at(state);
  expect(wordsOf(adjacency)).toEqual(wordsOf(anew.adjacency));
  expectBothSidesToAgree(adjacency);
  expect(measuredOf(adjacency)).toEqual(measuredOf(anew.adjacency));
  await another.close();
}

it("follows random writes of every kind", async () => {
  const random = randomFrom(5);
  await addRandomCollaboration(home.database, random);
  await expectToBeCurrent();
  for (const [, make] of CHANGES) await change(home.database, random, make);
  await expectToBeCurrent();
});

it("follows what a load writes, and SQL of a console", async () => {
  await loadDataset(home.database, catalogue, EXAMPLE_DATA_FOLDER, () => undefined);
  await expectToBeCurrent();
  await home.database.query(
    sql`UPDATE project_participation SET status = 'LEFT' WHERE status = 'ACCEPTED' AND role = 'PARTNER'`,
  );
  await home.database.query(sql`UPDATE network SET stated_member_count = 2147483647 WHERE slug = 'gnlc'`);
  await home.database.query(
    sql`UPDATE city SET country_id = (SELECT id FROM country WHERE code = 'CH') WHERE slug = 'york'`,
  );
  await expectToBeCurrent();
});

it("forgets a part that was led elsewhere and then deleted, or led on, before it was looked at", async () => {
  const partner = (slug: string) => sql`(SELECT id FROM city WHERE slug = ${slug})`;
  await home.database.query(sql`
    INSERT INTO network_membership (network_id, city_id, role)
    SELECT id, ${partner("krakow")}, 'MEMBER' FROM network WHERE slug IN ('delice', 'eurocities')`);
  await expectToBeCurrent();
  const resting = newKeeper();
  await resting.at(await readRevision(home.database));
  await home.database
    .query(sql`UPDATE network_membership SET city_id = ${partner("york")} WHERE city_id = ${partner("krakow")}
    AND network_id IN (SELECT id FROM network WHERE slug IN ('delice', 'eurocities'))`);
  await home.database.query(sql`DELETE FROM network_membership WHERE city_id = ${partner("york")}
    AND network_id = (SELECT id FROM network WHERE slug = 'delice')`);
  await home.database
    .query(sql`UPDATE network_membership SET network_id = (SELECT id FROM network WHERE slug = 'delice')
    WHERE city_id = ${partner("york")} AND network_id = (SELECT id FROM network WHERE slug = 'eurocities')`);
  const state = await readRevision(home.database);
  const anew = newKeeper();
  expect(wordsOf((await resting.at(state)).adjacency)).toEqual(wordsOf((await anew.at(state)).adjacency));
  await resting.close();
  await anew.close();
});

it("stays another version of the graph only where something of it changed", async () => {
  const before = await keeper.at(await readRevision(home.database));
  await home.database.query(sql`UPDATE city SET name = 'Yorkshire' WHERE slug = 'york'`);
  const renamed = await keeper.at(await readRevision(home.database));
  expect(renamed.state.revision).not.toBe(before.state.revision);
  expect(renamed.version).toBe(before.version);
  await home.database.query(sql`UPDATE project SET status = 'CANCELLED' WHERE slug = 'city-to-city-2020'`);
  expect((await keeper.at(await readRevision(home.database))).version).not.toBe(before.version);
});

it("is read anew in another epoch", async () => {
  const { epoch, revision } = await readRevision(home.database);
  await beginEpoch(home.database);
  const state = await readRevision(home.database);
  expect(state.epoch).not.toBe(epoch);
  await watch.ask();
  const kept = await keeper.at(state);
  expect(kept.state).toEqual({ epoch: state.epoch, revision });
});

it("refuses to wait for ever for a revision that does not come", async () => {
  const { epoch } = await readRevision(home.database);
  const impatient = newKeeper({ waitMs: 50 });
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
  const database = databaseDouble(home.database, (inner) => ({
    query: (statement) => (isBroken ? Promise.reject(new Error("no database")) : inner.query(statement)),
  }));
  const tried = new AdjacencyKeeper(database, watch, (error) => failures.push(error), { retryMs: 1, waitMs: 5_000 });
  const before = await tried.at(await readRevision(home.database));
  isBroken = true;
  await home.database.query(sql`UPDATE project SET status = 'ACTIVE' WHERE slug = 'city-to-city-2020'`);
  const state = await readRevision(home.database);
  const after = tried.at(state);
  expect(await tried.at(before.state)).toBe(before);
  await new Promise((resolve) => setTimeout(resolve, 20));
  isBroken = false;
  expect(BigInt((await after).state.revision)).toBeGreaterThanOrEqual(BigInt(state.revision));
  expect(failures.length).toBeGreaterThan(0);
  await tried.close();
});
