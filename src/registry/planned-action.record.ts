// What cities plan: the actions of the action plans in their monitoring reports.
import { integer, name, oneOf } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { children, joined, type Relation } from "../database/declare/relation";
import { BY_AUTHORITY } from "../database/declare/rights";
import type { PlannedAction } from "../database/rows";
import { city } from "./city.record";
import { goal } from "./goal.record";
import { areaOfAction, objective } from "./mission";
import { monitoringReport, reportStatus } from "./monitoring-report.record";

// City and status are copies of the report's, which a foreign key keeps the same: who sees an action, and whose it is,
// follows from its own row.
export const plannedAction = recordType<PlannedAction>()({
  name: "PlannedAction",
  plural: "plannedActions",
  description:
    "Something that a member city plans to do in the years after a monitoring report, in the report's action plan. Who may see the report sees it.",
  authority: "city_id",
  may: BY_AUTHORITY,
  audience: { only: ["cityId"], where: { column: "reportStatus", is: "DRAFT" } },
  columns: {
    reportStatus: oneOf(reportStatus, "How far the report is that it belongs to.", { ordered: true }),
    title: name("What is planned, in a few words.", { ordered: true }),
    areaOfAction: oneOf(areaOfAction, "The area of action of the Mission Statement that it belongs to.", {
      ordered: true,
    }),
    objective: oneOf(objective, "The objective of the Mission Statement that it serves.", { ordered: true }),
    startYear: integer("The year in which it is to begin.", { nullable: true, ordered: true }),
    endYear: integer("The year in which it is to end.", { nullable: true, ordered: true }),
  },
  references: {
    reportId: {
      to: () => monitoringReport,
      nullable: false,
      goesAlong: true,
      description: "The report whose action plan it is in.",
    },
    cityId: { to: () => city, nullable: false, description: "The city that plans it." },
  },
  copied: { reportStatus: { of: "reportId", column: "status" }, cityId: { of: "reportId", column: "cityId" } },
  defaultOrder: ["title"],
  search: [{ column: "title", reason: "NAME" }],
  roots: { many: "connection" },
  dataset: {
    file: "planned-actions.csv",
    key: ["reportId", "title"],
    columns: {
      reportId: ["city_slug", "report_due_on"],
      cityId: "city_slug",
      title: "title",
      areaOfAction: "area_of_action",
      objective: "objective",
      startYear: "start_year",
      endYear: "end_year",
    },
    links: [{ header: "sdgs", table: "planned_action_goal", column: "goalId", to: () => goal }],
    sources: [{ header: "source" }],
  },
});

const goals = { table: "planned_action_goal", edge: {} };

export const plannedActionRelations: readonly Relation[] = [
  children({
    from: monitoringReport,
    name: "actionPlan",
    to: plannedAction,
    by: "reportId",
    shownAs: "list",
    usually: 5,
    description: "What the city plans for the years after it, by title.",
  }),
  children({
    from: city,
    name: "plannedActions",
    to: plannedAction,
    by: "cityId",
    shownAs: "connection",
    description: "What it plans, in the action plans of all its monitoring reports.",
  }),
  joined({
    from: plannedAction,
    name: "goals",
    to: goal,
    shownAs: "list",
    usually: 2,
    description: "The Sustainable Development Goals that it works for.",
    join: { ...goals, fromColumn: "recordId", toColumn: "goalId" },
  }),
  joined({
    from: goal,
    name: "plannedActions",
    to: plannedAction,
    shownAs: "connection",
    description: "What cities plan in order to reach it.",
    join: { ...goals, fromColumn: "goalId", toColumn: "recordId" },
  }),
];
