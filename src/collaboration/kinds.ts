// Where the affiliations of each kind come from, as declarations: which rows count and from when to when, as SQL, and which changes of
// records move them. docs/links.md is its manual.
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
import { AFFILIATION_KINDS, type AffiliationKindName, type LinkKindName } from "./graph/affiliation-kinds";
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
} satisfies Record<LinkKindName, string>;

export const linkKind = enumeration("LinkKind", "What sort of thing two partners share.", MEANINGS);

/** A change of records of a type that moves affiliations. */
export interface Mover {
  of: RecordType;
  /** the fields in the log, by their names there, whose change matters; a new record and a deleted one always do */
  fields: readonly string[];
  /**
   * Which affiliations move: all with the record itself, those of one partner with one record (the columns of the changed record that name
   * them), or all with the records whose column names the changed one.
   */
  moves: "itself" | { record: string; partner: string } | { records: RecordType; by: string };
}

/** Who shares records of one type. */
export interface AffiliationSource {
  /** the type of what is shared */
  record: RecordType;
  /**
   * record_id and partner_id, and partial dates: since, until (the first day no longer) and last (the last day, where there is no
   * until). Null is unknown; a since of ALWAYS_SINCE is before all days
   */
  affiliations: Sql;
  /** record_id and size of records that state how many share them */
  sizes?: Sql;
  movers: readonly Mover[];
}

const SOURCES: Readonly<Record<AffiliationKindName, AffiliationSource>> = {
  PROJECT: {
    record: project,
    affiliations: sql`
      SELECT part.project_id AS record_id, part.partner_id,
        coalesce(part.since, shared.starts_on) AS since, part.until, shared.ends_on AS last
      FROM project_participation part JOIN project shared ON shared.id = part.project_id
      WHERE part.status = 'ACCEPTED' AND shared.status <> 'CANCELLED'`,
    movers: [
      { of: project, fields: ["status", "starts_on", "ends_on"], moves: "itself" },
      {
        of: projectParticipation,
        fields: ["project_id", "partner_id", "status", "since", "until"],
        moves: { record: "project_id", partner: "partner_id" },
      },
    ],
  },
  NETWORK: {
    record: network,
    affiliations: sql`
      SELECT member.network_id AS record_id, member.city_id AS partner_id,
        member.since, member.until, NULL::text AS last
      FROM network_membership member JOIN network shared ON shared.id = member.network_id
      WHERE shared.kind <> 'HOME'
      UNION ALL
      SELECT shared.id, shared.id, ${ALWAYS_SINCE}::text, NULL, NULL FROM network shared WHERE shared.kind <> 'HOME'`,
    // With the network itself; the greatest number of members is still a number with it.
    sizes: sql`
      SELECT id AS record_id, least(stated_member_count, 2147483646) + 1 AS size
      FROM network WHERE stated_member_count IS NOT NULL`,
    movers: [
      { of: network, fields: ["kind", "stated_member_count"], moves: "itself" },
      {
        of: networkMembership,
        fields: ["network_id", "city_id", "since", "until"],
        moves: { record: "network_id", partner: "city_id" },
      },
    ],
  },
  AGREEMENT: {
    record: networkAgreement,
    affiliations: sql`
      SELECT party.record_id, party.network_id AS partner_id, shared.since, shared.until, NULL::text AS last
      FROM network_agreement_party party JOIN network_agreement shared ON shared.id = party.record_id`,
    movers: [{ of: networkAgreement, fields: ["since", "until", "networks"], moves: "itself" }],
  },
  PRACTICE: {
    record: practice,
    affiliations: sql`
      SELECT part.record_id, part.city_id AS partner_id,
        ${yearAsDate(sql`shared.year`)} AS since, NULL::text AS until, NULL::text AS last
      FROM practice_city part JOIN practice shared ON shared.id = part.record_id
      WHERE shared.state = 'ACCEPTED'`,
    movers: [{ of: practice, fields: ["state", "year", "cities"], moves: "itself" }],
  },
  EXPERT_MISSION: {
    record: expertMission,
    affiliations: sql`
      SELECT shared.id AS record_id, side.city_id AS partner_id,
        shared.starts_on AS since, NULL::text AS until, shared.ends_on AS last
      FROM expert_mission shared JOIN expert sent ON sent.id = shared.expert_id
      CROSS JOIN LATERAL (SELECT shared.host_city_id AS city_id UNION SELECT sent.city_id) side
      WHERE shared.state IN ('AGREED', 'COMPLETED') AND side.city_id IS NOT NULL`,
    movers: [
      { of: expertMission, fields: ["state", "starts_on", "ends_on", "expert_id", "host_city_id"], moves: "itself" },
      { of: expert, fields: ["city_id"], moves: { records: expertMission, by: "expert_id" } },
    ],
  },
  MEETING: {
    record: meeting,
    affiliations: sql`
      SELECT part.record_id, part.city_id AS partner_id,
        coalesce(shared.starts_on, ${yearAsDate(sql`shared.year`)}) AS since, NULL::text AS until,
        coalesce(shared.ends_on, shared.starts_on, ${yearAsDate(sql`shared.year`)}) AS last
      FROM meeting_host part JOIN meeting shared ON shared.id = part.record_id`,
    movers: [{ of: meeting, fields: ["starts_on", "ends_on", "year", "hosts"], moves: "itself" }],
  },
  DESIGNATION: {
    record: creativeField,
    affiliations: sql`
      SELECT creative_field_id AS record_id, city_id AS partner_id,
        designated_on AS since, ended_on AS until, NULL::text AS last
      FROM designation WHERE creative_field_id IS NOT NULL`,
    movers: [
      {
        of: designation,
        fields: ["creative_field_id", "city_id", "designated_on", "ended_on"],
        moves: { record: "creative_field_id", partner: "city_id" },
      },
    ],
  },
};

/** All that is kept in memory, each in the place of its kind. */
export const AFFILIATION_SOURCES: readonly AffiliationSource[] = AFFILIATION_KINDS.map(({ name }) => SOURCES[name]);
