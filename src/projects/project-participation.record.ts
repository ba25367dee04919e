// Who takes part in projects: cities, networks and organizations, each by a record of its own with a role and a state.
import { enumeration, oneOf, partialDate } from "../database/declare/column";
import type { Cells } from "../database/declare/dataset-file";
import { columnNamed, recordType, type RecordType } from "../database/declare/record-type";
import { children, joined, type Join, type Relation } from "../database/declare/relation";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { ProjectParticipation } from "../database/rows";
import { network } from "../networks/network.record";
import { organization, partner } from "../networks/organization.record";
import { city } from "../registry/city.record";
import { project } from "./project.record";
import type { ParticipationState } from "./project-participation.rules";

export const participationRole = enumeration("ParticipationRole", "What somebody is in a project.", {
  LEAD: "Leads it. A project has one lead at most.",
  PARTNER: "Takes part in it.",
});

export const participationStatus = enumeration(
  "ParticipationStatus",
  "How a part in a project stands. Only accepted parts count as collaboration.",
  {
    INVITED: "Asked, and has not answered.",
    ACCEPTED: "Takes part.",
    DECLINED: "Asked, and did not want to.",
    LEFT: "Took part, and left.",
  } satisfies Record<ParticipationState, string>,
);

export const projectParticipation = recordType<ProjectParticipation>()({
  name: "ProjectParticipation",
  plural: "projectParticipations",
  description: "The part of a city, a network or an organization in a project.",
  authority: "partner_id",
  may: BY_SECRETARIAT,
  columns: {
    role: oneOf(participationRole, "What it is in the project.", { ordered: true, lifecycle: true }),
    status: oneOf(participationStatus, "How its part stands.", { ordered: true, lifecycle: true }),
    since: partialDate("Since when it takes part, as far as it is known.", { nullable: true, ordered: true }),
    until: partialDate("The first day on which it no longer took part.", { nullable: true, ordered: true }),
  },
  references: {
    projectId: {
      to: () => project,
      nullable: false,
      goesAlong: true,
      description: "The project that it takes part in.",
    },
    partnerId: { to: () => city, anyOf: partner, nullable: false, description: "Who takes part." },
  },
  defaultOrder: ["since"],
  dated: { since: "since", until: "until" },
  roots: { many: "connection" },
  dataset: {
    file: "projects.csv",
    records: participants,
    key: ["projectId", "partnerId"],
    columns: {
      projectId: "slug",
      partnerId: "participant",
      role: "role",
      status: "status",
      since: "start_year",
    },
    sources: [{ header: "source" }],
  },
});

// A city that is named as taking part did: the file has no invitations.
function participants(cell: Cells): Record<string, string>[] {
  const lead = cell("lead_city_slug");
  const cities = new Set([lead, ...cell("participating_city_slugs").split(";")].map((slug) => slug.trim()));
  cities.delete("");
  return [...cities].map((slug) => ({
    participant: slug,
    role: slug === lead ? "LEAD" : "PARTNER",
    status: "ACCEPTED",
  }));
}

/** The rows between projects and partners; whenever they took part, unless a day is asked for. */
const parts: Omit<Join, "fromColumn" | "toColumn"> = {
  table: "project_participation",
  edge: {
    role: columnNamed(projectParticipation, "role"),
    status: columnNamed(projectParticipation, "status"),
    since: columnNamed(projectParticipation, "since"),
    until: columnNamed(projectParticipation, "until"),
  },
  dated: { since: "since", until: "until" },
  dayByDefault: "anyTime",
};

const partners: readonly { to: RecordType; name: string; words: string }[] = [
  { to: city, name: "cities", words: "The cities" },
  { to: network, name: "networks", words: "The networks" },
  { to: organization, name: "organizations", words: "The organizations" },
];

export const participationRelations: readonly Relation[] = [
  ...partners.flatMap(({ to, name, words }) => [
    joined({
      from: project,
      name,
      to,
      shownAs: "connection",
      description: `${words} that take part in it or were asked to, each with its part.`,
      join: { ...parts, fromColumn: "projectId", toColumn: "partnerId" },
    }),
    joined({
      from: to,
      name: "projects",
      to: project,
      shownAs: "connection",
      description: "The projects that it takes part in or was asked to, each with its part.",
      join: { ...parts, ...(to === city ? {} : { edge: {} }), fromColumn: "partnerId", toColumn: "projectId" },
    }),
  ]),
  children({
    from: project,
    name: "participations",
    to: projectParticipation,
    by: "projectId",
    shownAs: "connection",
    description: "Who takes part in it, of whatever type.",
  }),
];
