// A dataset with faults: every one is named as file:line: column: why, and nothing is written.
import "reflect-metadata";
import sql, { raw } from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { BadDataset } from "../../src/database/load/guarded-writes";
import { loadDataset } from "../../src/database/load/load";
import { appended, editedDataset, inLine, newFolder, removeFolders, type Edits } from "../support/dataset-folder";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { between, randomFrom } from "../../src/kernel/random";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(async () => {
  await backend.close();
  removeFolders();
});

/** The revision, and how many rows every table has. */
async function contents(): Promise<unknown> {
  const tables = await backend.database.query<{ name: string }>(
    sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const counts = await Promise.all(
    tables.map(({ name }) => backend.database.query(sql`SELECT ${name}::text, count(*) FROM ${raw(`"${name}"`)}`)),
  );
  return [counts, await backend.database.query(sql`SELECT * FROM revision_counter`)];
}

async function faultsOf(folder: string): Promise<string[]> {
  const before = await contents();
  const error: unknown = await loadDataset(backend.database, catalogue, folder, () => undefined).catch(
    (e: unknown) => e,
  );
  expect(await contents()).toEqual(before);
  if (!(error instanceof BadDataset)) throw error;
  expect(error.message).toBe(error.problems.join("\n"));
  return error.problems.map(String);
}

const FAULTS: [string, Edits, (string | RegExp)[]][] = [
  [
    "a header that is spelled wrongly",
    { "cities.csv": inLine(1, "latitude", "lat") },
    ["cities.csv:1: latitude: is missing in the header", "cities.csv:1: lat: is no column of cities.csv"],
  ],
  [
    "a header of a file of names that is spelled wrongly",
    { "city-names.csv": inLine(1, "language", "lang") },
    ["city-names.csv:1: language: is missing in the header", "city-names.csv:1: lang: is no column of city-names.csv"],
  ],
  [
    "a header that stands twice",
    { "countries.csv": inLine(1, "unctad_status", "name") },
    ["countries.csv:1: name: stands twice in the header"],
  ],
  ["a file without anything", { "networks.csv": () => "" }, ["networks.csv:1: header: is missing"]],
  [
    "a row with too many cells and one with too few",
    { "countries.csv": (content) => inLine(3, "developing", "developing,x")(inLine(5, ",developing", "")(content)) },
    ["countries.csv:3: row: must have 4 cells, but has 5", "countries.csv:5: row: must have 4 cells, but has 3"],
  ],
  [
    "a day that does not exist",
    { "designations.csv": inLine(2, "2025-10-31", "2025-02-30") },
    [
      'designations.csv:2: designated_on or year: must be a year, month or day that exists, such as 2016-09, but is "2025-02-30"',
    ],
  ],
  [
    "references that lead nowhere",
    {
      "designations.csv": inLine(2, "aberystwyth,literature", "atlantis,alchemy"),
      "city-names.csv": inLine(2, "abu-dhabi", "avalon"),
    },
    [
      'designations.csv:2: city_slug: no City is called "atlantis"',
      'designations.csv:2: creative_field: no CreativeField is called "alchemy"',
      'city-names.csv:2: city_slug: no City is called "avalon"',
    ],
  ],
  [
    "a key that stands twice",
    { "countries.csv": (content) => `${content}${content.split("\n")[1]}\n` },
    [/^countries\.csv:\d+: code: stands already in line 2$/],
  ],
  [
    "a word that the list does not have",
    { "countries.csv": inLine(2, "Arab States", "Atlantis") },
    [
      'countries.csv:2: unesco_region: must be one of AFRICA, ARAB_STATES, ASIA_AND_THE_PACIFIC, EUROPE_AND_NORTH_AMERICA, LATIN_AMERICA_AND_THE_CARIBBEAN, but is "ATLANTIS"',
    ],
  ],
  [
    "values of a wrong kind",
    {
      "cities.csv": (content) => inLine(2, "52.41548", "52,4")(content).replace("52,4", '"52,4"'),
      "designation-rounds.csv": inLine(2, ",1,1,", ",one,3000000000,"),
    },
    [
      'cities.csv:2: latitude: must be a number, but is "52,4"',
      'designation-rounds.csv:2: new_cities: must be a whole number, but is "one"',
      'designation-rounds.csv:2: cities_after: must be a whole number, but is "3000000000"',
    ],
  ],
  [
    "a cell that must not be empty",
    { "cities.csv": inLine(2, "Aberystwyth,GB", ",GB") },
    ["cities.csv:2: name: must not be empty"],
  ],
  [
    "a file that is not UTF-8",
    { "city-names.csv": (content) => Buffer.from(content.replace("Abu Dhabi", "Abu Dhabí"), "latin1") },
    ["city-names.csv:1: file: is not UTF-8"],
  ],
  [
    "a quote that is never closed",
    { "creative-fields.csv": inLine(3, '"Cities that use', '""Cities that use') },
    [/^creative-fields\.csv:3: row: ./],
  ],
  [
    "null characters, wherever they are",
    {
      "cities.csv": (content) => inLine(2, "GeoNames", "Geo\0Names")(inLine(3, "Q1519", "Q15\u000019")(content)),
      "creative-fields.csv": inLine(3, "Cities that", "Cities\0that"),
    },
    [
      "creative-fields.csv:3: description: must not hold a null character",
      "cities.csv:2: coordinates_from: must not hold a null character",
      "cities.csv:3: wikidata_id: must not hold a null character",
    ],
  ],
  [
    "a city that another file puts in another country",
    { "network-members.csv": inLine(2, ",CN,", ",PL,") },
    ["network-members.csv:2: country_code: beijing lies in CN, not in PL"],
  ],
];

it.each(FAULTS)("names %s", async (_fault, edits, expected) => {
  const faults = await faultsOf(editedDataset(edits));
  expect(faults).toEqual(
    expected.map((one) => (typeof one === "string" ? one : (expect.stringMatching(one) as string))),
  );
});

it("names the faults of all files at once", async () => {
  const faults = await faultsOf(
    editedDataset({
      "countries.csv": inLine(2, "Arab States", "Atlantis"),
      "cities.csv": (content) => inLine(2, "Aberystwyth,GB", ",XX")(inLine(1, "wikidata_id", "wikipedia")(content)),
      "designations.csv": inLine(2, "2025-10-31", "soon"),
      "city-names.csv": inLine(3, ",en,", ",English,"),
      "networks.csv": () => "",
    }),
  );
  expect(faults.map((fault) => fault.split(":").slice(0, 3).join(":"))).toEqual([
    "countries.csv:2: unesco_region",
    "cities.csv:1: wikidata_id",
    "cities.csv:1: wikipedia",
    "cities.csv:2: name",
    "cities.csv:2: country_code",
    "designations.csv:2: designated_on or year",
    "networks.csv:1: header",
    "city-names.csv:3: language",
  ]);
});

it("names a folder without any of the files", async () => {
  const folder = newFolder();
  expect(await faultsOf(folder)).toEqual([`${folder}:1: folder: holds none of the dataset's files`]);
});

describe("what only the database knows", () => {
  it("names every designation that overlaps with another one", async () => {
    const rows = "krakow,literature,2015,2015-05,,high,test\nlyon,literature,2025,2025-10-31,,high,test";
    const faults = await faultsOf(editedDataset({ "designations.csv": appended(rows) }));
    expect(faults).toEqual([
      expect.stringMatching(/^designations\.csv:404: designation_is_in_force_once: Key .* conflicts with existing key/),
      expect.stringMatching(/^designations\.csv:405: designation_is_in_force_once: Key .* conflicts with existing key/),
    ]);
  });

  it("names a city with half a place and one that lies beyond the pole", async () => {
    const edit = (content: string): string => inLine(2, "52.41548", "")(inLine(3, "24.45118", "124.45118")(content));
    expect(await faultsOf(editedDataset({ "cities.csv": edit }))).toEqual([
      expect.stringMatching(/^cities\.csv:2: city_has_both_coordinates_or_none: ./),
      expect.stringMatching(/^cities\.csv:3: city_latitude_is_wgs84: ./),
    ]);
  });

  it("names a name that is too long for its index", async () => {
    const random = randomFrom(1);
    const long = Array.from({ length: 20_000 }, () => String.fromCodePoint(between(random, 0x4e00, 0x9fff))).join("");
    expect(await faultsOf(editedDataset({ "cities.csv": inLine(2, "Aberystwyth", long) }))).toEqual([
      expect.stringMatching(/^cities\.csv:2: row: index row (requires|size) .*maximum/),
    ]);
  });

  it("names an external id that is another record's, in the database or in the file", async () => {
    const rows =
      "one,One,PL,city,,,2657782,,test\ntwo,Two,PL,city,,,77777777,,test\nthree,Three,PL,city,,,77777777,,test";
    expect(await faultsOf(editedDataset({ "cities.csv": appended(rows) }))).toEqual([
      "cities.csv:403: GEONAMES: 2657782 is the key of another record already",
      expect.stringMatching(/^cities\.csv:40[45]: GEONAMES: 77777777 is the key of another record already$/),
    ]);
  });
});

it.each([
  ["\n", "\n\n"],
  ["\r\n", "\r\n\r\n\r\n"],
])("counts lines through quoted line breaks and blank lines (%j)", async (newline, blank) => {
  const rows = [
    "slug,name,description,since_year",
    `a,A,"two${newline}lines",x1`,
    `b,"B${newline}${newline}B","three ""quoted""${newline}${newline}lines",x2`,
    `c,C,one,x3`,
  ];
  const last = `d,D,one,x4`;
  const faults = await faultsOf(editedDataset({ "creative-fields.csv": () => `${rows.join(newline)}${blank}${last}` }));
  const ofRows = faults.filter((fault) => fault.includes("since_year"));
  const lineOfLast = 9 + (blank.split("\n").length - 1);
  expect(ofRows).toEqual(
    [2, 4, 9, lineOfLast].map(
      (line, i) => `creative-fields.csv:${line}: since_year: must be a whole number, but is "x${i + 1}"`,
    ),
  );
});
