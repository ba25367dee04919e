// Publications of the network and about it.
import { enumeration, integer, name, oneOf, slug, url } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { Publication } from "../database/rows";

export const publicationKind = enumeration("PublicationKind", "What sort of publication it is.", {
  REPORT: "A report on what was done or on how things stand.",
  STUDY: "A study or other piece of research.",
  CASE_STUDY_COLLECTION: "A collection of case studies of cities.",
  GUIDE: "A guide or handbook: how something is done.",
  BOOK: "A book that is none of the others.",
  BROCHURE: "A brochure or booklet that presents the network or its cities.",
  WEBSITE: "A website, or a part of one.",
});

export const publication = recordType<Publication>()({
  name: "Publication",
  plural: "publications",
  description: "Something published by the network, by its cities and their partners, or about them.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  columns: {
    slug: slug("Its stable, URL-safe name.", { unique: true, ordered: true }),
    title: name("What it is called.", { ordered: true }),
    year: integer("The year in which it came out.", { nullable: true, ordered: true }),
    url: url("Where it can be read.", { nullable: true }),
    kind: oneOf(publicationKind, "What sort of publication it is.", { ordered: true }),
  },
  references: {},
  defaultOrder: ["title"],
  search: [{ column: "title", reason: "NAME" }],
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "publications.csv",
    key: ["slug"],
    columns: { slug: "slug", title: "title", year: "year", url: "url", kind: "kind" },
    sources: [{ header: "source" }],
  },
});
