// Applications of cities to become members. They are between a city and the Secretariat.
import { dateTime, enumeration, oneOf, text } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { children, type Relation } from "../database/declare/relation";
import { BY_AUTHORITY } from "../database/declare/rights";
import type { Application } from "../database/rows";
import { applicationCall } from "./application-call.record";
import type { ApplicationState } from "./application.rules";
import { city } from "./city.record";
import { creativeField } from "./creative-field.record";
import { designation } from "./designation.record";

export const applicationStatus = enumeration("ApplicationStatus", "How far an application is.", {
  DRAFT: "The city is still writing it.",
  SUBMITTED: "The city has handed it in.",
  UNDER_EVALUATION: "It is being evaluated.",
  DESIGNATED: "It was successful: the city was designated.",
  NOT_DESIGNATED: "It was not successful.",
  WITHDRAWN: "The city took it back before a decision.",
} satisfies Record<ApplicationState, string>);

export const application = recordType<Application>()({
  name: "Application",
  plural: "applications",
  description:
    "The application of a city to be designated in one field. A city sees its own ones, the Secretariat sees all, and nobody else sees any.",
  authority: "city_id",
  may: BY_AUTHORITY,
  audience: { only: ["cityId"] },
  columns: {
    status: oneOf(applicationStatus, "How far it is.", { ordered: true, lifecycle: true }),
    statement: text("Why the city applies, in its own words.", { nullable: true }),
    submittedAt: dateTime("When the city handed it in; null for one that it has not.", {
      nullable: true,
      ordered: true,
      lifecycle: true,
    }),
    decidedAt: dateTime("When it was decided; null for one that is not.", {
      nullable: true,
      ordered: true,
      lifecycle: true,
    }),
  },
  references: {
    callId: { to: () => applicationCall, nullable: false, description: "The call that it answers." },
    cityId: { to: () => city, nullable: false, description: "The city that applies." },
    creativeFieldId: {
      to: () => creativeField,
      nullable: false,
      description: "The field in which the city wants to be designated.",
    },
    designationId: {
      to: () => designation,
      nullable: true,
      lifecycle: true,
      description: "The designation that came of it, where one did and is recorded here.",
    },
  },
  // As recorded: what is asked of a call or of a city is few.
  defaultOrder: [],
  roots: { many: "connection" },
  dataset: {
    file: "applications.csv",
    key: ["callId", "cityId"],
    columns: {
      callId: "call",
      cityId: "city_slug",
      creativeFieldId: "creative_field",
      status: "status",
      statement: "statement",
      submittedAt: "submitted_at",
      decidedAt: "decided_at",
    },
    sources: [{ header: "source" }],
  },
});

// An empty list would say to all others that nobody applied.
const SEE_APPLICATIONS = ["CITY", "SECRETARIAT"] as const;

export const applicationRelations: readonly Relation[] = [
  children({
    from: applicationCall,
    name: "applications",
    to: application,
    by: "callId",
    shownAs: "connection",
    shownTo: SEE_APPLICATIONS,
    description:
      "The applications that answer it: all of them for the Secretariat, a city's own for a city, and null for everybody else.",
  }),
  children({
    from: city,
    name: "applications",
    to: application,
    by: "cityId",
    shownAs: "connection",
    shownTo: SEE_APPLICATIONS,
    description:
      "Its applications to become a member, for itself and the Secretariat; null for callers without such a key.",
  }),
];
