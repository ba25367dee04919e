// Small graphs, made by hand: partners and things by their names, each with an id that orders as it was made.
import { DESIGNATION_KIND, LINK_KINDS } from "../../../../src/collaboration/kinds";
import { Adjacency } from "../../../../src/collaboration/graph/affiliation-graph";
import { dayNumber, NEVER, UNKNOWN } from "../../../../src/collaboration/graph/memory/days";
import type { PartnerTypeName } from "../../../../src/collaboration/graph/memory/traits";

export const TODAY = dayNumber("2026-11-20");

const COUNTRIES = [
  { code: "PL", region: "EUROPE_AND_NORTH_AMERICA", globalSouth: false },
  { code: "SN", region: "AFRICA", globalSouth: true },
  { code: "BR", region: "LATIN_AMERICA_AND_THE_CARIBBEAN", globalSouth: true },
  { code: "JP", region: "ASIA_AND_THE_PACIFIC", globalSouth: false },
];

interface CityTraits {
  country?: "PL" | "SN" | "BR" | "JP";
  fields?: string[];
}

interface Work {
  kind?: "PROJECT" | "PRACTICE" | "EXPERT_MISSION" | "MEETING" | "NETWORK";
  since?: string;
  goals?: string[];
  areas?: string[];
}

export class HandMadeGraph {
  readonly adjacency = new Adjacency();
  private readonly ids = new Map<string, string>();

  constructor() {
    this.adjacency.traits.setCountries(COUNTRIES.map((country) => ({ ...country, id: this.idOf(country.code) })));
  }

  idOf(name: string): string {
    const id = this.ids.get(name) ?? `00000000-0000-7000-8000-${String(this.ids.size + 1).padStart(12, "0")}`;
    this.ids.set(name, id);
    return id;
  }

  /** What an id or a number stands for. */
  nameOf(partner: number | string): string {
    const id = typeof partner === "string" ? partner : this.adjacency.partners.idOf(partner);
    return [...this.ids].find(([, known]) => known === id)?.[0] ?? "";
  }

  partner(name: string): number {
    return this.adjacency.partners.numberOf(this.idOf(name));
  }

  /** A city, a member in its fields. */
  city(name: string, { country = "PL", fields = ["literature"] }: CityTraits = {}): this {
    this.of(name, "City", country);
    for (const field of fields) this.share(this.thing(field, DESIGNATION_KIND), name, UNKNOWN);
    return this;
  }

  of(name: string, type: PartnerTypeName, country: string | null = null): this {
    this.adjacency.traits.set(this.partner(name), type, country === null ? null : this.idOf(country));
    return this;
  }

  /** A thing that all of them share. */
  work(
    name: string,
    partners: readonly string[],
    { kind = "PROJECT", since, goals = [], areas = [] }: Work = {},
  ): this {
    const thing = this.thing(
      name,
      LINK_KINDS.findIndex((candidate) => candidate.name === kind),
    );
    for (const partner of partners) this.share(thing, partner, since === undefined ? UNKNOWN : dayNumber(since));
    this.adjacency.interests.set(thing, { goals: goals.map((goal) => this.idOf(goal)), areas, fields: [] });
    return this;
  }

  private thing(name: string, kind: number): number {
    return this.adjacency.thingNumber(this.idOf(name), kind);
  }

  private share(thing: number, partner: string, since: number): void {
    this.adjacency.incidences.add(thing, this.partner(partner), since, NEVER);
  }
}
