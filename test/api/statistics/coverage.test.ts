// Where the network has projects and practices and where it has none, and who sees which figures.
import type { ResultOf } from "@graphql-typed-document-node/core";
import { VisibilityFixture } from "../../support/visibility-fixture";
import { referenceRows } from "../../support/reference-rows";
import type { Caller } from "../../support/who-sees";
import type { CoverageDimension } from "../../generated/documents";
import { startApi, type TestApi } from "../../support/api";
import { gql } from "../../support/gql";
import { dataFor } from "../../support/members";
import { addTo, called, cityList } from "../../support/records";

const COVERAGE = gql(`query ($by: CoverageDimension!) {
  coverage(groupBy: $by) { value label memberCount projectCount practiceCount isGap }
}`);

describe("coverage of the reference data", () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  const projects = referenceRows("projects.csv");
  const designations = referenceRows("designations.csv");
  const cities = new Map(referenceRows("cities.csv").map((row) => [row.slug, row]));
  const countries = new Map(referenceRows("countries.csv").map((row) => [row.code, row]));
  const listed = (cell: string | undefined): string[] =>
    (cell ?? "")
      .split(";")
      .map((word) => word.trim())
      .filter(Boolean);
  const participants = (row: (typeof projects)[number]): string[] => [
    ...listed(row.lead_city_slug),
    ...listed(row.participating_city_slugs),
  ];
  const countryOf = (slug: string): string => cities.get(slug)!.country_code!;
  const regionOf = (code: string): string => countries.get(code)!.unesco_region!.toUpperCase().replaceAll(" ", "_");

  const cases: [
    CoverageDimension,
    string[],
    (row: (typeof projects)[number]) => string[],
    ((slug: string) => string[]) | null,
  ][] = [
    [
      "FIELDS",
      referenceRows("creative-fields.csv").map((row) => row.slug!),
      (row) => listed(row.creative_fields),
      (slug) =>
        designations.flatMap((row) =>
          row.city_slug === slug && row.ended_on === "" ? listed(row.creative_field) : [],
        ),
    ],
    [
      "REGIONS",
      [...new Set([...countries.keys()].map((code) => regionOf(code!)))],
      (row) => participants(row).map((slug) => regionOf(countryOf(slug))),
      (slug) => [regionOf(countryOf(slug))],
    ],
    [
      "COUNTRIES",
      [...countries.keys()].map((code) => code!),
      (row) => participants(row).map(countryOf),
      (slug) => [countryOf(slug)],
    ],
    ["GOALS", referenceRows("goals.csv").map((row) => row.number!), (row) => listed(row.sdgs), null],
    ["AREAS_OF_ACTION", [...new Set(projects.map((row) => row.area_of_action!))], (row) => [row.area_of_action!], null],
  ];

  it.each(cases)(
    "has all %s with what the files have of each, the gaps first",
    async (dimension, values, ofProject, ofMember) => {
      const { coverage } = await api.data(COVERAGE, { by: dimension });
      expect(coverage.map(({ value }) => value).sort()).toEqual([...values].sort());
      const members = ofMember === null ? [] : [...cities.keys()].map((slug) => ofMember(slug!));
      for (const { value, memberCount, projectCount, practiceCount, isGap } of coverage) {
        expect(projectCount).toBe(projects.filter((row) => ofProject(row).includes(value)).length);
        expect(memberCount).toBe(ofMember === null ? null : members.filter((of) => of.includes(value)).length);
        expect(practiceCount).toBe(0);
        expect(isGap).toBe(projectCount === 0);
      }
      const work = coverage.map(({ projectCount }) => projectCount);
      expect(work).toEqual([...work].sort((one, other) => one - other));
    },
  );

  it("finds architecture, the field of 2025, without a project", async () => {
    const { coverage } = await api.data(COVERAGE, { by: "FIELDS" });
    expect(coverage.filter(({ isGap }) => isGap)).toEqual([
      { value: "architecture", label: "Architecture", memberCount: 5, projectCount: 0, practiceCount: 0, isGap: true },
    ]);
  });

  it("is closed by a practice that is accepted, and by no cancelled project", async () => {
    const gaps = async (by: CoverageDimension): Promise<string[]> =>
      (await api.data(COVERAGE, { by })).coverage.filter(({ isGap }) => isGap).map(({ value }) => value);
    expect(await gaps("COUNTRIES")).toEqual(expect.arrayContaining(["AO", "AZ"]));
    await addTo(api.database, async (add) => {
      for (const state of ["SUBMITTED", "DECLINED"] as const) {
        const slug = state.toLowerCase();
        await add.practice({ slug, state, submittedBy: called("lubango"), cities: cityList("lubango") });
      }
      await add.project({ slug: "given-up", status: "CANCELLED" });
      const partner = await add.partner("lubango");
      await add.projectParticipation({ project: called("given-up"), partner, role: "LEAD" });
    });
    expect(await gaps("COUNTRIES")).toContain("AO");
    await api.database.write("test", (session) =>
      session.execute("UPDATE practice SET state = 'ACCEPTED' WHERE slug = 'submitted'"),
    );
    expect(await gaps("COUNTRIES")).not.toContain("AO");
    const { coverage } = await api.data(COVERAGE, { by: "COUNTRIES" });
    expect(coverage.find(({ value }) => value === "AO")).toEqual({
      value: "AO",
      label: "Angola",
      memberCount: 1,
      projectCount: 0,
      practiceCount: 1,
      isGap: false,
    });
  });
});

describe("figures that everybody is shown", () => {
  const PUBLIC = gql(`{
    FIELDS: coverage(groupBy: FIELDS) { value memberCount projectCount practiceCount isGap }
    REGIONS: coverage(groupBy: REGIONS) { value memberCount projectCount practiceCount isGap }
    COUNTRIES: coverage(groupBy: COUNTRIES) { value memberCount projectCount practiceCount isGap }
    GOALS: coverage(groupBy: GOALS) { value memberCount projectCount practiceCount isGap }
    AREAS_OF_ACTION: coverage(groupBy: AREAS_OF_ACTION) { value memberCount projectCount practiceCount isGap }
    reportStatistics { memberCount due submitted overdue upToDate unknown byYear { year due submitted accepted } }
    membershipTimeline { year members joined left countries }
    networkStatistics { network { slug } memberCount projectCount agreementCount }
    networkOverlaps { shared onlyThis onlyOther }
    cityStatistics(groupBy: [REPORTING_STATUS, NETWORK]) { count keys { key } }
    projectStatistics(groupBy: [STATUS, GOAL]) { count keys { key } }
  }`);
  const callers: Caller[] = [
    { title: "ANONYMOUS", role: "ANONYMOUS" },
    { title: "CITY krakow", role: "CITY", slug: "krakow" },
    { title: "NETWORK gnlc", role: "NETWORK", slug: "gnlc" },
    { title: "SECRETARIAT", role: "SECRETARIAT" },
  ];
  let fixture: VisibilityFixture;
  const shownTo = (caller: Caller): Promise<ResultOf<typeof PUBLIC>> =>
    dataFor(fixture.api, fixture.viewer(caller), PUBLIC);
  beforeAll(async () => {
    fixture = await VisibilityFixture.open();
  });
  afterAll(() => fixture.close());

  it("are the same for each role", async () => {
    const [forAll, ...others] = await Promise.all(callers.map(shownTo));
    expect(forAll?.reportStatistics.submitted).toBe(3);
    for (const shown of others) expect(shown).toEqual(forAll);
  });

  it("of a list count what the caller's own list has, by a filter over hidden rows", async () => {
    const query = gql(`query ($filter: CityFilter!) {
      cities(filter: $filter, first: 1) { totalCount }
      cityStatistics(filter: $filter, groupBy: [COUNTRY, CREATIVE_FIELD]) { count }
      membershipTimeline(filter: $filter) { year members }
    }`);
    const filter = { monitoringReports: { some: {} } };
    const totals: number[] = [];
    for (const caller of callers) {
      const data = await dataFor(fixture.api, fixture.viewer(caller), query, { filter });
      const sum = data.cityStatistics.reduce((all, { count }) => all + count, 0);
      expect(sum).toBe(data.cities.totalCount);
      expect(data.membershipTimeline.at(-1)?.members).toBe(data.cities.totalCount);
      totals.push(sum);
    }
    // Lyon has nothing but a draft, which the Secretariat alone of these sees.
    expect(totals).toEqual([2, 2, 2, 3]);
  });

  it("do not change with what is hidden", async () => {
    const before = await shownTo(callers[0]!);
    await fixture.api.database.write("test", (session) =>
      session.execute(`
        DELETE FROM planned_action_goal WHERE record_id IN (SELECT id FROM planned_action WHERE report_status = 'DRAFT');
        DELETE FROM planned_action WHERE report_status = 'DRAFT';
        DELETE FROM monitoring_report WHERE status = 'DRAFT';
        DELETE FROM practice WHERE state <> 'ACCEPTED';
        DELETE FROM opportunity_response;
        DELETE FROM application`),
    );
    expect(await shownTo(callers[0]!)).toEqual(before);
  });
});
