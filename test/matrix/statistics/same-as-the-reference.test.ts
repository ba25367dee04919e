// Figures of random graphs, for each role, with rows that not everybody sees, on random days: the same as those that are counted, one by
// one, in the lists that the role reads over HTTP.
import "reflect-metadata";
import { between, randomFrom, type Random } from "../../../src/kernel/random";
import { EACH_ROLE, openCollaborationFixture, type CollaborationFixture } from "../../support/collaboration-fixture";
import { firstDay } from "../../support/reference/days";
import { readRows, type Rows } from "../../support/reference/rows";

const SEEDS = [31, 62, 93];

const inForce = (since: string | null, until: string | null, day: string): boolean =>
  (since === null || firstDay(since) <= day) && (until === null || firstDay(until) > day);
const randomDay = (random: Random): string => `${between(random, 2004, 2026)}-0${between(random, 1, 9)}-15`;
const wordOf = (values: Iterable<string>): string => [...values].sort().join("+");

/** How many there are of each. */
function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

interface Group {
  count: number;
  keys: { values: { value: string }[] }[];
}

function countsOf(groups: readonly Group[]): Map<string, number> {
  const word = ({ keys }: Group): string => keys.map((key) => wordOf(key.values.map(({ value }) => value))).join(" | ");
  return new Map(groups.map((group) => [word(group), group.count]));
}

const GROUPS = "{ count keys { values { value } } }";

describe.each(SEEDS)("figures of a random graph (seed %i)", (seed) => {
  const random = randomFrom(seed);
  let fixture: CollaborationFixture;
  beforeAll(async () => {
    fixture = await openCollaborationFixture(seed);
  });
  afterAll(() => fixture.api.close());

  describe.each(EACH_ROLE)("for a caller who is %s", (role) => {
    let rows: Rows;
    beforeAll(async () => {
      rows = await readRows(fixture.as(role));
    });

    it("counts cities by region and by their fields on a day", async () => {
      const day = randomDay(random);
      const fields = new Map<string, Set<string>>();
      for (const { city, creativeField, designatedOn, endedOn } of rows.designations) {
        if (creativeField === null || !inForce(designatedOn, endedOn, day)) continue;
        fields.set(city.id, (fields.get(city.id) ?? new Set()).add(creativeField.slug));
      }
      const cities = rows.partners.filter(({ type }) => type === "CITY");
      const expected = counted(
        cities.map(({ id, country }) => `${country?.region ?? ""} | ${wordOf(fields.get(id) ?? [])}`),
      );
      const { cityStatistics } = await fixture.as(role)(
        `query ($day: Date) { cityStatistics(groupBy: [REGION, CREATIVE_FIELD], validOn: $day) ${GROUPS} }`,
        { day },
      );
      expect({ day, counts: countsOf(cityStatistics) }).toEqual({ day, counts: expected });
    });

    it("counts projects by status and the year that they began in", async () => {
      const expected = counted(
        rows.projects.map(({ status, startsOn }) => `${status} | ${startsOn?.slice(0, 4) ?? ""}`),
      );
      const { projectStatistics } = await fixture.as(role)(
        `{ projectStatistics(groupBy: [STATUS, START_YEAR]) ${GROUPS} }`,
      );
      expect(countsOf(projectStatistics)).toEqual(expected);
    });

    it("counts what each two networks share on a day", async () => {
      const day = randomDay(random);
      const { networkOverlaps } = await fixture.as(role)(
        `query ($day: Date) { networkOverlaps(filter: { not: { kind: { eq: HOME } } }, validOn: $day) { shared onlyThis onlyOther jaccard
           thisSide { network { id } } otherSide { network { id } } } }`,
        { day },
      );
      const partners = rows.networks.filter(({ kind }) => kind !== "HOME");
      expect(networkOverlaps).toHaveLength((partners.length * (partners.length - 1)) / 2);
      const membersOf = new Map(partners.map(({ id }) => [id, new Set<string>()]));
      for (const { network, city, since, until } of rows.memberships) {
        if (inForce(since, until, day)) membersOf.get(network.id)?.add(city.id);
      }
      for (const { shared, onlyThis, onlyOther, jaccard, thisSide, otherSide } of networkOverlaps) {
        const one = membersOf.get(thisSide.network.id) ?? new Set();
        const other = membersOf.get(otherSide.network.id) ?? new Set();
        const both = [...one].filter((id) => other.has(id)).length;
        const all = one.size + other.size - both;
        expect({ day, shared, onlyThis, onlyOther }).toEqual({
          day,
          shared: both,
          onlyThis: one.size - both,
          onlyOther: other.size - both,
        });
        expect(jaccard).toBeCloseTo(all === 0 ? 0 : both / all, 12);
      }
    });
  });
});
