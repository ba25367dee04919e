// Synthetic cities: as many in each country as the reference dataset's are, designated in its rounds as it grew.
import { partialDate, TOLD_ON_YEAR } from "./days";
import { between, pick, type Random } from "../../src/kernel/random";
import { chance, normal, streamOf, weighted } from "./random";
import type { CountryOfReference, Reference } from "./reference";
import type { Size } from "./size";

/** For a city that is designated in no field, or in no second one; also the place of a field in the arrays of Towns. */
export const NO_FIELD = 255;

/** What the other rows need to know of the cities, by their numbers from 0: a few bytes for each. */
export interface Towns {
  count: number;
  /** places in the reference's countries, regions and fields */
  country: Uint16Array;
  region: Uint8Array;
  field: Uint8Array;
  secondField: Uint8Array;
  /** the place of the round in which the city was designated first, in the reference's rounds */
  round: Uint8Array;
}

/** Of a hundred cities: those that are members or were, those with a second field, and those that left. */
const DESIGNATED_SHARE = 0.85;
const SECOND_FIELD_SHARE = 0.07;
const ENDED_SHARE = 0.06;

/** Without the arrays of rows: a pass over random numbers. */
export function townsOf({ cities, seed }: Size, reference: Reference): Towns {
  const random = streamOf(seed, "towns");
  const towns: Towns = {
    count: cities,
    country: new Uint16Array(cities),
    region: new Uint8Array(cities),
    field: new Uint8Array(cities).fill(NO_FIELD),
    secondField: new Uint8Array(cities).fill(NO_FIELD),
    round: new Uint8Array(cities),
  };
  const byCountry = reference.countries.map((country, place) => [place, country.cities] as const);
  const fieldsOf = reference.regions.map(() => fieldWeights(random, reference.fields.length));
  for (let i = 0; i < cities; i++) {
    const country = weighted(random, byCountry);
    const region = reference.regions.indexOf(reference.countries[country]?.region ?? "");
    towns.country[i] = country;
    towns.region[i] = region;
    towns.round[i] = roundAt(random, reference, i / cities);
    if (!chance(random, DESIGNATED_SHARE)) continue;
    const weights = fieldsOf[region] ?? [];
    towns.field[i] = weighted(random, weights);
    const second = weighted(random, weights);
    if (second !== towns.field[i] && chance(random, SECOND_FIELD_SHARE)) towns.secondField[i] = second;
  }
  return towns;
}

// A region has its favourite fields: the first of a shuffled list three times as often as the last.
function fieldWeights(random: Random, count: number): [number, number][] {
  const start = between(random, 0, count - 1);
  return Array.from({ length: count }, (_, i) => [(start + i) % count, 3 - (2 * i) / count]);
}

// The first cities came in the first rounds, as many in each as its share of all; a little out of order.
function roundAt(random: Random, { rounds }: Reference, place: number): number {
  let left = Math.min(Math.max(place + (random() - 0.5) / 5, 0), 1) * rounds.reduce((sum, r) => sum + r.newCities, 0);
  const found = rounds.findIndex(({ newCities }) => (left -= newCities) < 0);
  return found === -1 ? rounds.length - 1 : found;
}

export interface CityRow {
  slug: string;
  name: string;
  kind: string;
  countryCode: string;
  latitude: number;
  longitude: number;
  population: number | null;
}

export function* cityRows({ seed }: Size, reference: Reference, towns: Towns): Generator<CityRow> {
  const random = streamOf(seed, "cities");
  for (let i = 0; i < towns.count; i++) {
    const country = reference.countries[towns.country[i] ?? 0] as CountryOfReference;
    yield {
      slug: `synthetic-city-${i + 1}`,
      name: `Synthetic City ${i + 1}`,
      kind: weighted(random, KINDS),
      countryCode: country.code,
      latitude: degrees(Math.min(Math.max(country.latitude + SPREAD * normal(random), -60), 75)),
      longitude: degrees(((country.longitude + SPREAD * normal(random) + 540) % 360) - 180),
      population: chance(random, 0.9) ? populationFrom(random) : null,
    };
  }
}

const KINDS = [
  ["city", 90],
  ["metropolitan city", 5],
  ["district", 3],
  ["island", 2],
] as const;

/** How far cities lie from the middle of their country's, in degrees: the standard deviation. */
const SPREAD = 2;

function degrees(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}

// From 5,000 to 5 million, most of them small: the density falls with the square of the number (Zipf's law for cities).
function populationFrom(random: Random): number {
  return Math.round(5_000 / (0.001 + 0.999 * random()));
}

export interface DesignationRow {
  city: number;
  field: string;
  year: number;
  designatedOn: string;
  endedOn: string | null;
}

export function* designationRows({ seed }: Size, reference: Reference, towns: Towns): Generator<DesignationRow> {
  const random = streamOf(seed, "designations");
  for (let city = 0; city < towns.count; city++) {
    const first = towns.round[city] ?? 0;
    for (const [field, place] of [
      [towns.field[city] ?? NO_FIELD, first],
      [towns.secondField[city] ?? NO_FIELD, Math.min(first + 2, reference.rounds.length - 1)],
    ] as const) {
      const round = reference.rounds[place];
      const slug = reference.fields[field];
      if (round === undefined || slug === undefined) continue;
      const ends = round.year + between(random, 4, 12);
      const isEnded = chance(random, ENDED_SHARE) && ends < TOLD_ON_YEAR;
      const endedOn = isEnded ? partialDate(ends + random(), pick(random, [4, 10])) : null;
      yield { city, field: slug, year: round.year, designatedOn: round.decidedOn, endedOn };
    }
  }
}

export interface RoundRow {
  year: number;
  decidedOn: string;
  newCities: number;
  citiesAfter: number;
  countriesCounted: number;
}

/** The rounds with the figures that the synthetic designations give; cities that left are still counted. */
export function roundRows({ rounds }: Reference, towns: Towns): RoundRow[] {
  const members = rounds.map(() => 0);
  const countries = rounds.map(() => new Set<number>());
  for (let i = 0; i < towns.count; i++) {
    if (towns.field[i] === NO_FIELD) continue;
    const round = towns.round[i] ?? 0;
    members[round] = (members[round] ?? 0) + 1;
    countries[round]?.add(towns.country[i] ?? 0);
  }
  let citiesAfter = 0;
  const reached = new Set<number>();
  return rounds.map(({ year, decidedOn }, place) => {
    const newCities = members[place] ?? 0;
    citiesAfter += newCities;
    for (const country of countries[place] ?? []) reached.add(country);
    return { year, decidedOn, newCities, citiesAfter, countriesCounted: reached.size };
  });
}
