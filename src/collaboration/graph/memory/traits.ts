// What is known of each partner beside what it shares: its type and its country.
import { grown } from "./growing";

/** The types that a partner may be of, each by its place; the first stands for a partner that is gone. */
export const PARTNER_TYPES = ["", "City", "Network", "Organization"] as const;
export type PartnerTypeName = Exclude<(typeof PARTNER_TYPES)[number], "">;
export const CITY_TYPE = PARTNER_TYPES.indexOf("City");

export interface CountryTraits {
  id: string;
  code: string;
  region: string;
  globalSouth: boolean;
}

const NOWHERE = -1;

export class Traits {
  private types = new Uint8Array(0);
  private countries = new Int32Array(0);
  private known: CountryTraits[] = [];
  private readonly placeById = new Map<string, number>();

  get byteLength(): number {
    return this.types.byteLength + this.countries.byteLength;
  }

  /** All partners are below this number; some of those below it may be gone. */
  get partnersAtMost(): number {
    return this.types.length;
  }

  /** Countries keep their places; new ones come after them. */
  setCountries(countries: readonly CountryTraits[]): void {
    for (const country of countries) {
      const place = this.placeById.get(country.id) ?? this.known.length;
      this.placeById.set(country.id, place);
      this.known[place] = country;
    }
  }

  /** @param countryId the country that it lies in or has its seat in; null where there is none or it is not known */
  set(partner: number, type: PartnerTypeName | "", countryId: string | null): void {
    this.types = grown(this.types, partner + 1, 0);
    this.countries = grown(this.countries, partner + 1, NOWHERE);
    this.types[partner] = PARTNER_TYPES.indexOf(type);
    this.countries[partner] = countryId === null ? NOWHERE : (this.placeById.get(countryId) ?? NOWHERE);
  }

  /** The place of its type in PARTNER_TYPES. */
  typeOf(partner: number): number {
    return this.types[partner] ?? 0;
  }

  countryOf(partner: number): CountryTraits | undefined {
    return this.known[this.countries[partner] ?? NOWHERE];
  }

  /** The country's place among all, to compare two partners by; -1 for none. */
  countryNumberOf(partner: number): number {
    return this.countries[partner] ?? NOWHERE;
  }
}
