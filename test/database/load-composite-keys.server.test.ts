// References to records that files name by several values: planned actions, whose report is named by its city and its day.
import "reflect-metadata";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sql from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { loadDataset, type LoadReport } from "../../src/database/load/load";
import { newFolder, removeFolders } from "../support/dataset-folder";
import { openTestDatabase, type TestDatabase } from "../support/test-database";

let backend: TestDatabase;
beforeEach(async () => {
  backend = await openTestDatabase();
});
afterEach(async () => {
  await backend.close();
  removeFolders();
});

const REPORTS = `city_slug,due_on,status,submitted_at,period_start,period_end,summary,document,source
krakow,2021-10-31,ACCEPTED,2021-10-30T16:00:00Z,2017-11-01,2021-10-31,,,test
krakow,2025-10-31,DRAFT,,2021-11-01,2025-10-31,,,test
york,2025-10-31,SUBMITTED,2025-10-30T16:00:00Z,2021-11-01,2025-10-31,,,test
`;
const HEADER = "city_slug,report_due_on,title,area_of_action,objective,start_year,end_year,sdgs,source";
const words = "EXCHANGE_PROGRAMMES,CREATIVITY_HUBS";
const ACTIONS = [
  `krakow,2021-10-31,Festival,${words},2022,2025,4;11,test`,
  `krakow,2025-10-31,Festival,${words},,,,test`,
  `york,2025-10-31,Festival,${words},,,11,test`,
];

function load(files: Readonly<Record<string, string>>): Promise<LoadReport> {
  const folder = newFolder();
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  return loadDataset(backend.database, catalogue, folder, () => undefined);
}

const actionsFile = (rows: readonly string[]): string => [HEADER, ...rows, ""].join("\n");

const storedActions = (): Promise<object[]> =>
  backend.database.query(sql`
    SELECT c.slug, r.due_on, p.report_status AS status, p.title, p.city_id = r.city_id AS same,
      (SELECT string_agg(g.number::text, ' ' ORDER BY g.number) FROM planned_action_goal l
       JOIN sustainable_development_goal g ON g.id = l.goal_id WHERE l.record_id = p.id) AS goals
    FROM planned_action p JOIN monitoring_report r ON r.id = p.report_id JOIN city c ON c.id = r.city_id
    ORDER BY c.slug, r.due_on, p.title`);

const STORED = [
  { slug: "krakow", due_on: "2021-10-31", status: "ACCEPTED", title: "Festival", same: true, goals: "4 11" },
  { slug: "krakow", due_on: "2025-10-31", status: "DRAFT", title: "Festival", same: true, goals: null },
  { slug: "york", due_on: "2025-10-31", status: "SUBMITTED", title: "Festival", same: true, goals: "11" },
];

it("finds each action's report in the same load, and copies what it says of the report", async () => {
  await load({ "monitoring-reports.csv": REPORTS, "planned-actions.csv": actionsFile(ACTIONS) });
  expect(await storedActions()).toEqual(STORED);
  const sources = await backend.database.query(sql`
    SELECT s.title FROM planned_action p JOIN record_source s ON s.record_id = p.id`);
  expect(sources).toEqual([{ title: "test" }, { title: "test" }, { title: "test" }]);
});

it("finds reports that were loaded before", async () => {
  await load({ "monitoring-reports.csv": REPORTS });
  await load({ "planned-actions.csv": actionsFile(ACTIONS) });
  expect(await storedActions()).toEqual(STORED);
});

it("mints nothing when they are loaded again, also after a report has gone on to another state", async () => {
  await load({ "monitoring-reports.csv": REPORTS, "planned-actions.csv": actionsFile(ACTIONS) });
  expect(await load({ "planned-actions.csv": actionsFile(ACTIONS) })).toMatchObject({ changed: false });
  await backend.database.write("test", (session) =>
    session.query(sql`UPDATE monitoring_report SET status = 'ACCEPTED' WHERE status = 'SUBMITTED'`),
  );
  expect(await load({ "planned-actions.csv": actionsFile(ACTIONS) })).toMatchObject({ changed: false });
  expect(await storedActions()).toEqual([STORED[0], STORED[1], { ...STORED[2], status: "ACCEPTED" }]);
});

it("changes the action that is meant, and no other of the same title", async () => {
  await load({ "monitoring-reports.csv": REPORTS, "planned-actions.csv": actionsFile(ACTIONS) });
  await load({ "planned-actions.csv": actionsFile([`krakow,2025-10-31,Festival,${words},2030,,,test`]) });
  const years = await backend.database.query(sql`
    SELECT r.due_on, p.start_year AS year FROM planned_action p JOIN monitoring_report r ON r.id = p.report_id
    JOIN city c ON c.id = p.city_id WHERE c.slug = 'krakow' ORDER BY 1`);
  expect(years).toEqual([
    { due_on: "2021-10-31", year: 2022 },
    { due_on: "2025-10-31", year: 2030 },
  ]);
});

it("names reports that are not there, cells that are empty and actions that stand twice", async () => {
  const rows = [
    `york,2021-10-31,One,${words},,,,test`,
    `york,,Two,${words},,,,test`,
    `,,Three,${words},,,,test`,
    `york,2025-10-31,Four,${words},,,,test`,
    `york,2025-10-31,Four,${words},,,,test`,
  ];
  const files = { "monitoring-reports.csv": REPORTS, "planned-actions.csv": actionsFile(rows) };
  await expect(load(files)).rejects.toThrow(
    [
      'planned-actions.csv:2: city_slug or report_due_on: no MonitoringReport is called "york 2021-10-31"',
      'planned-actions.csv:3: city_slug or report_due_on: no MonitoringReport is called "york "',
      "planned-actions.csv:4: city_slug or report_due_on: must not be empty",
      "planned-actions.csv:4: city_slug: must not be empty",
      "planned-actions.csv:6: city_slug, report_due_on, title: stands already in line 5",
    ].join("\n"),
  );
  expect(await storedActions()).toEqual([]);
});
