// Opportunities: open offers of cities, networks and organizations that look for partners.
import sql from "sql-template-tag";
import { date, enumeration, listOf, name, oneOf, slug, text } from "../database/declare/column";
import { recordType, type RecordType } from "../database/declare/record-type";
import { children, joined, type Relation } from "../database/declare/relation";
import { BY_AUTHORITY } from "../database/declare/rights";
import type { Opportunity } from "../database/rows";
import { network } from "../networks/network.record";
import { organization, partner } from "../networks/organization.record";
import { city } from "../registry/city.record";
import { creativeField } from "../registry/creative-field.record";
import { goal } from "../registry/goal.record";
import { areaOfAction } from "../registry/mission";
import type { OpportunityState } from "./opportunity.rules";

export const seekingKind = enumeration("SeekingKind", "What an opportunity is looking for.", {
  PARTNER_CITIES: "Cities that take part.",
  PARTNER_NETWORKS: "Networks that take part with their members.",
  PARTNER_ORGANIZATIONS: "Public bodies, companies, associations or universities that take part.",
  EXPERTISE: "Somebody who knows how it is done, to advise or to train.",
  ARTISTS_AND_CREATORS: "Artists, designers, writers and other creators.",
  HOSTS_FOR_RESIDENCIES: "Places that take in artists or professionals for a time.",
  FUNDING: "Money, or somebody who helps to raise it.",
  VENUES: "Rooms, stages and sites to show or to make something in.",
});

export const opportunityState = enumeration("OpportunityState", "What was last decided about an opportunity.", {
  DRAFT: "Being written. Only those who post it see it.",
  PUBLISHED: "Made public. Whether answers are taken depends on its dates besides; see OpportunityStatus.",
  MATCHED: "Found its partners: a project grew from it.",
  WITHDRAWN: "Taken back by those who posted it.",
} satisfies Record<OpportunityState, string>);

export const opportunityStatus = enumeration(
  "OpportunityStatus",
  "How an opportunity stands today, by its state and its dates together.",
  {
    DRAFT: "Being written. Only those who post it see it.",
    UPCOMING: "Public, and answers are not taken yet.",
    OPEN: "Public, and answers are taken.",
    CLOSED: "Public, and the last day for answers is past.",
    MATCHED: "Found its partners: a project grew from it.",
    WITHDRAWN: "Taken back by those who posted it.",
  },
);

export const opportunity = recordType<Opportunity>()({
  name: "Opportunity",
  plural: "opportunities",
  description:
    "An open offer of a city, a network or an organization that looks for partners: a call for residencies, a search for a city to share a festival with. Drafts are seen only by those who post them.",
  authority: "posted_by_id",
  may: BY_AUTHORITY,
  columns: {
    slug: slug("Its stable, URL-safe name.", { unique: true, ordered: true }),
    title: name("What it is called.", { ordered: true }),
    description: text("What is offered, and what is hoped for."),
    seeking: listOf(oneOf(seekingKind, "What it is looking for.")),
    areasOfAction: listOf(oneOf(areaOfAction, "The areas of action of the Mission Statement that it belongs to.")),
    opensOn: date("The first day on which answers are taken.", { ordered: true }),
    closesOn: date(
      "The last day on which answers are taken; null where they are taken until it is withdrawn or a project grows from it.",
      { nullable: true, ordered: true },
    ),
    state: oneOf(opportunityState, "What was last decided about it, whatever day it is. See also status.", {
      ordered: true,
      lifecycle: true,
    }),
  },
  derived: {
    status: {
      column: oneOf(opportunityStatus, "How it stands today: its state and its dates together.", { ordered: true }),
      lookUps: 0,
      from: (row, today) => sql`CASE
        WHEN ${row("state")} <> 'PUBLISHED' THEN ${row("state")}::text
        WHEN ${today} < ${row("opensOn")} THEN 'UPCOMING'
        WHEN ${today} > ${row("closesOn")} THEN 'CLOSED'
        ELSE 'OPEN' END::opportunity_status`,
    },
  },
  references: {
    postedById: { to: () => city, anyOf: partner, nullable: false, description: "Who offers it." },
  },
  audience: { only: ["postedById"], where: { column: "state", is: "DRAFT" } },
  defaultOrder: ["opensOn"],
  search: [{ column: "title", reason: "NAME" }],
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "opportunities.csv",
    key: ["slug"],
    columns: {
      slug: "slug",
      title: "title",
      description: "description",
      postedById: "posting_city_slug",
      seeking: "seeking",
      areasOfAction: "areas_of_action",
      opensOn: "opens_on",
      closesOn: "closes_on",
      state: "state",
    },
    links: [
      {
        header: "creative_fields",
        table: "opportunity_creative_field",
        column: "creativeFieldId",
        to: () => creativeField,
      },
      { header: "sdgs", table: "opportunity_goal", column: "goalId", to: () => goal },
    ],
    sources: [{ header: "source" }],
  },
});

const posters: readonly RecordType[] = [city, network, organization];

export const opportunityRelations: readonly Relation[] = [
  ...posters.map((from) =>
    children({
      from,
      name: "opportunities",
      to: opportunity,
      by: "postedById",
      shownAs: "connection",
      description: "The opportunities that it posted.",
    }),
  ),
  joined({
    from: opportunity,
    name: "creativeFields",
    to: creativeField,
    shownAs: "list",
    usually: 1,
    description: "The creative fields that it is about.",
    join: { table: "opportunity_creative_field", edge: {}, fromColumn: "recordId", toColumn: "creativeFieldId" },
  }),
  joined({
    from: creativeField,
    name: "opportunities",
    to: opportunity,
    shownAs: "connection",
    description: "The opportunities that are about it.",
    join: { table: "opportunity_creative_field", edge: {}, fromColumn: "creativeFieldId", toColumn: "recordId" },
  }),
  joined({
    from: opportunity,
    name: "goals",
    to: goal,
    shownAs: "list",
    usually: 2,
    description: "The Sustainable Development Goals that it is meant to serve.",
    join: { table: "opportunity_goal", edge: {}, fromColumn: "recordId", toColumn: "goalId" },
  }),
  joined({
    from: goal,
    name: "opportunities",
    to: opportunity,
    shownAs: "connection",
    description: "The opportunities that are meant to serve it.",
    join: { table: "opportunity_goal", edge: {}, fromColumn: "goalId", toColumn: "recordId" },
  }),
];
