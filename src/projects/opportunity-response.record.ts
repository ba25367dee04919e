// Responses to opportunities, which only the two sides see.
import sql from "sql-template-tag";
import { dateTime, enumeration, oneOf, text } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { children, type Relation } from "../database/declare/relation";
import { AUTHORITY, SECRETARIAT } from "../database/declare/rights";
import type { OpportunityResponse } from "../database/rows";
import { partner } from "../networks/organization.record";
import { city } from "../registry/city.record";
import { opportunity } from "./opportunity.record";
import type { ResponseState } from "./opportunity-response.rules";

export const responseState = enumeration("ResponseState", "How a response to an opportunity stands.", {
  OPEN: "Given, and not decided about.",
  ACCEPTED: "Accepted by those who posted the opportunity.",
  DECLINED: "Declined by those who posted the opportunity.",
  WITHDRAWN: "Taken back by those who gave it.",
} satisfies Record<ResponseState, string>);

export const opportunityResponse = recordType<OpportunityResponse>()({
  name: "OpportunityResponse",
  plural: "opportunityResponses",
  description:
    "The answer of a city, a network or an organization to an opportunity. Only those who gave it and those who posted the opportunity see it.",
  authority: "responder_id",
  may: { create: AUTHORITY, update: AUTHORITY, delete: SECRETARIAT },
  columns: {
    message: text("What those who answer have to say."),
    state: oneOf(responseState, "How it stands.", { ordered: true, lifecycle: true }),
    respondedAt: dateTime("When it was given.", { ordered: true, lifecycle: true }),
  },
  references: {
    opportunityId: {
      to: () => opportunity,
      nullable: false,
      goesAlong: true,
      description: "The opportunity that it answers.",
    },
    responderId: { to: () => city, anyOf: partner, nullable: false, description: "Who answers." },
    // A copy of the opportunity's own, so that this row alone says who may see it.
    postedById: {
      to: () => city,
      anyOf: partner,
      nullable: false,
      description: "Who posted the opportunity.",
    },
  },
  audience: { only: ["responderId", "postedById"] },
  copied: { postedById: { of: "opportunityId", column: "postedById" } },
  parties: {
    POSTER: { inWords: "the one that posted the opportunity", ids: (row) => sql`SELECT ${row("postedById")}` },
  },
  defaultOrder: ["respondedAt"],
  roots: { many: "connection" },
  dataset: {
    file: "opportunity-responses.csv",
    key: ["opportunityId", "responderId"],
    columns: {
      opportunityId: "opportunity_slug",
      responderId: "responding_city_slug",
      postedById: "posting_city_slug",
      message: "message",
      state: "state",
      respondedAt: "responded_at",
    },
    check: (cell, lookUp) => {
      const poster = lookUp("opportunities.csv", cell("opportunity_slug"), "posting_city_slug");
      if (poster === undefined || poster === cell("posting_city_slug")) return undefined;
      return {
        header: "posting_city_slug",
        problem: `${cell("opportunity_slug")} was posted by ${poster}, not by ${cell("posting_city_slug")}`,
      };
    },
    sources: [{ header: "source" }],
  },
});

export const responseRelations: readonly Relation[] = [
  children({
    from: opportunity,
    name: "responses",
    to: opportunityResponse,
    by: "opportunityId",
    shownAs: "connection",
    description:
      "The answers to it that the caller may see: all of them for those who posted it, their own for those who answered.",
  }),
];
