// What links partners to each other: for each kind the things that they share, as declarations. Everything about a kind stands
// here: which rows count and from when to when, as SQL, and which changes of records move them. docs/links.md is its manual.
import sql, { type Sql } from "sql-template-tag";
import { enumeration } from "../database/declare/column";
import type { RecordType } from "../database/declare/record-type";
import { expertMission } from "../knowledge/expert-mission.record";
import { expert } from "../knowledge/expert.record";
import { practice } from "../knowledge/practice.record";
import { networkAgreement } from "../networks/network-agreement.record";
import { networkMembership } from "../networks/network-membership.record";
import { network } from "../networks/network.record";
import { projectParticipation } from "../projects/project-participation.record";
import { project } from "../projects/project.record";
import { creativeField } from "../registry/creative-field.record";
import { designation } from "../registry/designation.record";
import { meeting } from "../registry/meeting.record";
import { ALWAYS_SINCE } from "./graph/memory/days";

/** A year as a partial date; null for one that no calendar of ours has. */
function yearAsDate(year: Sql): Sql {
  return sql`CASE WHEN ${year} BETWEEN 1 AND 9999 THEN lpad(${year}::text, 4, '0') END`;
}

const MEANINGS = {
  PROJECT: "Both have an accepted part in a project that is not cancelled.",
  NETWORK:
    "Both are members of a network, or one is a member of the other. The Creative Cities Network itself does not count: all its members share it.",
  AGREEMENT: "Both are networks that an agreement binds.",
  PRACTICE: "Both are cities of one accepted practice.",
  EXPERT_MISSION: "An expert of the one went to the other, or is to go.",
  MEETING: "Both hosted a meeting of the network together.",
} as const;

export const linkKind = enumeration("LinkKind", "What sort of thing two partners share.", MEANINGS);

export type LinkKindName = keyof typeof MEANINGS;

/** A change of records of a type that moves incidences. */
export interface Mover {
  of: RecordType;
  /** the fields in the log, by their names there, whose change matters; a new record and a deleted one always do */
  fields: readonly string[];
  /**
   * Which incidences move: all of the thing that the record itself is, those of one partner with one thing (the columns of
   * the record that name them), or all of the things whose column names the record.
   */
  moves: "itself" | { thing: string; partner: string } | { things: RecordType; by: string };
}

/** Who takes part in things of one type. */
export interface Affiliation {
  /** the type of what is shared */
  thing: RecordType;
  /** what a missing day means: today for what holds for a time, any time for what was done */
  dayByDefault: "today" | "anyTime";
  /**
   * thing_id and partner_id, and partial dates: since, until (the first day no longer) and last (the last day, where there is no
   * until). Null is unknown; a since of ALWAYS is before all days
   */
  incidences: Sql;
  /** thing_id and size of things that state how many share them */
  sizes?: Sql;
  movers: readonly Mover[];
}

export interface LinkKind extends Affiliation {
  name: LinkKindName;
}

export const LINK_KINDS: readonly LinkKind[] = [
  {
    name: "PROJECT",
    thing: project,
    dayByDefault: "anyTime",
    incidences: sql`
      SELECT part.project_id AS thing_id, part.partner_id,
        coalesce(part.since, shared.starts_on) AS since, part.until, shared.ends_on AS last
      FROM project_participation part JOIN project shared ON shared.id = part.project_id
      WHERE part.status = 'ACCEPTED' AND shared.status <> 'CANCELLED'`,
    movers: [
      { of: project, fields: ["status", "starts_on", "ends_on"], moves: "itself" },
      {
        of: projectParticipation,
        fields: ["project_id", "partner_id", "status", "since", "until"],
        moves: { thing: "project_id", partner: "partner_id" },
      },
    ],
  },
  {
    name: "NETWORK",
    thing: network,
    dayByDefault: "today",
    incidences: sql`
      SELECT member.network_id AS thing_id, member.city_id AS partner_id,
        member.since, member.until, NULL::text AS last
      FROM network_membership member JOIN network shared ON shared.id = member.network_id
      WHERE shared.kind <> 'HOME'
      UNION ALL
      SELECT shared.id, shared.id, ${ALWAYS_SINCE}::text, NULL, NULL FROM network shared WHERE shared.kind <> 'HOME'`,
    // With the network itself; the greatest number of members is still a number with it.
    sizes: sql`
      SELECT id AS thing_id, least(stated_member_count, 2147483646) + 1 AS size
      FROM network WHERE stated_member_count IS NOT NULL`,
    movers: [
      { of: network, fields: ["kind", "stated_member_count"], moves: "itself" },
      {
        of: networkMembership,
        fields: ["network_id", "city_id", "since", "until"],
        moves: { thing: "network_id", partner: "city_id" },
      },
    ],
  },
  {
    name: "AGREEMENT",
    thing: networkAgreement,
    dayByDefault: "today",
    incidences: sql`
      SELECT party.record_id AS thing_id, party.network_id AS partner_id, shared.since, shared.until, NULL::text AS last
      FROM network_agreement_party party JOIN network_agreement shared ON shared.id = party.record_id`,
    movers: [{ of: networkAgreement, fields: ["since", "until", "networks"], moves: "itself" }],
  },
  {
    name: "PRACTICE",
    thing: practice,
    dayByDefault: "anyTime",
    incidences: sql`
      SELECT part.record_id AS thing_id, part.city_id AS partner_id,
        ${yearAsDate(sql`shared.year`)} AS since, NULL::text AS until, NULL::text AS last
      FROM practice_city part JOIN practice shared ON shared.id = part.record_id
      WHERE shared.state = 'ACCEPTED'`,
    movers: [{ of: practice, fields: ["state", "year", "cities"], moves: "itself" }],
  },
  {
    name: "EXPERT_MISSION",
    thing: expertMission,
    dayByDefault: "anyTime",
    incidences: sql`
      SELECT shared.id AS thing_id, side.city_id AS partner_id,
        shared.starts_on AS since, NULL::text AS until, shared.ends_on AS last
      FROM expert_mission shared JOIN expert sent ON sent.id = shared.expert_id
      CROSS JOIN LATERAL (SELECT shared.host_city_id AS city_id UNION SELECT sent.city_id) side
      WHERE shared.state IN ('AGREED', 'COMPLETED') AND side.city_id IS NOT NULL`,
    movers: [
      { of: expertMission, fields: ["state", "starts_on", "ends_on", "expert_id", "host_city_id"], moves: "itself" },
      { of: expert, fields: ["city_id"], moves: { things: expertMission, by: "expert_id" } },
    ],
  },
  {
    name: "MEETING",
    thing: meeting,
    dayByDefault: "anyTime",
    incidences: sql`
      SELECT part.record_id AS thing_id, part.city_id AS partner_id,
        coalesce(shared.starts_on, ${yearAsDate(sql`shared.year`)}) AS since, NULL::text AS until,
        coalesce(shared.ends_on, shared.starts_on, ${yearAsDate(sql`shared.year`)}) AS last
      FROM meeting_host part JOIN meeting shared ON shared.id = part.record_id`,
    movers: [{ of: meeting, fields: ["starts_on", "ends_on", "year", "hosts"], moves: "itself" }],
  },
];

/** Which cities are designated in which field: it links nobody, but filters and suggestions ask for it. */
export const DESIGNATIONS: Affiliation = {
  thing: creativeField,
  dayByDefault: "today",
  incidences: sql`
    SELECT creative_field_id AS thing_id, city_id AS partner_id,
      designated_on AS since, ended_on AS until, NULL::text AS last
    FROM designation WHERE creative_field_id IS NOT NULL`,
  movers: [
    {
      of: designation,
      fields: ["creative_field_id", "city_id", "designated_on", "ended_on"],
      moves: { thing: "creative_field_id", partner: "city_id" },
    },
  ],
};

/** All that is kept in memory, each by its place in this list. */
export const AFFILIATIONS: readonly Affiliation[] = [...LINK_KINDS, DESIGNATIONS];
export const DESIGNATION_KIND = LINK_KINDS.length;

/** The place of a kind of link in the list: what the graph in memory knows it by. */
export function kindPlaceOf(name: LinkKindName): number {
  return LINK_KINDS.findIndex((kind) => kind.name === name);
}
