// The rounds in which the network grew: one for each year with designations.
import { integer, partialDate, text } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { DesignationRound } from "../database/rows";

export const designationRound = recordType<DesignationRound>()({
  name: "DesignationRound",
  plural: "designationRounds",
  description:
    "A round of decisions in which cities were designated, with the figures that were published and those that the records give.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  columns: {
    year: integer("The year of the round.", { unique: true, ordered: true }),
    decidedOn: partialDate("When it was decided; before 2014 only the year is known.", { ordered: true }),
    newCities: integer("How many cities were designated, as published.", { ordered: true }),
    citiesAfter: integer("How many members the network had afterwards, as published.", { ordered: true }),
    countriesStated: text("How many countries the network said it reached, in its own words.", { nullable: true }),
    countriesCounted: integer("How many countries the records give.", { nullable: true, ordered: true }),
    note: text("What is particular about the round or its figures.", { nullable: true }),
  },
  references: {},
  defaultOrder: ["year"],
  roots: { many: "connection" },
  dataset: {
    file: "designation-rounds.csv",
    key: ["year"],
    columns: {
      year: "year",
      decidedOn: (cell) => cell("decided_on") || cell("year"),
      newCities: "new_cities",
      citiesAfter: "cities_after",
      countriesStated: "countries_stated",
      countriesCounted: "countries_counted",
      note: "note",
    },
    sources: [{ header: "source" }],
  },
});
