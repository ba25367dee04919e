// Synthetic projects with their parts, in the order in which they begin.
import { areaOfAction, beneficiaryGroup, objective } from "../../src/registry/mission";
import { NO_FIELD, type Towns } from "./city-rows";
import { partialDate, precisionFrom, TOLD_ON_YEAR, type Precision } from "./days";
import { Growth } from "./growth";
import { between, pick, type Random } from "../../src/kernel/random";
import { chance, several, streamOf, weighted } from "./random";
import type { Reference } from "./reference";
import { countsBeside, FIRST_MEETING_IN, MEETINGS, type Size } from "./size";

/** The first of all projects: everything that is shown by the page has one that is far longer than a page. */
export const LARGEST_PROJECT_PARTS = 10_000;
const TAIL_SHARE = 0.3;
const TAIL_FROM = 7;
const TAIL_UNTIL = 50;
const FIRST_YEAR = 2005;
const LAST_YEAR = 2026.5;
const CANCELLED_SHARE = 0.04;
const LED_SHARE = 0.85;
/** Of the parts beside the lead's. */
const ORGANIZATION_SHARE = 0.07;
const NETWORK_SHARE = 0.01;

export interface PartRow {
  partner: { type: "City" | "Network" | "Organization"; number: number };
  role: "LEAD" | "PARTNER";
  status: "INVITED" | "ACCEPTED" | "DECLINED" | "LEFT";
  since: string | null;
  until: string | null;
}

export interface ProjectRow {
  slug: string;
  title: string;
  status: "PROPOSED" | "ACTIVE" | "COMPLETED" | "CANCELLED";
  kind: string;
  startsOn: string | null;
  endsOn: string | null;
  areasOfAction: string[];
  objectives: string[];
  beneficiaries: string[];
  /** the number of the meeting where it was formed, where it was at one */
  meeting: number | null;
  fields: string[];
  goals: number[];
  parts: PartRow[];
}

/** When a project runs, in years with their fractions. */
interface Run {
  begins: number;
  ends: number;
  precision: Precision;
  status: ProjectRow["status"];
}

/** Each project grows out of those before it; memory is kept for cities and parts as numbers alone, see Growth. */
export function* projectRows(size: Size, reference: Reference, towns: Towns): Generator<ProjectRow> {
  const growth = new Growth(size, towns);
  const random = streamOf(size.seed, "projects");
  for (let i = 0; i < size.projects; i++) {
    const time = i / size.projects;
    const run = runFrom(random, time);
    const isLargest = i === 0;
    const lead = isLargest ? 0 : growth.lead(time);
    const cities = isLargest
      ? Array.from({ length: Math.min(towns.count, LARGEST_PROJECT_PARTS) }, (_, city) => city)
      : growth.partners(lead, sizeFrom(random), time);
    const parts = partsOf(random, size, cities, run, isLargest);
    // What grew out of the largest would be chance, and a cancelled project leads to nothing.
    if (!isLargest && run.status !== "CANCELLED") growth.take(parts.flatMap(acceptedCity));
    yield { ...projectFrom(random, reference, towns, lead, run), ...named(i), parts };
  }
}

function named(i: number): { slug: string; title: string } {
  return { slug: `synthetic-project-${i + 1}`, title: `Synthetic Project ${i + 1}` };
}

function acceptedCity({ partner, status }: PartRow): number[] {
  return partner.type === "City" && status === "ACCEPTED" ? [partner.number] : [];
}

const FEW = [
  [2, 30],
  [3, 27],
  [4, 20],
  [5, 13],
  [6, 10],
] as const;

function sizeFrom(random: Random): number {
  if (!chance(random, TAIL_SHARE)) return weighted(random, FEW);
  const place = random();
  return TAIL_FROM + Math.floor((TAIL_UNTIL + 1 - TAIL_FROM) * place * place);
}

// Ever more begin each year: twice as long after the first, twice as many.
function runFrom(random: Random, time: number): Run {
  const begins = FIRST_YEAR + (LAST_YEAR - FIRST_YEAR) * Math.sqrt(time);
  const ends = begins + 0.3 + 4 * random() * random();
  const status = chance(random, CANCELLED_SHARE)
    ? "CANCELLED"
    : begins >= TOLD_ON_YEAR
      ? "PROPOSED"
      : ends < TOLD_ON_YEAR
        ? "COMPLETED"
        : "ACTIVE";
  return { begins, ends, precision: precisionFrom(random), status };
}

function projectFrom(
  random: Random,
  { fields, goals }: Reference,
  towns: Towns,
  lead: number,
  { begins, ends, precision, status }: Run,
): Omit<ProjectRow, "slug" | "title" | "parts"> {
  const own = fields[towns.field[lead] ?? NO_FIELD];
  const others = several(random, fields, weighted(random, OTHER_FIELDS));
  const meeting = Math.floor(begins) - FIRST_MEETING_IN + 1;
  return {
    status,
    kind: pick(random, PROJECT_KINDS),
    startsOn: chance(random, 0.95) ? partialDate(begins, precision) : null,
    endsOn: status === "COMPLETED" || chance(random, 0.5) ? partialDate(ends, precision) : null,
    areasOfAction: several(random, Object.keys(areaOfAction.values), between(random, 1, 2)),
    objectives: several(random, Object.keys(objective.values), between(random, 0, 2)),
    beneficiaries: several(random, Object.keys(beneficiaryGroup.values), between(random, 0, 2)),
    meeting: meeting >= 1 && meeting <= MEETINGS && chance(random, 0.05) ? meeting : null,
    fields: [...new Set([...(own === undefined || !chance(random, 0.9) ? [] : [own]), ...others])],
    goals: several(random, goals, between(random, 0, 3)),
  };
}

const OTHER_FIELDS = [
  [0, 80],
  [1, 17],
  [2, 3],
] as const;

const PROJECT_KINDS = ["residency", "exchange of artists", "joint commission", "festival", "exhibition", "training"];

/** Each partner once, the lead first. */
function partsOf(random: Random, size: Size, cities: readonly number[], run: Run, isLargest: boolean): PartRow[] {
  const taken = new Set<string>();
  const isLed = isLargest || chance(random, LED_SHARE);
  return cities.flatMap((city, place) => {
    const isLead = place === 0 && isLed;
    const partner: PartRow["partner"] =
      place === 0 || isLargest ? { type: "City", number: city } : partnerFrom(random, size, city);
    const name = `${partner.type} ${partner.number}`;
    if (taken.has(name)) return [];
    taken.add(name);
    return [{ partner, role: isLead ? "LEAD" : "PARTNER", ...standing(random, run, isLead) }];
  });
}

// An organization comes in the place of a city, near it by number, and so the same ones near the same cities.
function partnerFrom(random: Random, size: Size, city: number): PartRow["partner"] {
  const { organizations } = countsBeside(size);
  if (chance(random, NETWORK_SHARE)) {
    const place = random();
    return { type: "Network", number: Math.floor(size.networks * place * place) };
  }
  if (!chance(random, ORGANIZATION_SHARE)) return { type: "City", number: city };
  return { type: "Organization", number: Math.floor((city / size.cities) * organizations) };
}

const STANDINGS = [
  ["ACCEPTED", 88],
  ["LEFT", 4],
  ["DECLINED", 5],
  ["INVITED", 3],
] as const;

const STANDINGS_OF_PROPOSED = [
  ["ACCEPTED", 45],
  ["DECLINED", 10],
  ["INVITED", 45],
] as const;

function standing(
  random: Random,
  { begins, ends, precision, status: project }: Run,
  isLead: boolean,
): Pick<PartRow, "status" | "since" | "until"> {
  const status = isLead ? "ACCEPTED" : weighted(random, project === "PROPOSED" ? STANDINGS_OF_PROPOSED : STANDINGS);
  if (status === "INVITED" || status === "DECLINED") return { status, since: null, until: null };
  const joined = chance(random, 0.7) ? begins : begins + ((ends - begins) * random()) / 2;
  const left = joined + (ends - joined) * random();
  return {
    status,
    // What is not said follows from the project.
    since: chance(random, 0.8) ? partialDate(joined, precision) : null,
    until: status === "LEFT" ? partialDate(left, precision) : null,
  };
}
