// Missions on which experts go to cities that ask for them.
import sql from "sql-template-tag";
import { enumeration, name, oneOf, partialDate } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { children, type Relation } from "../database/declare/relation";
import { BY_AUTHORITY } from "../database/declare/rights";
import type { ExpertMission } from "../database/rows";
import { city } from "../registry/city.record";
import type { MissionState } from "./expert-mission.rules";
import { expert } from "./expert.record";

export const missionState = enumeration("MissionState", "How far a mission of an expert is.", {
  REQUESTED: "The city has asked for it, and it is not decided about.",
  AGREED: "It was agreed to, and is to take place or is taking place.",
  COMPLETED: "It has taken place.",
  DECLINED: "It was not agreed to.",
  CANCELLED: "It was given up before it was completed.",
} satisfies Record<MissionState, string>);

export const missionPriority = enumeration("MissionPriority", "Which missions come before others.", {
  GLOBAL_SOUTH:
    "The host city's country is of the Global South (see Country.globalSouth). Building the capacities of such cities is a mission of the network by its own statement, so these come first.",
  OTHER: "The host city's country is not of the Global South.",
});

export const expertMission = recordType<ExpertMission>()({
  name: "ExpertMission",
  plural: "expertMissions",
  description: "A visit of an expert to a city, to advise it or to train its people.",
  authority: "host_city_id",
  may: BY_AUTHORITY,
  columns: {
    topic: name("What it was about.", { ordered: true }),
    startsOn: partialDate("When it began or is to begin, as far as it is known.", { nullable: true, ordered: true }),
    endsOn: partialDate("When it ended or is to end, as far as it is known.", { nullable: true, ordered: true }),
    state: oneOf(missionState, "How far it is.", { ordered: true, lifecycle: true }),
  },
  derived: {
    priority: {
      column: oneOf(
        missionPriority,
        "Whether it comes before others, by the country of the host city: ordered by it, missions to the Global South come first.",
        { ordered: true },
      ),
      lookUps: 2,
      from: (row) => sql`(
        SELECT CASE WHEN country.global_south THEN 'GLOBAL_SOUTH' ELSE 'OTHER' END::mission_priority
        FROM city host JOIN country ON country.id = host.country_id
        WHERE host.id = ${row("hostCityId")})`,
    },
  },
  references: {
    expertId: { to: () => expert, nullable: false, description: "The expert who went or is to go." },
    hostCityId: {
      to: () => city,
      nullable: false,
      description: "The city that asked for the expert, and that they go to.",
    },
  },
  parties: {
    LENDER: {
      inWords: "the city that lends the expert",
      ids: (row) => sql`SELECT city_id FROM expert WHERE id = ${row("expertId")}`,
    },
  },
  defaultOrder: ["startsOn"],
  search: [{ column: "topic", reason: "NAME" }],
  roots: { many: "connection" },
  dataset: {
    file: "expert-missions.csv",
    key: ["expertId", "hostCityId", "topic", "startsOn"],
    columns: {
      expertId: "expert_slug",
      hostCityId: "host_city_slug",
      topic: "topic",
      startsOn: "starts_on",
      endsOn: "ends_on",
      state: "state",
    },
    sources: [{ header: "source" }],
  },
});

export const missionRelations: readonly Relation[] = [
  children({
    from: expert,
    name: "missions",
    to: expertMission,
    by: "expertId",
    shownAs: "list",
    usually: 2,
    description: "The missions on which they went or are asked to go.",
  }),
  children({
    from: city,
    name: "expertMissions",
    to: expertMission,
    by: "hostCityId",
    shownAs: "connection",
    description: "The missions of experts that it hosted or asked for.",
  }),
];
