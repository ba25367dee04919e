// Loading a dataset into a database that has it already: what is new is one revision, and nothing twice.
import "reflect-metadata";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import sql from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { loadDataset, type LoadReport } from "../../src/database/load/load";
import { readRevision } from "../../src/database/read/revision";
import { DATA_FOLDER } from "../../src/installation";
import { appended, editedDataset, inLine, lineOf, removeFolders, type Edits } from "../support/dataset-folder";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { readLog, type LogEntry } from "../support/log-replay";

let backend: TestDatabase;
beforeEach(async () => {
  backend = await openTestDatabase();
});
afterEach(async () => {
  await backend.close();
  removeFolders();
});

const load = (folder: string): Promise<LoadReport> => loadDataset(backend.database, catalogue, folder, () => undefined);

/** The log of a load of the dataset with these edits. */
async function loaded(edits: Edits): Promise<LogEntry[]> {
  const { revision: before } = await readRevision(backend.database);
  const report = await load(editedDataset(edits));
  const { revision: after } = await readRevision(backend.database);
  expect(report).toMatchObject({ revision: after, changed: true });
  expect(after).toBe(String(BigInt(before) + 1n));
  return readLog(backend.database, before);
}

it("loads the whole dataset as one revision by the actor dataset", async () => {
  const log = await readLog(backend.database, "0");
  expect(new Set(log.map((entry) => `${entry.revision} ${entry.actor}`))).toEqual(new Set(["1 dataset"]));
  const [heads] = await backend.database.query<{ count: string }>(sql`SELECT count(*) FROM record`);
  expect(new Set(log.map((entry) => entry.recordId)).size).toBe(Number(heads?.count));
});

it("mints nothing when it is loaded again, and counts the rows of every file", async () => {
  const report = await load(DATA_FOLDER);
  expect(report).toMatchObject({ revision: "1", changed: false });
  const whole = report.rows.filter(({ plural }) => plural !== "projectParticipations");
  for (const { file, count } of whole) {
    const content = readFileSync(join(DATA_FOLDER, file), "utf8");
    expect([file, count]).toEqual([file, content.trimEnd().split("\n").length - 1]);
  }
  expect(whole.map(({ file }) => file)).toEqual(
    expect.arrayContaining(["cities.csv", "city-names.csv", "designations.csv", "projects.csv"]),
  );
  expect(report.rows).toContainEqual({ file: "projects.csv", plural: "projectParticipations", count: 234 });
  expect(await readRevision(backend.database)).toMatchObject({ revision: "1" });
});

it("mints one revision for a changed cell, and logs that cell alone", async () => {
  const log = await loaded({ "cities.csv": inLine(2, "52.41548", "52.5") });
  expect(log).toMatchObject([
    { ordinal: 0, operation: "UPSERT", changes: { latitude: [52.41548, 52.5] }, actor: "dataset" },
  ]);
});

it("mints one revision for changes in several files", async () => {
  const rounds = readFileSync(join(DATA_FOLDER, "designation-rounds.csv"), "utf8");
  const log = await loaded({
    "countries.csv": inLine(2, "United Arab Emirates", "Emirates"),
    "designation-rounds.csv": inLine(lineOf(rounds, "2004,"), "unesco.org order", "a new source"),
    "city-names.csv": appended("krakow,cy,Krakow (Cymraeg)"),
  });
  expect(log.map((entry) => Object.keys(entry.changes))).toEqual([["name"], ["sources"], ["names"]]);
});

it("adds a row with its parts, and leaves alone the rows that a file has no longer", async () => {
  const log = await loaded({
    "cities.csv": (content) =>
      `${content.split("\n").slice(0, 1).join("\n")}\nnew-city,New City,PL,city,50.5,20.5,123456789,Q123456789,A gazetteer\n`,
    "city-names.csv": () => "city_slug,language,name\nnew-city,pl,Nowe Miasto\n",
  });
  expect(new Set(log.map((entry) => entry.recordId)).size).toBe(1);
  expect(log.map((entry) => Object.keys(entry.changes).sort())).toEqual([
    ["country_id", "kind", "latitude", "longitude", "name", "slug"],
    ["externalIds"],
    ["sources"],
    ["names"],
  ]);
  expect(log[1]?.changes.externalIds).toEqual([
    null,
    [
      { scheme: "GEONAMES", value: "123456789" },
      { scheme: "WIKIDATA", value: "Q123456789" },
    ],
  ]);
});

it("clears a value whose cell is empty now", async () => {
  const fields = readFileSync(join(DATA_FOLDER, "creative-fields.csv"), "utf8");
  const line = lineOf(fields, "design,");
  expect(await loaded({ "creative-fields.csv": inLine(line, ",2005", ",") })).toMatchObject([
    { changes: { since_year: [2005, null] } },
  ]);
});

it("reads what spreadsheets write, and the same text whatever the line ends: a byte order mark, CRLF, blank lines", async () => {
  const log = await loaded({
    "creative-fields.csv": (content) =>
      `\uFEFF${content.replace("Cities that use design, from", 'Cities\r\nthat use ""design"", from')}`
        .replace(/\r?\n/g, "\r\n")
        .replace("\r\nfilm,", "\r\n\r\nfilm,"),
  });
  expect(log).toHaveLength(1);
  expect(log[0]?.changes.description?.[1]).toMatch(/^Cities\nthat use "design", from objects/);
});
