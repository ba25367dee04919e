// Cities: members of the network, cities that were or may become one, and cities of partner networks.
import sql from "sql-template-tag";
import { decimal, integer, name, slug, text, url } from "../database/declare/column";
import type { Condition } from "../database/declare/filter-fields";
import { recordType } from "../database/declare/record-type";
import { children, type Relation } from "../database/declare/relation";
import { UPDATED_BY_AUTHORITY } from "../database/declare/rights";
import type { City } from "../database/rows";
import { at } from "../database/sql";
import { country } from "./country.record";
import { membershipAndReporting, reportingOf } from "./reporting";

export const city = recordType<City>()({
  name: "City",
  plural: "cities",
  description:
    "A city: a member of the UNESCO Creative Cities Network today or in the past, or one that works with its members.",
  authority: "self",
  may: UPDATED_BY_AUTHORITY,
  columns: {
    slug: slug("Its stable, URL-safe name, such as krakow; namesakes carry the country, such as granada-ni.", {
      unique: true,
      ordered: true,
    }),
    name: name("What it is called in English.", { ordered: true, hidden: true, official: true }),
    kind: text(
      "What sort of place it is: city, metropolitan city, district, island and so on; not every member is a plain city.",
      { official: true },
    ),
    subdivision: text("The state, province or region in which it lies.", { nullable: true, official: true }),
    latitude: decimal("Degrees north, WGS 84.", { nullable: true, ordered: true, hidden: true, official: true }),
    longitude: decimal("Degrees east, WGS 84.", { nullable: true, ordered: true, hidden: true, official: true }),
    population: integer("How many people live in it.", { nullable: true, ordered: true }),
    website: url("Its own site as a creative city.", { nullable: true }),
    profile: text("A portrait of the city as a creative city.", { nullable: true }),
  },
  derived: membershipAndReporting,
  references: {
    countryId: { to: () => country, nullable: false, official: true, description: "The country in which it lies." },
  },
  defaultOrder: ["name"],
  located: { latitude: "latitude", longitude: "longitude" },
  named: "name",
  search: [{ column: "name", reason: "NAME" }],
  mergeable: true,
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "cities.csv",
    key: ["slug"],
    columns: {
      slug: "slug",
      name: "name",
      countryId: "country_code",
      kind: "member_kind",
      latitude: "latitude",
      longitude: "longitude",
    },
    externalIds: { GEONAMES: "geonames_id", WIKIDATA: "wikidata_id" },
    sources: [{ header: "coordinates_from", license: "CC BY 4.0" }],
  },
  nameFile: { file: "city-names.csv", ownerHeader: "city_slug" },
});

export const countryCities: Relation = children({
  from: country,
  name: "cities",
  to: city,
  by: "countryId",
  shownAs: "connection",
  description: "The cities that lie in it.",
});

export const memberOn: Condition = {
  on: city,
  name: "memberOn",
  takes: "day",
  lookUps: 2,
  description: "A member of the Creative Cities Network on this day: a designation was in force then.",
  holds: (alias, day) =>
    sql`EXISTS (SELECT FROM designation d WHERE d.city_id = ${at(alias, "id")} AND in_force(d.designated_on, d.ended_on, ${day}))`,
};

export const reportDueWithin: Condition = {
  on: city,
  name: "reportDueWithin",
  takes: "days",
  lookUps: 9,
  description:
    "A member whose next monitoring report is due today or within this many days from today. Overdue ones are not among them: reportingStatus finds those.",
  holds: (alias, days, today) =>
    sql`EXISTS (SELECT FROM ${reportingOf(at(alias, "id"), today)} WHERE reporting.next_report_due BETWEEN ${today} AND ${today} + ${days})`,
};
