// Synthetic rows by themselves: the same for the same seed, skewed as networks are, and in keeping with the rules.
import "reflect-metadata";
import { createHash } from "node:crypto";
import { cityRows, designationRows, NO_FIELD, roundRows, townsOf, type Towns } from "../../../bench/generate/city-rows";
import {
  collectionRows,
  expertRows,
  meetingRows,
  missionRows,
  organizationRows,
  practiceRows,
} from "../../../bench/generate/knowledge-rows";
import { agreementRows, memberListsOf, membershipRows, networkRows } from "../../../bench/generate/network-rows";
import { projectRows, type ProjectRow } from "../../../bench/generate/project-rows";
import { readReference } from "../../../bench/generate/reference";
import { countsBeside, type Size } from "../../../bench/generate/size";
import { DATA_FOLDER } from "../../../src/installation";
import { firstDay } from "../../../src/kernel/dates";

const reference = readReference(DATA_FOLDER);
const SIZE: Size = { cities: 1_000, networks: 20, projects: 1_000, seed: 1 };
const towns = townsOf(SIZE, reference);
const projects = [...projectRows(SIZE, reference, towns)];
const [largest, ...others] = projects as [ProjectRow, ...ProjectRow[]];

function everything(size: Size): Record<string, object[]> {
  const itsTowns = townsOf(size, reference);
  const memberLists = memberListsOf(size, reference, itsTowns);
  return {
    rounds: roundRows(reference, itsTowns),
    cities: [...cityRows(size, reference, itsTowns)],
    designations: [...designationRows(size, reference, itsTowns)],
    networks: [...networkRows(size, memberLists)],
    memberships: [...membershipRows(size, memberLists)],
    agreements: [...agreementRows(size)],
    organizations: [...organizationRows(size)],
    meetings: [...meetingRows(size)],
    collections: collectionRows(),
    practices: [...practiceRows(size, reference)],
    experts: [...expertRows(size, reference)],
    missions: [...missionRows(size, itsTowns)],
    projects: [...projectRows(size, reference, itsTowns)],
  };
}

const digest = (rows: object): string => createHash("sha256").update(JSON.stringify(rows)).digest("hex");
const citiesIn = ({ parts }: ProjectRow): number[] =>
  parts.flatMap(({ partner }) => (partner.type === "City" ? [partner.number] : []));

/** How many parts each city has, without the one in the largest project. */
function partsByCity(rows: readonly ProjectRow[], count: number): number[] {
  const parts = Array.from({ length: count }, () => 0);
  for (const city of rows.flatMap(citiesIn)) parts[city] = (parts[city] ?? 0) + 1;
  return parts.sort((a, b) => b - a);
}

describe("a seed", () => {
  const small: Size = { cities: 120, networks: 6, projects: 80, seed: 5 };

  it("gives the same rows again", () => {
    expect(digest(everything(small))).toBe(digest(everything(small)));
  });

  it("gives other rows of every kind that chance has a part in, where it is another", () => {
    const [one, other] = [everything(small), everything({ ...small, seed: 6 })];
    const same = Object.keys(one).filter((kind) => digest(one[kind] ?? []) === digest(other[kind] ?? []));
    expect(same).toEqual(["collections"]);
  });

  it("gives the same cities and networks however many projects there are", () => {
    const [few, many] = [everything(small), everything({ ...small, projects: 200 })];
    const other = Object.keys(few).filter((kind) => digest(few[kind] ?? []) !== digest(many[kind] ?? []));
    expect(other).toEqual(["projects"]);
  });
});

describe("projects", () => {
  it("are as many as were asked for, with about nine parts each beside the largest", () => {
    expect(projects).toHaveLength(1_000);
    const parts = others.reduce((sum, row) => sum + row.parts.length, 0);
    expect(parts / others.length).toBeGreaterThan(8);
    expect(parts / others.length).toBeLessThan(10);
  });

  it("are small for the most part, with a tail up to fifty, and one that has every city", () => {
    expect(citiesIn(largest)).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
    const sizes = others.map(({ parts }) => parts.length);
    const few = sizes.filter((size) => size >= 2 && size <= 6).length / sizes.length;
    expect(few).toBeGreaterThan(0.65);
    expect(few).toBeLessThan(0.8);
    expect(Math.max(...sizes)).toBeGreaterThan(40);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
  });

  it("have 10,000 parts at most in the largest", () => {
    const many = { ...SIZE, cities: 10_500, projects: 1 };
    const [only] = projectRows(many, reference, townsOf(many, reference));
    expect(only?.parts).toHaveLength(10_000);
  });

  it("have hubs and leaves: a tenth of the cities holds most parts, a third has one or none", () => {
    const parts = partsByCity(others, 1_000);
    const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
    expect(sum(parts.slice(0, 100)) / sum(parts)).toBeGreaterThan(0.4);
    expect(parts[0]).toBeGreaterThan(10 * (sum(parts) / 1_000));
    expect(parts.filter((count) => count <= 1).length).toBeGreaterThan(333);
  });

  it("are mostly of one region", () => {
    const regionsOf = (row: ProjectRow): number[] => citiesIn(row).map((city) => towns.region[city] ?? 0);
    const pairs = others.flatMap((row) => {
      const [lead, ...partners] = regionsOf(row);
      return partners.map((region) => region === lead);
    });
    const shares = reference.regions.map((_, region) => towns.region.filter((one) => one === region).length / 1_000);
    const byChance = shares.reduce((sum, share) => sum + share * share, 0);
    expect(pairs.filter(Boolean).length / pairs.length).toBeGreaterThan(1.7 * byChance);
  });

  it("grow out of the structure: new partners have had a partner in common far more often than by chance", () => {
    const partnersOf = Array.from({ length: 1_000 }, () => new Set<number>());
    const older = others.slice(0, 800);
    for (const cities of older.map(citiesIn)) {
      for (const city of cities) for (const partner of cities) if (partner !== city) partnersOf[city]?.add(partner);
    }
    const areNear = (one: number, other: number): boolean =>
      [...(partnersOf[one] ?? [])].some((partner) => partner === other || partnersOf[other]?.has(partner) === true);
    const together = others.slice(800).flatMap((row) => {
      const cities = citiesIn(row);
      return cities.slice(1).map((city, i) => areNear(cities[i] ?? 0, city));
    });
    const apart = Array.from({ length: 1_000 }, (_, i) => areNear(i, (i * 7 + 11) % 1_000));
    const share = (near: readonly boolean[]): number => near.filter(Boolean).length / near.length;
    expect(share(together)).toBeGreaterThan(0.6);
    expect(share(together)).toBeLessThan(0.97);
    expect(share(together)).toBeGreaterThan(1.4 * share(apart));
  });

  it("begin in order, and stand in every state, with parts in every state", () => {
    const days = projects.flatMap(({ startsOn }) => startsOn?.slice(0, 4) ?? []);
    expect(days).toEqual([...days].sort());
    expect(new Set(projects.map(({ status }) => status))).toEqual(
      new Set(["PROPOSED", "ACTIVE", "COMPLETED", "CANCELLED"]),
    );
    const parts = projects.flatMap((row) => row.parts);
    expect(new Set(parts.map(({ status }) => status))).toEqual(new Set(["INVITED", "ACCEPTED", "DECLINED", "LEFT"]));
    expect(parts.filter(({ status }) => status === "ACCEPTED").length / parts.length).toBeGreaterThan(0.8);
    expect(new Set(parts.map(({ partner }) => partner.type))).toEqual(new Set(["City", "Network", "Organization"]));
  });
});

describe("the rules", () => {
  const sizes: Size[] = [SIZE, { cities: 2, networks: 1, projects: 1, seed: 0 }, { ...SIZE, cities: 30, seed: 9 }];

  it.each(sizes)("hold of $cities cities and $projects projects: every reference leads somewhere", (size) => {
    const { organizations } = countsBeside(size);
    const most = { City: size.cities, Network: size.networks, Organization: organizations };
    for (const { parts, meeting, goals } of projectRows(size, reference, townsOf(size, reference))) {
      expect(parts.length).toBeGreaterThan(0);
      expect(parts.filter(({ partner }) => partner.number < 0 || partner.number >= most[partner.type])).toEqual([]);
      expect(meeting === null || (meeting >= 1 && meeting <= 20)).toBe(true);
      expect(goals.filter((goal) => goal < 1 || goal > 17)).toEqual([]);
    }
  });

  it.each(sizes)("hold of $cities cities and $projects projects: each partner once, and one lead at most", (size) => {
    for (const { parts } of projectRows(size, reference, townsOf(size, reference))) {
      const names = parts.map(({ partner }) => `${partner.type} ${partner.number}`);
      expect(new Set(names).size).toBe(names.length);
      expect(parts.filter(({ role }) => role === "LEAD").length).toBeLessThanOrEqual(1);
      expect(parts.filter(({ role, status }) => role === "LEAD" && status !== "ACCEPTED")).toEqual([]);
    }
  });

  it("hold of days: nothing ends before it begins", () => {
    const memberLists = memberListsOf(SIZE, reference, towns);
    const spans: [string | null, string | null][] = [
      ...projects.map(({ startsOn, endsOn }): [string | null, string | null] => [startsOn, endsOn]),
      ...projects.flatMap(({ parts }) =>
        parts.map(({ since, until }): [string | null, string | null] => [since, until]),
      ),
      ...[...designationRows(SIZE, reference, towns)].map((row): [string, string | null] => [
        row.designatedOn,
        row.endedOn,
      ]),
      ...[...membershipRows(SIZE, memberLists)].map((row): [string | null, string | null] => [row.since, row.until]),
      ...[...agreementRows(SIZE)].map((row): [string | null, string | null] => [row.since, row.until]),
      ...[...missionRows(SIZE, towns)].map((row): [string, string | null] => [row.startsOn, row.endsOn]),
      ...[...meetingRows(SIZE)].map((row): [string, string] => [row.startsOn, row.endsOn]),
    ];
    const both = spans.filter(([begins, ends]) => begins !== null && ends !== null) as [string, string][];
    expect(both.length).toBeGreaterThan(1_000);
    expect(both.filter(([begins, ends]) => firstDay(ends) < firstDay(begins))).toEqual([]);
  });

  it("hold of networks: each member once, the largest the first, and no more members than are stated", () => {
    const memberLists = memberListsOf(SIZE, reference, towns);
    const networks = [...networkRows(SIZE, memberLists)];
    const memberships = [...membershipRows(SIZE, memberLists)];
    expect(new Set(memberships.map(({ network, city }) => `${network} ${city}`)).size).toBe(memberships.length);
    const sizes = networks.map((_, network) => memberships.filter((row) => row.network === network).length);
    expect([sizes[0], Math.max(...sizes), sizes[19]]).toEqual([100, 100, 11]);
    const stated = networks.map(({ statedMemberCount }, i) => (statedMemberCount ?? Infinity) - (sizes[i] ?? 0));
    expect(stated.filter((more) => more < 0)).toEqual([]);
    expect(stated.filter((more) => more > 0 && more < Infinity).length).toBeGreaterThan(0);
    expect(memberships.filter(({ until }) => until !== null).length).toBeGreaterThan(0);
  });

  it("hold of meetings: two hosts; and of practices: those not accepted were submitted by one of their cities", () => {
    expect([...meetingRows(SIZE)].map(({ hosts }) => new Set(hosts).size)).toEqual(Array.from({ length: 20 }, () => 2));
    const practices = [...practiceRows(SIZE, reference)];
    expect(practices.filter(({ cities, submittedBy }) => !cities.includes(submittedBy))).toEqual([]);
    expect(new Set(practices.map(({ state }) => state))).toEqual(new Set(["ACCEPTED", "SUBMITTED", "DECLINED"]));
  });
});

describe("cities", () => {
  const share = (of: Towns, holds: (city: number) => boolean): number =>
    Array.from({ length: of.count }, (_, city) => city).filter(holds).length / of.count;

  it("are designated for the most part, in all eight fields, some in two", () => {
    expect(share(towns, (city) => towns.field[city] !== NO_FIELD)).toBeCloseTo(0.85, 1);
    expect(new Set(towns.field).size).toBe(9);
    const twice = share(towns, (city) => towns.secondField[city] !== NO_FIELD);
    expect(twice).toBeGreaterThan(0.02);
    expect(twice).toBeLessThan(0.08);
  });

  it("lie in many countries, most in few of them, on Earth", () => {
    const counts = reference.countries
      .map((_, country) => towns.country.filter((one) => one === country).length)
      .sort((a, b) => b - a);
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(80);
    expect(counts.slice(0, 10).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(250);
    const rows = [...cityRows(SIZE, reference, towns)];
    expect(rows.filter(({ latitude, longitude }) => Math.abs(latitude) > 90 || Math.abs(longitude) > 180)).toEqual([]);
  });

  it("are counted in the rounds: the figures are those of the designations", () => {
    const rounds = roundRows(reference, towns);
    const designated = [...designationRows(SIZE, reference, towns)];
    expect(rounds.at(-1)?.citiesAfter).toBe(new Set(designated.map(({ city }) => city)).size);
    expect(rounds.map(({ newCities }) => newCities).reduce((sum, count) => sum + count, 0)).toBe(
      rounds.at(-1)?.citiesAfter,
    );
    expect(designated.filter(({ endedOn }) => endedOn !== null).length).toBeGreaterThan(0);
  });
});
