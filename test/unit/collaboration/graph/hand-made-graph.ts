// Small graphs, made by hand: partners and records by their names, each with an id that orders as it was made.
import { DESIGNATION_KIND, LINK_KINDS } from "../../../../src/collaboration/graph/affiliation-kinds";
import { AffiliationGraph } from "../../../../src/collaboration/graph/affiliation-graph";
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
  readonly built = new AffiliationGraph();
  private readonly ids = new Map<string, string>();

  constructor() {
    this.built.traits.setCountries(COUNTRIES.map((country) => ({ ...country, id: this.idOf(country.code) })));
  }

  idOf(name: string): string {
    const id = this.ids.get(name) ?? `00000000-0000-7000-8000-${String(this.ids.size + 1).padStart(12, "0")}`;
    this.ids.set(name, id);
    return id;
  }

  /** What an id or a number stands for. */
  nameOf(partner: number | string): string {
    const id = typeof partner === "string" ? partner : this.built.partners.idOf(partner);
    return [...this.ids].find(([, known]) => known === id)?.[0] ?? "";
  }

  partner(name: string): number {
    return this.built.partners.numberOf(this.idOf(name));
  }

  /** A city, a member in its fields. */
  city(name: string, { country = "PL", fields = ["literature"] }: CityTraits = {}): this {
    this.of(name, "City", country);
    for (const field of fields) this.share(this.record(field, DESIGNATION_KIND), name, UNKNOWN);
    return this;
  }

  of(name: string, type: PartnerTypeName, country: string | null = null): this {
    this.built.traits.set(this.partner(name), type, country === null ? null : this.idOf(country));
    return this;
  }

  /** A record that all of them share. */
  work(
    name: string,
    partners: readonly string[],
    { kind = "PROJECT", since, goals = [], areas = [] }: Work = {},
  ): this {
    const record = this.record(
      name,
      LINK_KINDS.findIndex((candidate) => candidate.name === kind),
    );
    for (const partner of partners) this.share(record, partner, since === undefined ? UNKNOWN : dayNumber(since));
    this.built.interests.set(record, { goals: goals.map((goal) => this.idOf(goal)), areas, fields: [] });
    return this;
  }

  private record(name: string, kind: number): number {
    return this.built.recordNumber(this.idOf(name), kind);
  }

  private share(record: number, partner: string, since: number): void {
    this.built.affiliations.add(record, this.partner(partner), since, NEVER);
  }
}
