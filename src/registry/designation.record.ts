// Designations: which city is a Creative City of which field, since when and until when. Membership of the network is
// read from them and stored nowhere else.
import { oneOf, partialDate } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { children, joined, type Relation } from "../database/declare/relation";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { Designation } from "../database/rows";
import { applicationCall } from "./application-call.record";
import { city } from "./city.record";
import { confidence, confidenceWord } from "./confidence";
import { creativeField } from "./creative-field.record";
import { designationRound } from "./designation-round.record";

export const designation = recordType<Designation>()({
  name: "Designation",
  plural: "designations",
  description:
    "The designation of a city as a UNESCO Creative City of one field. While one is in force, the city is a member of the network.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  columns: {
    designatedOn: partialDate("Since when it is in force; before 2014 only the year is known.", { ordered: true }),
    endedOn: partialDate("The first day on which it was no longer in force; null while it is.", {
      nullable: true,
      ordered: true,
    }),
    confidence: oneOf(confidence, "How well it is supported by its sources.", { nullable: true, ordered: true }),
  },
  references: {
    cityId: { to: () => city, nullable: false, description: "The city that is designated." },
    creativeFieldId: {
      to: () => creativeField,
      nullable: true,
      description: "The field in which it is designated; null where it is not known.",
    },
    roundId: { to: () => designationRound, nullable: true, description: "The round in which it was decided." },
    callId: {
      to: () => applicationCall,
      nullable: true,
      description: "The call that it came from, where that is recorded here.",
    },
  },
  defaultOrder: ["designatedOn"],
  dated: { since: "designatedOn", until: "endedOn" },
  roots: { many: "connection" },
  dataset: {
    file: "designations.csv",
    key: ["cityId", "creativeFieldId", "designatedOn"],
    columns: {
      cityId: "city_slug",
      creativeFieldId: "creative_field",
      roundId: "year",
      designatedOn: (cell) => cell("designated_on") || cell("year"),
      endedOn: "ended_on",
      confidence: confidenceWord,
    },
    sources: [{ header: "source" }],
  },
});

/** The rows between cities and fields. */
const throughDesignations = {
  table: "designation",
  edge: {},
  dated: { since: "designatedOn", until: "endedOn" },
};

export const designationRelations: readonly Relation[] = [
  children({
    from: city,
    name: "designations",
    to: designation,
    by: "cityId",
    shownAs: "list",
    usually: 1,
    description: "Its designations, the oldest first, ended ones included.",
  }),
  joined({
    from: city,
    name: "creativeFields",
    to: creativeField,
    shownAs: "list",
    usually: 1,
    description: "The fields in which it is a Creative City.",
    join: { ...throughDesignations, fromColumn: "cityId", toColumn: "creativeFieldId" },
  }),
  joined({
    from: creativeField,
    name: "cities",
    to: city,
    shownAs: "connection",
    description: "The cities that are designated in it.",
    join: { ...throughDesignations, fromColumn: "creativeFieldId", toColumn: "cityId" },
  }),
  children({
    from: designationRound,
    name: "designations",
    to: designation,
    by: "roundId",
    shownAs: "connection",
    description: "The designations that were decided in it.",
  }),
  children({
    from: applicationCall,
    name: "designations",
    to: designation,
    by: "callId",
    shownAs: "connection",
    description: "The designations that came from it, where that is recorded here.",
  }),
];
