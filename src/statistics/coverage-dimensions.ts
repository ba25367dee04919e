// What coverage is asked of: for each dimension all of its values, and the members, projects and practices that have one.
import sql, { type Sql } from "sql-template-tag";
import type { Enumeration } from "../database/declare/codec";
import { practice } from "../knowledge/practice.record";
import { project } from "../projects/project.record";
import { city } from "../registry/city.record";
import { country, region } from "../registry/country.record";
import { creativeField } from "../registry/creative-field.record";
import { goal } from "../registry/goal.record";
import { areaOfAction } from "../registry/mission";
import { inSentences, inTitles, type Labels, type Sources } from "./dimension";

export interface CoverageDimension {
  name: string;
  description: string;
  labels: Labels;
  /** a query for all values, as text, in the order in which equal ones are listed */
  values: (from: Sources) => Sql;
  /** queries for the value and the id of what has it; members is undefined where cities have no such thing */
  members?: (from: Sources) => Sql;
  projects: (from: Sources) => Sql;
  practices: (from: Sources) => Sql;
}

/** The members of the day with their countries. */
const memberCountries = (from: Sources): Sql => sql`
  ${from.edges("designation", "d")} JOIN ${from.rows(city, "c")} ON c.id = d.city_id
  JOIN ${from.rows(country, "n")} ON n.id = c.country_id AND in_force(d.designated_on, d.ended_on, ${from.dayAsDate})`;

/** The cities that take part in projects, with their countries. */
const participants = (from: Sources): Sql => sql`
  ${from.edges("project_participation", "p")} JOIN ${from.rows(city, "c")} ON c.id = p.partner_id AND p.status = 'ACCEPTED'
  JOIN ${from.rows(country, "n")} ON n.id = c.country_id`;

/** The cities that practices come from, with their countries. */
const origins = (from: Sources): Sql => sql`
  ${from.edges("practice_city", "p")} JOIN ${from.rows(city, "c")} ON c.id = p.city_id
  JOIN ${from.rows(country, "n")} ON n.id = c.country_id`;

const byCountry = (value: Sql): Pick<CoverageDimension, "members" | "projects" | "practices"> => ({
  members: (from) => sql`SELECT ${value}, c.id FROM ${memberCountries(from)}`,
  projects: (from) => sql`SELECT ${value}, p.project_id FROM ${participants(from)}`,
  practices: (from) => sql`SELECT ${value}, p.record_id FROM ${origins(from)}`,
});

const wordsOf = ({ values }: Enumeration): Sql => sql`SELECT unnest(${Object.keys(values)}::text[])`;

export const coverageDimensions: readonly CoverageDimension[] = [
  {
    name: "FIELDS",
    description:
      "The creative fields: members designated in the field, projects that work in it, practices of cities that are designated in it.",
    labels: { of: creativeField, by: "slug", called: "name" },
    values: (from) => sql`SELECT f.slug FROM ${from.rows(creativeField, "f")} ORDER BY fold(f.name) COLLATE "C"`,
    members: (from) => sql`
      SELECT f.slug, d.city_id FROM ${from.edges("designation", "d")} JOIN ${from.rows(creativeField, "f")} ON f.id = d.creative_field_id
      WHERE in_force(d.designated_on, d.ended_on, ${from.dayAsDate})`,
    projects: (from) => sql`
      SELECT f.slug, e.record_id FROM ${from.edges("project_creative_field", "e")}
      JOIN ${from.rows(creativeField, "f")} ON f.id = e.creative_field_id`,
    practices: (from) => sql`
      SELECT f.slug, e.record_id FROM ${from.edges("practice_city", "e")}
      JOIN ${from.edges("designation", "d")} ON d.city_id = e.city_id AND in_force(d.designated_on, d.ended_on, ${from.dayAsDate})
      JOIN ${from.rows(creativeField, "f")} ON f.id = d.creative_field_id`,
  },
  {
    name: "REGIONS",
    description:
      "UNESCO's regions: members in the region, projects that a city of it takes part in, practices of a city of it.",
    labels: { words: inTitles(region) },
    values: () => wordsOf(region),
    ...byCountry(sql`n.region::text`),
  },
  {
    name: "COUNTRIES",
    description:
      "The countries that are recorded here: members in the country, projects that a city of it takes part in, practices of a city of it.",
    labels: { of: country, by: "code", called: "name" },
    values: (from) => sql`SELECT n.code FROM ${from.rows(country, "n")} ORDER BY fold(n.name) COLLATE "C"`,
    ...byCountry(sql`n.code`),
  },
  {
    name: "GOALS",
    description: "The Sustainable Development Goals: projects and practices that work for the goal.",
    labels: { of: goal, by: "number", called: "title" },
    values: (from) => sql`SELECT g.number::text FROM ${from.rows(goal, "g")} ORDER BY g.number`,
    projects: (from) => sql`
      SELECT g.number::text, e.record_id FROM ${from.edges("project_goal", "e")} JOIN ${from.rows(goal, "g")} ON g.id = e.goal_id`,
    practices: (from) => sql`
      SELECT g.number::text, e.record_id FROM ${from.edges("practice_goal", "e")} JOIN ${from.rows(goal, "g")} ON g.id = e.goal_id`,
  },
  {
    name: "AREAS_OF_ACTION",
    description: "The areas of action of the Mission Statement: projects and practices that belong to the area.",
    labels: { words: inSentences(areaOfAction) },
    values: () => wordsOf(areaOfAction),
    projects: (from) => sql`SELECT unnest(p.areas_of_action), p.id FROM ${from.rows(project, "p")}`,
    practices: (from) => sql`SELECT unnest(p.areas_of_action), p.id FROM ${from.rows(practice, "p")}`,
  },
];
