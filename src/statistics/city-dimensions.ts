// What statistics of cities can be grouped by.
import sql, { type Sql } from "sql-template-tag";
import { network } from "../networks/network.record";
import { city } from "../registry/city.record";
import { country, region } from "../registry/country.record";
import { creativeField } from "../registry/creative-field.record";
import { reportingStatus } from "../registry/reporting";
import { inSentences, inTitles, type Dimension, type Sources } from "./dimension";
import { reportingOn } from "./reporting-on-a-day";

export const cityDimensions: readonly Dimension[] = [
  {
    name: "COUNTRY",
    read: { city: 0.25 },
    description: "The country in which it lies, by its code such as PL.",
    from: { values: (from) => ofCountry(sql`n.code`, from) },
    labels: { of: country, by: "code", called: "name" },
    without: "No country known",
  },
  {
    name: "REGION",
    read: { city: 0.25 },
    description: "UNESCO's region in which it lies, such as AFRICA.",
    from: { values: (from) => ofCountry(sql`n.region::text`, from) },
    labels: { words: inTitles(region) },
    without: "No region known",
  },
  {
    name: "GLOBAL_SOUTH",
    read: { city: 0.25 },
    description: "Whether it lies in the Global South, the network's priority: true or false.",
    from: { values: (from) => ofCountry(sql`n.global_south::text`, from) },
    labels: { words: { true: "Global South", false: "Other countries" } },
    without: "Not known",
  },
  {
    name: "CREATIVE_FIELD",
    read: { designation: 0.5 },
    description:
      "The fields in which it is a Creative City on the day, by their slugs such as music. A city may have several.",
    from: {
      values: (from) => sql`
        SELECT d.city_id, f.slug FROM ${from.edges("designation", "d")}
        JOIN ${from.rows(creativeField, "f")} ON f.id = d.creative_field_id
        WHERE in_force(d.designated_on, d.ended_on, ${from.dayAsDate})`,
    },
    labels: { of: creativeField, by: "slug", called: "name" },
    without: "No field, or not known",
  },
  {
    name: "MEMBER_SINCE_YEAR",
    read: { designation: 1 },
    description:
      "The year since which it is a member without a break, such as 2019; no value for one that is no member on the day.",
    from: {
      values: (from) => sql`
        SELECT h.city_id, left(h.since, 4) FROM home_membership h WHERE in_force(h.since, h.until, ${from.dayAsDate})`,
    },
    labels: "asItIs",
    without: "No member",
  },
  {
    name: "REPORTING_STATUS",
    read: { city: 0.2, designation: 1.5, monitoring_report: 0.3 },
    description:
      "How it stands with its monitoring reports on the day, such as OVERDUE, by what was handed in until then; no value for one that is no member on the day.",
    from: {
      values: (from) => sql`
        SELECT c.id, reporting.status FROM ${from.rows(city, "c")}
        JOIN ${reportingOn(from.dayAsDate, from.read)} reporting ON reporting.city_id = c.id`,
    },
    labels: { words: inSentences(reportingStatus) },
    without: "No member",
  },
  {
    name: "NETWORK",
    read: { network_member: 1.2 },
    description:
      "The networks that it is a member of on the day, by their slugs, the Creative Cities Network among them. A city may have several.",
    from: {
      values: (from) => sql`
        SELECT m.city_id, n.slug FROM ${from.edges("network_member", "m")}
        JOIN ${from.rows(network, "n")} ON n.id = m.network_id
        WHERE in_force(m.since, m.until, ${from.dayAsDate})`,
    },
    labels: { of: network, by: "slug", called: "name" },
    without: "In no network recorded here",
  },
  {
    name: "KIND",
    read: { city: 0.15 },
    description:
      "What sort of place it is, in the words that are recorded: city, metropolitan city, district and so on.",
    from: { value: (row) => row("kind") },
    labels: "asItIs",
    without: "Not known",
  },
];

function ofCountry(column: Sql, from: Sources): Sql {
  return sql`SELECT c.id, ${column} FROM ${from.rows(city, "c")} JOIN ${from.rows(country, "n")} ON n.id = c.country_id`;
}
