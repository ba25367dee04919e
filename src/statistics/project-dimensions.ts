// What statistics of projects can be grouped by.
import sql, { type Sql } from "sql-template-tag";
import type { Enumeration } from "../database/declare/codec";
import { at } from "../database/sql";
import { project, projectStatus } from "../projects/project.record";
import { city } from "../registry/city.record";
import { country, region } from "../registry/country.record";
import { creativeField } from "../registry/creative-field.record";
import { goal } from "../registry/goal.record";
import { areaOfAction, beneficiaryGroup, objective } from "../registry/mission";
import { inSentences, inTitles, type Dimension, type Sources } from "./dimension";

export const projectDimensions: readonly Dimension[] = [
  {
    name: "STATUS",
    read: { project: 0.15 },
    description: "How far it is, such as ACTIVE.",
    from: { value: (row) => row("status") },
    labels: { words: inSentences(projectStatus) },
    without: "Not known",
  },
  {
    name: "START_YEAR",
    read: { project: 0.2 },
    description: "The year in which it began, such as 2019, as far as it is known.",
    from: { value: (row) => sql`left(${row("startsOn")}, 4)` },
    labels: "asItIs",
    without: "Not known",
  },
  {
    name: "CREATIVE_FIELD",
    read: { project_creative_field: 0.4 },
    description: "The creative fields that it works in, by their slugs such as music. A project may have several.",
    from: {
      values: (from) => sql`
        SELECT e.record_id, f.slug FROM ${from.edges("project_creative_field", "e")}
        JOIN ${from.rows(creativeField, "f")} ON f.id = e.creative_field_id`,
    },
    labels: { of: creativeField, by: "slug", called: "name" },
    without: "No field recorded",
  },
  {
    name: "GOAL",
    read: { project_goal: 0.4 },
    description:
      "The Sustainable Development Goals that it works for, by their numbers such as 11. A project may have several.",
    from: {
      values: (from) => sql`
        SELECT e.record_id, g.number::text FROM ${from.edges("project_goal", "e")}
        JOIN ${from.rows(goal, "g")} ON g.id = e.goal_id`,
    },
    labels: { of: goal, by: "number", called: "title" },
    without: "No goal recorded",
    numeric: true,
  },
  listOfWords("AREA_OF_ACTION", "areasOfAction", areaOfAction, "areas of action of the Mission Statement"),
  listOfWords("OBJECTIVE", "objectives", objective, "objectives of the Mission Statement that it serves"),
  {
    name: "LEAD_COUNTRY",
    read: { project: 0.6, project_participation: 0.1 },
    description: "The country of the city that leads it, by its code such as PL; no value where no city does.",
    from: { values: (from) => ofLead(sql`n.code`, from) },
    labels: { of: country, by: "code", called: "name" },
    without: "No leading city recorded",
  },
  {
    name: "REGION",
    read: { project: 0.6, project_participation: 0.1 },
    description: "UNESCO's region of the city that leads it, such as AFRICA; no value where no city does.",
    from: { values: (from) => ofLead(sql`n.region::text`, from) },
    labels: { words: inTitles(region) },
    without: "No leading city recorded",
  },
  listOfWords("BENEFICIARY", "beneficiaries", beneficiaryGroup, "groups that it is for"),
];

function listOfWords(name: string, column: string, words: Enumeration, what: string): Dimension {
  return {
    name,
    read: { project: 0.6 },
    description: `The ${what}, such as ${Object.keys(words.values)[0] ?? ""}. A project may have several.`,
    from: { values: (from) => sql`SELECT p.id, unnest(${at("p", column)}) FROM ${from.rows(project, "p")}` },
    labels: { words: inSentences(words) },
    without: "None recorded",
  };
}

// A project has one lead at most, which the database sees to; it may be a network or an organization.
function ofLead(column: Sql, from: Sources): Sql {
  return sql`
    SELECT p.project_id, ${column} FROM ${from.edges("project_participation", "p")}
    JOIN ${from.rows(city, "c")} ON c.id = p.partner_id JOIN ${from.rows(country, "n")} ON n.id = c.country_id
    WHERE p.role = 'LEAD' AND p.status = 'ACCEPTED'`;
}
