// What synthetic records stand on: the lists of the reference dataset, and a database that has these and nothing else.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sql from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { DatabaseProblem, type Database, type Session } from "../../src/database/database";
import { readCsv, type CsvRow } from "../../src/database/load/csv";
import { BadDataset } from "../../src/database/load/guarded-writes";
import { loadDataset } from "../../src/database/load/load";

export interface CountryOfReference {
  code: string;
  region: string;
  /** how many cities of the dataset lie in it, and the middle of them in degrees */
  cities: number;
  latitude: number;
  longitude: number;
}

export interface Reference {
  /** those with a city in the dataset: nothing says where the others lie */
  countries: readonly CountryOfReference[];
  regions: readonly string[];
  /** slugs of the creative fields */
  fields: readonly string[];
  rounds: readonly { year: number; decidedOn: string; newCities: number }[];
  /** numbers of the goals */
  goals: readonly number[];
}

/** @param folder the reference dataset's. @throws BadDataset */
export function readReference(folder: string): Reference {
  const cities = rowsOf(folder, "cities.csv").filter(({ cells }) => cells.latitude !== "");
  const countries = rowsOf(folder, "countries.csv").flatMap(({ cells }) => {
    const inIt = cities.filter((city) => city.cells.country_code === cells.code);
    if (inIt.length === 0) return [];
    const middle = (header: string): number =>
      inIt.reduce((sum, city) => sum + Number(city.cells[header]), 0) / inIt.length;
    const code = cells.code ?? "";
    const region = cells.unesco_region ?? "";
    return [{ code, region, cities: inIt.length, latitude: middle("latitude"), longitude: middle("longitude") }];
  });
  return {
    countries,
    regions: [...new Set(countries.map(({ region }) => region))].sort(),
    fields: rowsOf(folder, "creative-fields.csv").map(({ cells }) => cells.slug ?? ""),
    rounds: rowsOf(folder, "designation-rounds.csv").map(({ cells }) => ({
      year: Number(cells.year),
      decidedOn: cells.decided_on || String(cells.year),
      newCities: Number(cells.new_cities),
    })),
    goals: rowsOf(folder, "goals.csv").map(({ cells }) => Number(cells.number)),
  };
}

function rowsOf(folder: string, name: string): readonly CsvRow[] {
  const file = readCsv(join(folder, name), name);
  if (Array.isArray(file)) throw new BadDataset(file);
  return file.rows;
}

const LISTS = [
  "countries.csv",
  "country-names.csv",
  "creative-fields.csv",
  "creative-field-names.csv",
  "goals.csv",
  "goal-names.csv",
];

/** The dataset's file of networks, and the home network's line in it: every other network is a partner with members. */
const NETWORKS_FILE = "networks.csv";
const HOME_LINE = "uccn,";

/**
 * Loads the lists of the reference dataset, and the home network, whose members follow from designations.
 * @param folder the reference dataset's
 * @throws DatabaseProblem where the database holds anything else; nothing is written then
 */
export async function loadReferenceLists(database: Database, folder: string): Promise<void> {
  await refuseData(database);
  const lists = mkdtempSync(join(tmpdir(), "ccg-lists-"));
  try {
    for (const file of LISTS) copyFileSync(join(folder, file), join(lists, file));
    const [header, ...lines] = readFileSync(join(folder, NETWORKS_FILE), "utf8").split("\n");
    const home = lines.filter((line) => line.startsWith(HOME_LINE));
    writeFileSync(join(lists, NETWORKS_FILE), [header, ...home, ""].join("\n"));
    await loadDataset(database, catalogue, lists, () => undefined);
  } finally {
    rmSync(lists, { recursive: true, force: true });
  }
}

// Heads of deleted records do not count: nobody meets them any more.
async function refuseData(session: Session): Promise<void> {
  const [found] = await session.query<{ type: string }>(sql`
    SELECT r.type FROM record r LEFT JOIN network n ON n.id = r.id
    WHERE r.operation = 'UPSERT' AND n.kind IS DISTINCT FROM 'HOME'
      AND r.type NOT IN ('Country', 'CreativeField', 'SustainableDevelopmentGoal')
    LIMIT 1`);
  if (found === undefined) return;
  throw new DatabaseProblem(
    `the database is not empty: it holds a ${found.type}. Synthetic records never stand beside others, also not beside ` +
      "those of a run that was broken off: drop the database, make it anew, and generate into that",
  );
}
