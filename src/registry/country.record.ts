// Countries, with UNESCO's regions and UNCTAD's development status.
import { boolean, countryCode, enumeration, name, oneOf } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { Country } from "../database/rows";

export const region = enumeration("Region", "UNESCO's five regions.", {
  AFRICA: "Africa, without the Arab States.",
  ARAB_STATES: "Arab States.",
  ASIA_AND_THE_PACIFIC: "Asia and the Pacific.",
  EUROPE_AND_NORTH_AMERICA: "Europe and North America.",
  LATIN_AMERICA_AND_THE_CARIBBEAN: "Latin America and the Caribbean.",
});

/** The dataset's words for UNCTAD's development status. */
const IN_GLOBAL_SOUTH = new Map([
  ["developing", "true"],
  ["developed", "false"],
]);

export const country = recordType<Country>()({
  name: "Country",
  plural: "countries",
  description: "A country or territory of ISO 3166-1 that cities of the graph lie in.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  columns: {
    code: countryCode("Its ISO 3166-1 alpha-2 code.", { unique: true, ordered: true }),
    name: name("Its English short name, as in the Unicode CLDR.", { ordered: true, hidden: true }),
    region: oneOf(region, "UNESCO's region that it belongs to.", { ordered: true }),
    globalSouth: boolean(
      "Whether UNCTAD lists it among the developing economies, which the network's mission names its priority.",
    ),
  },
  references: {},
  defaultOrder: ["name"],
  named: "name",
  search: [{ column: "name", reason: "NAME" }],
  roots: { one: "code", many: "list" },
  nameFile: { file: "country-names.csv", ownerHeader: "country_code" },
  dataset: {
    file: "countries.csv",
    key: ["code"],
    columns: {
      code: "code",
      name: "name",
      region: (cell) => cell("unesco_region").toUpperCase().replaceAll(" ", "_"),
      globalSouth: (cell) => IN_GLOBAL_SOUTH.get(cell("unctad_status")) ?? cell("unctad_status"),
    },
  },
});
