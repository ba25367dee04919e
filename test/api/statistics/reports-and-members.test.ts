// How members stand with their reports on any day, and how many there were in any year.
import type { ResultOf } from "@graphql-typed-document-node/core";
import type { CityFilter } from "../../generated/documents";
import { startApi, TODAY, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { addCity, dataFor, keyOf, type Designation } from "../../support/members";
import { isInForce, referenceRows } from "../../support/reference-rows";
import { asTheySay, viewerAs } from "../../support/viewers";
import { ANONYMOUS } from "../../../src/kernel/viewer";

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ authenticate: asTheySay });
});
afterAll(() => api.close());

const designations = referenceRows("designations.csv");
const cities = new Map(referenceRows("cities.csv").map((row) => [row.slug, row]));

describe("the timeline of members", () => {
  const TIMELINE = gql(`query ($filter: CityFilter) { membershipTimeline(filter: $filter) {
    year asOf members joined left countries byField { field { slug } members }
  } }`);
  const points = async (filter: CityFilter = {}) => (await api.data(TIMELINE, { filter })).membershipTimeline;

  it("has 180 members in 72 countries in 2018, and 401 today", async () => {
    const timeline = await points();
    expect(timeline.find(({ year }) => year === 2018)).toMatchObject({
      asOf: "2018-12-31",
      members: 180,
      joined: 0,
      left: 0,
      countries: 72,
      byField: [
        { field: { slug: "architecture" }, members: 0 },
        { field: { slug: "crafts-and-folk-art" }, members: 37 },
        { field: { slug: "design" }, members: 31 },
        { field: { slug: "film" }, members: 13 },
        { field: { slug: "gastronomy" }, members: 26 },
        { field: { slug: "literature" }, members: 28 },
        { field: { slug: "media-arts" }, members: 14 },
        { field: { slug: "music" }, members: 31 },
      ],
    });
    expect(timeline.at(-1)).toMatchObject({ year: 2026, asOf: TODAY, members: 401 });
  });

  it.each<[title: string, filter: CityFilter, isMeant: (slug: string) => boolean]>([
    ["all cities", {}, () => true],
    ["the cities of China", { country: { code: { eq: "CN" } } }, (slug) => cities.get(slug)?.country_code === "CN"],
    ["Lyon alone, which changed its field", { slug: { eq: "lyon" } }, (slug) => slug === "lyon"],
  ])("has for %s what the files say of each year", async (_title, filter, isMeant) => {
    const meant = designations.filter((row) => isMeant(row.city_slug!));
    const first = Math.min(...meant.map((row) => Number(row.year)));
    const timeline = await points(filter);
    expect(timeline.map(({ year }) => year)).toEqual(Array.from({ length: 2027 - first }, (_, i) => first + i));
    for (const point of timeline) {
      const inForce = meant.filter((row) => isInForce(row, point.asOf));
      const members = new Set(inForce.map((row) => row.city_slug));
      expect(point.members).toBe(members.size);
      expect(point.countries).toBe(new Set([...members].map((slug) => cities.get(slug)?.country_code)).size);
      for (const { field, members: count } of point.byField) {
        expect(count).toBe(inForce.filter((row) => row.creative_field === field.slug).length);
      }
    }
    // Nobody has left in the files, so whoever is there has joined.
    expect(timeline.map(({ joined }) => joined).reduce((sum, joined) => sum + joined, 0)).toBe(
      timeline.at(-1)!.members,
    );
    expect(timeline.every(({ left }) => left === 0)).toBe(true);
  });

  it("is empty where no city was a member", async () => {
    expect(await points({ slug: { eq: "no-such-city" } })).toEqual([]);
  });

  it("counts who joins, leaves and comes back, in any year that it is known of", async () => {
    await addCity(
      api,
      "comes-and-goes",
      [
        ["2006", "2009", "film"],
        ["2010-05", "2010-12-31", "film"],
        ["2020-03-01", null, "music"],
      ],
      [],
    );
    await addCity(
      api,
      "two-fields",
      [
        ["2007-06", null, "film"],
        ["2008-01-01", null, "music"],
      ],
      [],
    );
    await addCity(api, "joins-tomorrow", [["2026-11-21", null, "film"]], []);
    const timeline = await points({ slug: { in: ["comes-and-goes", "two-fields", "joins-tomorrow"] } });
    const shown = timeline.map(({ year, members, joined, left, byField }) => [
      year,
      members,
      joined,
      left,
      byField.find(({ field }) => field.slug === "film")!.members,
      byField.find(({ field }) => field.slug === "music")!.members,
    ]);
    expect(shown.slice(0, 5)).toEqual([
      [2006, 1, 1, 0, 1, 0],
      [2007, 2, 1, 0, 2, 0],
      [2008, 2, 0, 0, 2, 1],
      [2009, 1, 0, 1, 1, 1],
      [2010, 1, 1, 1, 1, 1],
    ]);
    expect(shown.find(([year]) => year === 2020)).toEqual([2020, 2, 1, 0, 1, 2]);
    expect(shown.at(-1)).toEqual([2026, 2, 0, 0, 1, 2]);
    timeline.forEach(({ members, joined, left }, i) => {
      expect(members).toBe((timeline[i - 1]?.members ?? 0) + joined - left);
    });
  });

  it("has the newest 200 years where a date is mistyped", async () => {
    await addCity(api, "mistyped", [["0204", null, "film"]], []);
    const timeline = await points({ slug: { eq: "mistyped" } });
    expect(timeline).toHaveLength(200);
    expect(timeline[0]).toMatchObject({ year: 1827, members: 1, joined: 0 });
  });
});

describe("the statistics of reports", () => {
  const query = gql(`query ($day: Date) { reportStatistics(asOf: $day) {
    asOf memberCount due submitted overdue upToDate unknown byYear { year due submitted accepted }
  } }`);
  type Figures = ResultOf<typeof query>["reportStatistics"];
  const ofDay = async (day: string | null = null): Promise<Figures> =>
    (await api.data(query, { day })).reportStatistics;

  it("know nothing where no report is recorded, and count what falls due", async () => {
    const then = await ofDay("2018-12-31");
    // Three cities of the tests above are members too.
    const others = 3;
    expect(then).toMatchObject({ asOf: "2018-12-31", due: 0, submitted: 0, overdue: 0, upToDate: 0 });
    expect(then.unknown).toBe(180 + others - 1);
    expect(then.memberCount).toBe(then.unknown);
    expect(then.byYear.reduce((sum, { due }) => sum + due, 0)).toBe(then.memberCount);
    expect(then.byYear.every(({ year }) => year >= 2019 && year <= 2022)).toBe(true);
  });

  describe("with reports", () => {
    let before: Figures;
    const since: Designation[] = [["2014-12-01", null, "film"]];
    beforeAll(async () => {
      before = await ofDay();
      await addCity(api, "up-to-date", since, [["2022-12-01", "ACCEPTED"]]);
      await addCity(api, "overdue", since, [["2018-12-01", "SUBMITTED"]]);
      await addCity(api, "overdue-with-draft", since, [
        ["2018-12-01", "ACCEPTED"],
        ["2022-12-01", "DRAFT"],
      ]);
      await addCity(api, "draft-alone", since, [["2026-12-01", "DRAFT"]]);
      await addCity(api, "left", [["2014-12-01", "2020", "film"]], [["2018-12-01", "ACCEPTED"]]);
      await api.database.execute(`
        UPDATE monitoring_report SET submitted_at = due_on + interval '45 days' WHERE status <> 'DRAFT';
        UPDATE monitoring_report SET submitted_at = '2022-11-30T10:00:00Z' WHERE due_on = '2022-12-01' AND status <> 'DRAFT'`);
    });

    it("count each member in one state, and each report in its year", async () => {
      const now = await ofDay();
      expect(now.memberCount).toBe(before.memberCount + 4);
      expect([now.upToDate, now.overdue, now.unknown]).toEqual([1, 2, before.unknown + 1]);
      // Four were handed in, and two are owed since 2022.
      expect([now.due, now.submitted]).toEqual([6, 4]);
      const year = (of: Figures, wanted: number) => of.byYear.find((one) => one.year === wanted)!;
      expect(year(now, 2018)).toEqual({ year: 2018, due: 3, submitted: 3, accepted: 2 });
      expect(year(now, 2022)).toEqual({ year: 2022, due: 3, submitted: 1, accepted: 1 });
      expect(year(now, 2026).due).toBe(year(before, 2026).due + 2);
    });

    it.each([
      // Nothing is handed in before a report is due in 2018: nobody can tell.
      ["2018-12-31", { upToDate: 0, overdue: 0, submitted: 0, due: 0 }],
      // Handed in 45 days late, so from 15 January 2019 on the next ones are due in 2022.
      ["2019-01-14", { upToDate: 0, overdue: 0, submitted: 0, due: 0 }],
      ["2019-01-15", { upToDate: 3, overdue: 0, submitted: 3, due: 3 }],
      // One has left by 2020; of the day itself what is due is not late.
      ["2022-11-29", { upToDate: 2, overdue: 0, submitted: 3, due: 3 }],
      ["2022-12-01", { upToDate: 3, overdue: 0, submitted: 4, due: 6 }],
      ["2022-12-02", { upToDate: 1, overdue: 2, submitted: 4, due: 6 }],
      // In years to come, all that is recorded now counts.
      ["2026-12-02", { upToDate: 0, overdue: 3, submitted: 4, due: 7 }],
    ])("tell of %s what was known then", async (day, expected) => {
      expect(await ofDay(day)).toMatchObject(expected);
    });

    it("agree with what each city says today, and with the same counted in groups", async () => {
      const data = await api.data(
        gql(`{
        unknown: cities(filter: { reportingStatus: { eq: UNKNOWN } }, first: 1) { totalCount }
        overdue: cities(filter: { reportingStatus: { eq: OVERDUE } }, first: 1) { totalCount }
        upToDate: cities(filter: { reportingStatus: { eq: UP_TO_DATE } }, first: 1) { totalCount }
        cityStatistics(groupBy: REPORTING_STATUS) { count keys { key } }
        then: cityStatistics(groupBy: REPORTING_STATUS, validOn: "2022-12-01") { count keys { key } }
      }`),
      );
      const now = await ofDay();
      const [unknown, overdue, upToDate] = [data.unknown, data.overdue, data.upToDate].map((list) => list.totalCount);
      expect({ unknown, overdue, upToDate }).toEqual({
        unknown: now.unknown,
        overdue: now.overdue,
        upToDate: now.upToDate,
      });
      const grouped = (groups: typeof data.cityStatistics): Record<string, number> =>
        Object.fromEntries(groups.map(({ keys, count }): [string, number] => [String(keys[0]?.key), count]));
      expect(grouped(data.cityStatistics)).toMatchObject({ UNKNOWN: unknown, OVERDUE: 2, UP_TO_DATE: 1 });
      const then = await ofDay("2022-12-01");
      expect(grouped(data.then)).toMatchObject({ UNKNOWN: then.unknown, UP_TO_DATE: 3 });
    });

    it("are the same for everybody, whatever drafts they see", async () => {
      const viewers = [
        viewerAs("SECRETARIAT"),
        await keyOf(api, "draft-alone"),
        await keyOf(api, "overdue-with-draft"),
      ];
      const forAll = await dataFor(api, ANONYMOUS, query);
      for (const viewer of viewers) expect(await dataFor(api, viewer, query)).toEqual(forAll);
      await api.database.execute("DELETE FROM monitoring_report WHERE status = 'DRAFT'");
      expect(await dataFor(api, ANONYMOUS, query)).toEqual(forAll);
    });
  });
});
