// Synthetic organizations, meetings, practices, experts and their missions: some of each beside cities and projects.
import { areaOfAction } from "../../src/registry/mission";
import type { Towns } from "./city-rows";
import { partialDate, precisionFrom, TOLD_ON_YEAR, yearBetween } from "./days";
import { between, pick, type Random } from "../../src/kernel/random";
import { chance, several, streamOf, weighted } from "./random";
import type { Reference } from "./reference";
import { COLLECTIONS, countsBeside, FIRST_MEETING_IN, MEETINGS, type Size } from "./size";

export interface OrganizationRow {
  slug: string;
  name: string;
  sector: string;
  city: number | null;
}

export function* organizationRows(size: Size): Generator<OrganizationRow> {
  const random = streamOf(size.seed, "organizations");
  const { organizations } = countsBeside(size);
  for (let i = 0; i < organizations; i++) {
    yield {
      slug: `synthetic-organization-${i + 1}`,
      name: `Synthetic Organization ${i + 1}`,
      sector: pick(random, ["PUBLIC", "PRIVATE", "CIVIL_SOCIETY", "ACADEMIA"]),
      // Its seat is among the cities in whose place it takes part in projects.
      city: chance(random, 0.9) ? Math.floor(((i + random()) / organizations) * size.cities) : null,
    };
  }
}

export interface MeetingRow {
  number: number;
  title: string;
  year: number;
  startsOn: string;
  endsOn: string;
  hosts: number[];
}

/** One a year, each in two cities. */
export function* meetingRows({ seed, cities }: Size): Generator<MeetingRow> {
  const random = streamOf(seed, "meetings");
  for (let number = 1; number <= MEETINGS; number++) {
    const year = FIRST_MEETING_IN + number - 1;
    const begins = year + 0.2 + random() / 2;
    yield {
      number,
      title: `Synthetic Meeting ${number}`,
      year,
      startsOn: partialDate(begins, 10),
      endsOn: partialDate(begins + 4 / 360, 10),
      hosts: near(random, cities, 2),
    };
  }
}

/** Different cities, the first ones by number more often. */
function near(random: Random, cities: number, count: number): number[] {
  const found = new Set<number>();
  while (found.size < Math.min(count, cities)) {
    const place = random();
    found.add(Math.floor(cities * place * place));
  }
  return [...found];
}

export interface CollectionRow {
  slug: string;
  title: string;
  year: number;
}

export function collectionRows(): CollectionRow[] {
  return Array.from({ length: COLLECTIONS }, (_, i) => ({
    slug: `synthetic-collection-${i + 1}`,
    title: `Synthetic Collection ${i + 1}`,
    year: 2010 + 4 * i,
  }));
}

export interface PracticeRow {
  slug: string;
  title: string;
  collection: number;
  state: "ACCEPTED" | "SUBMITTED" | "DECLINED";
  year: number;
  areasOfAction: string[];
  submittedBy: number;
  cities: number[];
  goals: number[];
}

const PRACTICE_STATES = [
  ["ACCEPTED", 80],
  ["SUBMITTED", 12],
  ["DECLINED", 8],
] as const;

const CITIES_OF_PRACTICE = [
  [1, 60],
  [2, 25],
  [3, 10],
  [4, 5],
] as const;

export function* practiceRows(size: Size, { goals }: Reference): Generator<PracticeRow> {
  const random = streamOf(size.seed, "practices");
  for (let i = 0; i < countsBeside(size).practices; i++) {
    const cities = near(random, size.cities, weighted(random, CITIES_OF_PRACTICE));
    yield {
      slug: `synthetic-practice-${i + 1}`,
      title: `Synthetic Practice ${i + 1}`,
      collection: between(random, 0, COLLECTIONS - 1),
      state: weighted(random, PRACTICE_STATES),
      year: between(random, 2008, 2025),
      areasOfAction: several(random, Object.keys(areaOfAction.values), between(random, 1, 2)),
      submittedBy: cities[0] ?? 0,
      cities,
      goals: several(random, goals, between(random, 0, 2)),
    };
  }
}

export interface ExpertRow {
  slug: string;
  name: string;
  expertise: string[];
  languages: string[];
  city: number | null;
  fields: string[];
}

export function* expertRows(size: Size, { fields }: Reference): Generator<ExpertRow> {
  const random = streamOf(size.seed, "experts");
  for (let i = 0; i < countsBeside(size).experts; i++) {
    yield {
      slug: `synthetic-expert-${i + 1}`,
      name: `Synthetic Expert ${i + 1}`,
      expertise: [`Synthetic expertise ${between(random, 1, 20)}`],
      languages: several(random, ["ar", "en", "es", "fr", "pt", "ru", "zh"], between(random, 1, 3)),
      city: chance(random, 0.9) ? (near(random, size.cities, 1)[0] ?? null) : null,
      fields: several(random, fields, between(random, 1, 2)),
    };
  }
}

export interface MissionRow {
  expert: number;
  host: number;
  topic: string;
  state: "REQUESTED" | "AGREED" | "COMPLETED" | "DECLINED" | "CANCELLED";
  startsOn: string;
  endsOn: string | null;
}

/** To cities of all regions, each under a topic of its own number. */
export function* missionRows(size: Size, towns: Towns): Generator<MissionRow> {
  const random = streamOf(size.seed, "missions");
  const { experts, missions } = countsBeside(size);
  for (let i = 0; i < missions; i++) {
    const precision = precisionFrom(random);
    const begins = yearBetween(random, 2012, TOLD_ON_YEAR);
    const isOver = begins < TOLD_ON_YEAR - 0.1;
    yield {
      expert: between(random, 0, experts - 1),
      host: between(random, 0, towns.count - 1),
      topic: `Synthetic topic ${i + 1}`,
      state: weighted(random, isOver ? MISSION_STATES : STATES_OF_COMING_MISSIONS),
      startsOn: partialDate(begins, precision),
      endsOn: chance(random, 0.8) ? partialDate(begins + random() / 20, precision) : null,
    };
  }
}

const MISSION_STATES = [
  ["COMPLETED", 8],
  ["DECLINED", 1],
  ["CANCELLED", 1],
] as const;

const STATES_OF_COMING_MISSIONS = [
  ["REQUESTED", 4],
  ["AGREED", 6],
] as const;
