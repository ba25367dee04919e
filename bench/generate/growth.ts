// How collaboration grows, project by project: whoever has many parts gets more (preferential attachment; Barabási and
// Albert, "Emergence of scaling in random networks", Science 286, 1999), partners of partners meet (triadic closure;
// Davidsen, Ebel and Bornholdt, Physical Review Letters 88, 128701, 2002), mostly in one region or field, and some by chance.
import { NO_FIELD, type Towns } from "./city-rows";
import { between, type Random } from "../../src/kernel/random";
import { chance, streamOf, weighted } from "./random";
import type { Size } from "./size";

/** Where the next partner of a project comes from, in a hundred. */
const WAYS = [
  ["closure", 40],
  ["known", 40],
  ["newcomer", 12],
  ["noise", 8],
] as const;

type Way = (typeof WAYS)[number][0];

/** Where known cities and newcomers are looked for, by what they share with the lead, in a hundred. */
const CIRCLES = [
  ["both", 60],
  ["region", 25],
  ["field", 15],
] as const;

/** Of a hundred leads, those that lead for the first time or have no parts yet. */
const NEW_LEAD_SHARE = 0.25;
/** Of a hundred cities, those that take one part at most. */
const QUIET_SHARE = 0.25;
const QUIET_UNLESS_FEWER_THAN = 50;
/** How many parts there are in a project, about. */
const PARTS_A_PROJECT = 9;
/** Parts of a hub at most, where projects are many. */
const HUB_PARTS = 1_200;
/** The latest projects that a city is met in again. */
const LATEST = 6;
const TRIES_A_PART = 6;
const TRIES_A_WAY = 8;
/** Of the cities, how many could take part in the first project; the others come in one by one. */
const FIRST_SHARE = 0.1;

const NONE = -1;

/** Cities that share their region, their field or both; or all of them. */
interface Circle {
  cities: number[];
  /** each city once for each of its parts, so that a draw from it finds who has many */
  known: number[];
}

/** About 100 bytes for each city and 40 for each part. */
export class Growth {
  private readonly random: Random;
  private readonly limits: Float64Array;
  private readonly partsOf: Int32Array;
  private readonly all: Circle = emptyCircle();
  private readonly circles: Readonly<Record<"both" | "region" | "field", (city: number) => Circle>>;
  private readonly latest: Int32Array;
  private readonly membersOf: Int32Array[] = [];

  constructor(
    { seed, projects }: Size,
    private readonly towns: Towns,
  ) {
    this.random = streamOf(seed, "growth");
    this.limits = limitsOf(streamOf(seed, "limits"), towns.count, projects);
    this.partsOf = new Int32Array(towns.count);
    this.latest = new Int32Array(towns.count * LATEST).fill(NONE);
    const { region, field } = towns;
    this.circles = {
      region: circlesBy((city) => region[city] ?? 0),
      field: circlesBy((city) => field[city] ?? NO_FIELD),
      both: circlesBy((city) => (region[city] ?? 0) * 256 + (field[city] ?? NO_FIELD)),
    };
    for (let city = 0; city < towns.count; city++) {
      for (const circle of this.everyCircleOf(city)) circle.cities.push(city);
    }
  }

  /** The lead of the next project. @param time how much of the whole has grown, from 0 to 1 */
  lead(time: number): number {
    for (let tries = 0; tries < TRIES_A_PART; tries++) {
      const isNew = chance(this.random, NEW_LEAD_SHARE);
      const city = isNew ? this.newcomer(this.all, time) : this.knownIn(this.all);
      if (city !== NONE && this.hasRoom(city)) return city;
    }
    return between(this.random, 0, this.towns.count - 1);
  }

  /** Different cities, the lead first; fewer where there are no more with room. */
  partners(lead: number, count: number, time: number): number[] {
    const drawn = new Set([lead]);
    for (let tries = 0; drawn.size < count && tries < TRIES_A_PART * count; tries++) {
      const city = this.partner([...drawn], lead, time);
      if (city !== NONE) drawn.add(city);
    }
    return [...drawn];
  }

  /** What was taken part in: what grows next grows out of it. @param members those whose part was accepted */
  take(members: readonly number[]): void {
    const project = this.membersOf.push(Int32Array.from(members)) - 1;
    for (const city of members) {
      const parts = (this.partsOf[city] ?? 0) + 1;
      this.partsOf[city] = parts;
      this.latest[city * LATEST + (parts % LATEST)] = project;
      for (const circle of this.everyCircleOf(city)) circle.known.push(city);
    }
  }

  // Tried again by the same way: hubs without room would else leave their place to chance.
  private partner(drawn: readonly number[], lead: number, time: number): number {
    const way = weighted(this.random, WAYS);
    for (let tries = 0; tries < TRIES_A_WAY; tries++) {
      const city = this.partnerBy(way, drawn, lead, time);
      if (city !== NONE && this.hasRoom(city) && !drawn.includes(city)) return city;
    }
    return NONE;
  }

  private partnerBy(way: Way, drawn: readonly number[], lead: number, time: number): number {
    switch (way) {
      case "closure":
        return this.partnerOfPartner(drawn);
      case "known":
        return this.knownIn(this.circleOf(lead));
      case "newcomer":
        return this.newcomer(this.circleOf(lead), time);
      case "noise":
        return between(this.random, 0, this.towns.count - 1);
    }
  }

  /** A partner of one that takes part already or, every second time, a partner of such a partner. */
  private partnerOfPartner(drawn: readonly number[]): number {
    const one = drawn[between(this.random, 0, drawn.length - 1)] ?? NONE;
    const partner = this.partnerOf(one);
    return partner !== NONE && chance(this.random, 0.5) ? this.partnerOf(partner) : partner;
  }

  private partnerOf(city: number): number {
    const project = this.latest[city * LATEST + between(this.random, 0, LATEST - 1)] ?? NONE;
    const members = this.membersOf[project];
    return members?.[between(this.random, 0, members.length - 1)] ?? NONE;
  }

  private knownIn({ known }: Circle): number {
    return known[between(this.random, 0, known.length - 1)] ?? NONE;
  }

  // The first cities by number have come first.
  private newcomer({ cities }: Circle, time: number): number {
    const come = Math.ceil(cities.length * (FIRST_SHARE + (1 - FIRST_SHARE) * time));
    return cities[between(this.random, 0, come - 1)] ?? NONE;
  }

  private hasRoom(city: number): boolean {
    return (this.partsOf[city] ?? 0) < (this.limits[city] ?? 0);
  }

  private circleOf(city: number): Circle {
    return this.circles[weighted(this.random, CIRCLES)](city);
  }

  private everyCircleOf(city: number): Circle[] {
    const { region, field, both } = this.circles;
    return [this.all, region(city), field(city), both(city)];
  }
}

// Most cities have time for a few projects, few for many: the density falls with the square of the limit.
function limitsOf(random: Random, cities: number, projects: number): Float64Array {
  const mean = Math.max(2, (PARTS_A_PROJECT * projects) / cities);
  const most = Math.max(20 * mean, Math.min(projects / 4, HUB_PARTS));
  const quietShare = cities < QUIET_UNLESS_FEWER_THAN ? 0 : QUIET_SHARE;
  return Float64Array.from({ length: cities }, () =>
    chance(random, quietShare) ? 1 : Math.min(most, mean / (1 - random())),
  );
}

function emptyCircle(): Circle {
  return { cities: [], known: [] };
}

/** @param keyOf the same small number for the cities of one circle */
function circlesBy(keyOf: (city: number) => number): (city: number) => Circle {
  const circles: Circle[] = [];
  return (city) => (circles[keyOf(city)] ??= emptyCircle());
}
