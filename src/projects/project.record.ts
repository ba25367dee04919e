// Projects: what cities, networks and organizations do together.
import sql from "sql-template-tag";
import { enumeration, listOf, name, oneOf, partialDate, slug, text, url } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { children, joined, type Relation } from "../database/declare/relation";
import { PARTNER, SECRETARIAT } from "../database/declare/rights";
import type { Project } from "../database/rows";
import { confidence, confidenceWord } from "../registry/confidence";
import { creativeField } from "../registry/creative-field.record";
import { goal } from "../registry/goal.record";
import { meeting } from "../registry/meeting.record";
import { areaOfAction, beneficiaryGroup, objective } from "../registry/mission";
import { opportunity } from "./opportunity.record";
import type { ProjectState } from "./project.rules";

export const projectStatus = enumeration("ProjectStatus", "How far a project is.", {
  PROPOSED: "Planned, and not begun.",
  ACTIVE: "Under way, or without a known end.",
  COMPLETED: "Come to its end.",
  CANCELLED: "Given up before its end.",
} satisfies Record<ProjectState, string>);

export const project = recordType<Project>()({
  name: "Project",
  plural: "projects",
  description:
    "Something that cities do together, with networks and organizations or among themselves: a residency, an exchange, a joint commission, a festival.",
  authority: "secretariat",
  may: { create: PARTNER, update: ["LEAD"], delete: SECRETARIAT },
  columns: {
    slug: slug("Its stable, URL-safe name, such as city-to-city-2020.", { unique: true, ordered: true }),
    title: name("What it is called.", { ordered: true }),
    summary: text("What was or is done in it.", { nullable: true }),
    status: oneOf(projectStatus, "How far it is.", { ordered: true, lifecycle: true }),
    kind: text(
      "What sort of project it is, in its own words: residency, exchange of artists, joint commission and so on.",
      { nullable: true },
    ),
    startsOn: partialDate("When it began, as far as it is known.", { nullable: true, ordered: true }),
    endsOn: partialDate("When it ended, as far as it is known.", { nullable: true, ordered: true }),
    website: url("Its own site.", { nullable: true }),
    themes: listOf(text("The themes that it belongs to, those of LAB.2030 for example.")),
    otherParticipants: text("Who else took part, named in the source and not recorded here.", { nullable: true }),
    areasOfAction: listOf(oneOf(areaOfAction, "The areas of action of the Mission Statement that it belongs to.")),
    objectives: listOf(oneOf(objective, "The objectives of the Mission Statement that it serves.")),
    beneficiaries: listOf(oneOf(beneficiaryGroup, "Whom it is for.")),
    confidence: oneOf(confidence, "How well the facts about it are supported by their sources.", {
      nullable: true,
      ordered: true,
      official: true,
    }),
    note: text("What is particular about it or about the facts recorded here.", { nullable: true, official: true }),
  },
  references: {
    meetingId: {
      to: () => meeting,
      nullable: true,
      description: "The meeting of the network where the partnership was formed.",
    },
    opportunityId: {
      to: () => opportunity,
      nullable: true,
      lifecycle: true,
      description: "The offer that it grew from.",
    },
  },
  parties: {
    LEAD: {
      inWords: "the one that leads the project",
      ids: (row) => sql`
        SELECT partner_id FROM project_participation
        WHERE project_id = ${row("id")} AND role = 'LEAD' AND status = 'ACCEPTED'`,
    },
  },
  defaultOrder: ["title"],
  search: [{ column: "title", reason: "NAME" }],
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "projects.csv",
    key: ["slug"],
    columns: {
      slug: "slug",
      title: "title",
      summary: "description",
      // The file has no status: what ended is over, what was planned is proposed, the rest has no known end.
      status: (cell) =>
        cell("kind") === "planned partnership" ? "PROPOSED" : cell("end_year") === "" ? "ACTIVE" : "COMPLETED",
      kind: "kind",
      startsOn: "start_year",
      endsOn: "end_year",
      themes: "lab2030_theme",
      otherParticipants: "other_participants",
      areasOfAction: "area_of_action",
      confidence: confidenceWord,
      note: "note",
    },
    links: [
      {
        header: "creative_fields",
        table: "project_creative_field",
        column: "creativeFieldId",
        to: () => creativeField,
      },
      { header: "sdgs", table: "project_goal", column: "goalId", to: () => goal },
    ],
    sources: [{ header: "source" }],
    unused: {
      lead_city_slug: "read with the participations",
      participating_city_slugs: "read with the participations",
    },
  },
});

export const projectRelations: readonly Relation[] = [
  joined({
    from: project,
    name: "creativeFields",
    to: creativeField,
    shownAs: "list",
    usually: 1,
    description: "The creative fields that it works in.",
    join: { table: "project_creative_field", edge: {}, fromColumn: "recordId", toColumn: "creativeFieldId" },
  }),
  joined({
    from: creativeField,
    name: "projects",
    to: project,
    shownAs: "connection",
    description: "The projects that work in it.",
    join: { table: "project_creative_field", edge: {}, fromColumn: "creativeFieldId", toColumn: "recordId" },
  }),
  joined({
    from: project,
    name: "goals",
    to: goal,
    shownAs: "list",
    usually: 2,
    description: "The Sustainable Development Goals that it works for.",
    join: { table: "project_goal", edge: {}, fromColumn: "recordId", toColumn: "goalId" },
  }),
  joined({
    from: goal,
    name: "projects",
    to: project,
    shownAs: "connection",
    description: "The projects that work for it.",
    join: { table: "project_goal", edge: {}, fromColumn: "goalId", toColumn: "recordId" },
  }),
  children({
    from: meeting,
    name: "projects",
    to: project,
    by: "meetingId",
    shownAs: "connection",
    description: "The projects whose partnership was formed at it.",
  }),
  children({
    from: opportunity,
    name: "project",
    to: project,
    by: "opportunityId",
    shownAs: "one",
    description: "The project that grew from it.",
  }),
];
