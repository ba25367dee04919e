// Missions on which experts go to cities.
import { name, partialDate } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { children, type Relation } from "../database/declare/relation";
import type { ExpertMission } from "../database/rows";
import { city } from "../registry/city.record";
import { expert } from "./expert.record";

export const expertMission = recordType<ExpertMission>()({
  name: "ExpertMission",
  plural: "expertMissions",
  description: "A visit of an expert to a city, to advise it or to train its people.",
  authority: "secretariat",
  columns: {
    topic: name("What it was about.", { ordered: true }),
    startsOn: partialDate("When it began or is to begin, as far as it is known.", { nullable: true, ordered: true }),
    endsOn: partialDate("When it ended or is to end, as far as it is known.", { nullable: true, ordered: true }),
  },
  references: {
    expertId: { to: () => expert, nullable: false, description: "The expert who went." },
    hostCityId: { to: () => city, nullable: false, description: "The city that the expert went to." },
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
    description: "The missions on which they went or are to go.",
  }),
  children({
    from: city,
    name: "expertMissions",
    to: expertMission,
    by: "hostCityId",
    shownAs: "connection",
    description: "The missions of experts that it hosted or is to host.",
  }),
];
