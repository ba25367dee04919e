// Practices: what a city does well and others can learn from.
import { enumeration, integer, listOf, name, oneOf, slug, text, url } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { children, joined, type Relation } from "../database/declare/relation";
import { AUTHORITY, SECRETARIAT } from "../database/declare/rights";
import type { Practice } from "../database/rows";
import { city } from "../registry/city.record";
import { goal } from "../registry/goal.record";
import { areaOfAction } from "../registry/mission";
import { practiceCollection } from "./practice-collection.record";
import type { PracticeState } from "./practice.rules";

export const practiceState = enumeration("PracticeState", "How a practice stands with the collection that it is for.", {
  SUBMITTED: "A city has submitted it, and it is not decided about. Only the city and the Secretariat see it.",
  ACCEPTED: "It is in the collection, for everybody to see.",
  DECLINED:
    "It was not taken into the collection; the city may submit it again. Only the city and the Secretariat see it.",
} satisfies Record<PracticeState, string>);

export const practice = recordType<Practice>()({
  name: "Practice",
  plural: "practices",
  description:
    "A practice or case study of one or more cities that others can learn from, in a collection. Until it is accepted, only the city that submitted it and the Secretariat see it.",
  authority: "submitted_by_id",
  may: { create: AUTHORITY, update: AUTHORITY, delete: SECRETARIAT },
  audience: { only: ["submittedById"], where: { column: "state", isNot: "ACCEPTED" } },
  columns: {
    slug: slug("Its stable, URL-safe name.", { unique: true, ordered: true }),
    title: name("What it is called.", { ordered: true }),
    summary: text("What is done, for whom, and what came of it.", { nullable: true }),
    areasOfAction: listOf(oneOf(areaOfAction, "The areas of action of the Mission Statement that it belongs to.")),
    year: integer("The year that it is of.", { nullable: true, ordered: true }),
    url: url("Where it is described.", { nullable: true }),
    state: oneOf(practiceState, "How it stands with the collection.", { ordered: true, lifecycle: true }),
  },
  references: {
    collectionId: {
      to: () => practiceCollection,
      nullable: false,
      description: "The collection that it is in or for.",
    },
    submittedById: {
      to: () => city,
      nullable: true,
      description: "The city that submitted it; null for one that the Secretariat put there itself.",
    },
  },
  defaultOrder: ["title"],
  search: [{ column: "title", reason: "NAME" }],
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "practices.csv",
    key: ["slug"],
    columns: {
      slug: "slug",
      title: "title",
      summary: "summary",
      collectionId: "collection_slug",
      areasOfAction: "areas_of_action",
      year: "year",
      url: "url",
      state: (cell) => cell("state") || "ACCEPTED",
      submittedById: "submitting_city_slug",
    },
    check: (cell) =>
      ["", "ACCEPTED"].includes(cell("state")) || cell("submitting_city_slug") !== ""
        ? undefined
        : { header: "submitting_city_slug", problem: "must not be empty for a practice that is not accepted" },
    links: [
      { header: "city_slugs", table: "practice_city", column: "cityId", to: () => city },
      { header: "sdgs", table: "practice_goal", column: "goalId", to: () => goal },
    ],
    sources: [{ header: "source" }],
  },
});

export const practiceRelations: readonly Relation[] = [
  children({
    from: practiceCollection,
    name: "practices",
    to: practice,
    by: "collectionId",
    shownAs: "connection",
    description: "The practices in it that are recorded here, and those submitted to it that the caller may see.",
  }),
  joined({
    from: practice,
    name: "cities",
    to: city,
    shownAs: "list",
    usually: 1,
    description: "The cities that it comes from.",
    join: { table: "practice_city", edge: {}, fromColumn: "recordId", toColumn: "cityId" },
  }),
  joined({
    from: city,
    name: "practices",
    to: practice,
    shownAs: "connection",
    description: "Its practices that are recorded here.",
    join: { table: "practice_city", edge: {}, fromColumn: "cityId", toColumn: "recordId" },
  }),
  joined({
    from: practice,
    name: "goals",
    to: goal,
    shownAs: "list",
    usually: 2,
    description: "The Sustainable Development Goals that it works for.",
    join: { table: "practice_goal", edge: {}, fromColumn: "recordId", toColumn: "goalId" },
  }),
  joined({
    from: goal,
    name: "practices",
    to: practice,
    shownAs: "connection",
    description: "The practices that work for it.",
    join: { table: "practice_goal", edge: {}, fromColumn: "goalId", toColumn: "recordId" },
  }),
];
