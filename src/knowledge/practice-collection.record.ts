// Collections of practices: the Best Practice Exhibition, LAB.2030, the Global Report and others.
import { integer, name, slug, text } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { children, type Relation } from "../database/declare/relation";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { PracticeCollection } from "../database/rows";
import { meeting } from "../registry/meeting.record";

export const practiceCollection = recordType<PracticeCollection>()({
  name: "PracticeCollection",
  plural: "practiceCollections",
  description:
    "A collection of practices or case studies of cities, such as the Best Practice Exhibition of 2016 or LAB.2030.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  columns: {
    slug: slug("Its stable, URL-safe name, such as lab-2030.", { unique: true, ordered: true }),
    title: name("What it is called.", { ordered: true }),
    year: integer("The year in which it was opened or published.", { nullable: true, ordered: true }),
    statedPracticeCount: integer("How many practices it says that it has; the records here may be fewer.", {
      nullable: true,
      ordered: true,
    }),
    statedCityCount: integer("How many cities it says that they come from.", { nullable: true, ordered: true }),
    publisher: text("Who publishes it.", { nullable: true }),
    note: text("What is particular about it or about the facts recorded here.", { nullable: true }),
  },
  references: {
    publishedAtId: {
      to: () => meeting,
      nullable: true,
      description: "The meeting of the network at which it was opened.",
    },
  },
  defaultOrder: ["title"],
  search: [{ column: "title", reason: "NAME" }],
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "practice-collections.csv",
    key: ["slug"],
    columns: {
      slug: "slug",
      title: "title",
      year: "year",
      publishedAtId: "launched_at_meeting",
      statedPracticeCount: "stated_practices",
      statedCityCount: "stated_cities",
      publisher: "publisher",
      note: "note",
    },
    sources: [{ header: "source" }],
  },
});

export const collectionRelations: readonly Relation[] = [
  children({
    from: meeting,
    name: "collectionsLaunched",
    to: practiceCollection,
    by: "publishedAtId",
    shownAs: "list",
    usually: 1,
    description: "The collections of practices that were opened at it.",
  }),
];
