// Since when cities are members, when their next monitoring report is due, and how they stand with it.
import { ANONYMOUS } from "../../../src/kernel/viewer";
import type { CityFilter, CityOrderField } from "../../generated/documents";
import { startApi, TODAY, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { addCity, dataFor, keyOf, type Designation, type Report } from "../../support/members";
import { asTheySay, viewerAs } from "../../support/viewers";

const SECRETARIAT = viewerAs("SECRETARIAT");

let api: TestApi;
let today = TODAY;
beforeAll(async () => {
  api = await startApi({ clock: () => new Date(`${today}T12:00:00Z`), authenticate: asTheySay });
});
beforeEach(() => {
  today = TODAY;
});
afterAll(() => api.close());

const slugsIn = (connection: { nodes: { slug: string }[] }): string[] => connection.nodes.map(({ slug }) => slug);

describe("what a city owes", () => {
  interface Case {
    name: string;
    on?: string;
    designations: Designation[];
    reports?: Report[];
    owes: [memberSince: string | null, nextReportDue: string | null, reportingStatus: string | null];
  }
  const since = (...dates: string[]): Designation[] => dates.map((date) => [date, null, "film"]);
  const cases: Case[] = [
    { name: "that was never a member", designations: [], owes: [null, null, null] },
    {
      name: "that is a member no longer",
      designations: [["2006", TODAY, "film"]],
      reports: [["2022-01-01", "ACCEPTED"]],
      owes: [null, null, null],
    },
    { name: "that will be a member tomorrow", designations: since("2026-11-21"), owes: [null, null, null] },
    { name: "that is a member since today", designations: since(TODAY), owes: [TODAY, "2030-11-20", "UNKNOWN"] },
    { name: "of a year", designations: since("2019"), owes: ["2019", "2027-01-01", "UNKNOWN"] },
    { name: "of a month", designations: since("2014-12"), owes: ["2014-12", "2026-12-01", "UNKNOWN"] },
    { name: "whose cycle ends today", designations: since("2018-11-20"), owes: ["2018-11-20", TODAY, "UNKNOWN"] },
    {
      name: "whose cycle ended yesterday",
      designations: since("2018-11-19"),
      owes: ["2018-11-19", "2030-11-19", "UNKNOWN"],
    },
    {
      name: "of a 29 February",
      designations: since("2024-02-29"),
      owes: ["2024-02-29", "2028-02-29", "UNKNOWN"],
    },
    {
      name: "of a 29 February, before a year that has none",
      on: "2100-02-28",
      designations: since("2096-02-29"),
      owes: ["2096-02-29", "2100-02-28", "UNKNOWN"],
    },
    {
      name: "of a 29 February, after that year's day",
      on: "2100-03-01",
      designations: since("2096-02-29"),
      owes: ["2096-02-29", "2104-02-29", "UNKNOWN"],
    },
    {
      name: "that changed its field without a break",
      designations: [
        ["2008", "2023-10-31", "media-arts"],
        ["2023-10-31", null, "literature"],
      ],
      owes: ["2008", "2028-01-01", "UNKNOWN"],
    },
    {
      name: "that came back after a break",
      designations: [
        ["2006", "2015", "film"],
        ["2021-10-31", null, "film"],
      ],
      reports: [["2014-01-01", "ACCEPTED"]],
      owes: ["2021-10-31", "2029-10-31", "UNKNOWN"],
    },
    {
      name: "whose newest report is followed by one due today",
      designations: since("2014-11-20"),
      reports: [
        ["2022-11-20", "ACCEPTED"],
        ["2018-11-20", "ACCEPTED"],
      ],
      owes: ["2014-11-20", TODAY, "UP_TO_DATE"],
    },
    {
      name: "whose newest report is followed by one due yesterday",
      designations: since("2014-11-19"),
      reports: [["2022-11-19", "SUBMITTED"]],
      owes: ["2014-11-19", "2026-11-19", "OVERDUE"],
    },
    {
      name: "that is late by more than a cycle",
      designations: since("2010-12-01"),
      reports: [["2014-12-01", "ACCEPTED"]],
      owes: ["2010-12-01", "2018-12-01", "OVERDUE"],
    },
    {
      name: "that handed in before the day",
      designations: since("2014-12-01"),
      reports: [["2026-12-01", "SUBMITTED"]],
      owes: ["2014-12-01", "2030-12-01", "UP_TO_DATE"],
    },
    {
      name: "whose newest report is a draft",
      designations: since("2014-11-01"),
      reports: [
        ["2022-11-01", "ACCEPTED"],
        ["2026-11-01", "DRAFT"],
      ],
      owes: ["2014-11-01", "2026-11-01", "OVERDUE"],
    },
    {
      name: "that has nothing but a draft",
      designations: since("2022-11-01"),
      reports: [["2026-11-01", "DRAFT"]],
      owes: ["2022-11-01", "2030-11-01", "UNKNOWN"],
    },
    {
      name: "whose newest report was due on a 29 February",
      on: "2097-01-01",
      designations: since("2092-02-29"),
      reports: [["2096-02-29", "ACCEPTED"]],
      owes: ["2092-02-29", "2100-02-28", "UP_TO_DATE"],
    },
  ];
  const named = cases.map((one, i) => [one.name, `owing-${i}`, one] as [string, string, Case]);
  beforeAll(async () => {
    for (const [, slug, { designations, reports = [] }] of named) await addCity(api, slug, designations, reports);
  });

  it.each(named)("a city %s (%s)", async (_name, slug, { on, owes }) => {
    today = on ?? TODAY;
    const query = gql(
      `query ($slug: String!) { city(by: { slug: $slug }) { memberSince nextReportDue reportingStatus } }`,
    );
    const [memberSince, nextReportDue, reportingStatus] = owes;
    // Drafts do not count for those who see them either.
    for (const viewer of [ANONYMOUS, await keyOf(api, slug), SECRETARIAT]) {
      const data = await dataFor(api, viewer, query, { slug });
      expect(data.city).toEqual({ memberSince, nextReportDue, reportingStatus });
    }
  });

  const ofToday = named.filter(([, , { on }]) => on === undefined);
  const LISTED = gql(`query ($filter: CityFilter!, $by: CityOrderField!) {
    cities(filter: { slug: { startsWith: "owing-" }, and: [$filter] }, orderBy: [{ field: $by }], first: 100) { nodes { slug } }
  }`);
  const listed = async (filter: CityFilter, by: CityOrderField = "SLUG"): Promise<string[]> => {
    const { cities } = await api.data(LISTED, { filter, by });
    return slugsIn(cities).filter((slug) => ofToday.some(([, known]) => known === slug));
  };
  const slugsThat = (test: (owes: Case["owes"]) => boolean): string[] =>
    ofToday
      .filter(([, , { owes }]) => test(owes))
      .map(([, slug]) => slug)
      .sort();

  it.each(["UNKNOWN", "UP_TO_DATE", "OVERDUE"] as const)("finds members by their state: %s", async (status) => {
    const found = await listed({ reportingStatus: { eq: status } });
    expect(found).toEqual(slugsThat((owes) => owes[2] === status));
    expect(found).not.toEqual([]);
  });

  it.each([
    [0, TODAY],
    [10, "2026-11-30"],
    [11, "2026-12-01"],
    [42, "2027-01-01"],
    [36_525, "2126-11-20"],
  ])("finds members whose next report is due within %i days, until %s", async (days, last) => {
    const isDue = (due: string | null): boolean => due !== null && due >= TODAY && due <= last;
    expect(await listed({ reportDueWithin: days })).toEqual(slugsThat((owes) => isDue(owes[1])));
    expect(await listed({ not: { reportDueWithin: days } })).toEqual(slugsThat((owes) => !isDue(owes[1])));
  });

  it("lists members by what is due next, and those who owe nothing last", async () => {
    const due = new Map(ofToday.map(([, slug, { owes }]) => [slug, owes[1] ?? "9999-12-31"]));
    const order = (await listed({}, "NEXT_REPORT_DUE")).map((slug) => due.get(slug));
    expect(order).toEqual([...due.values()].sort());
  });
});
