// What cities, networks and organizations gave to publications.
import { enumeration, oneOf, text } from "../database/declare/column";
import { recordType, type RecordType } from "../database/declare/record-type";
import { children, joined, type Relation } from "../database/declare/relation";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { PublicationContribution } from "../database/rows";
import { network } from "../networks/network.record";
import { organization, partner } from "../networks/organization.record";
import { city } from "../registry/city.record";
import { publication } from "./publication.record";

export const contributionKind = enumeration("ContributionKind", "What somebody gave to a publication.", {
  AUTHOR: "Wrote it, or a part of it.",
  EDITOR: "Edited it.",
  CASE_STUDY: "Is the subject of a case study in it, or supplied one.",
  FUNDING: "Paid for it, or for a part of it.",
  TRANSLATION: "Translated it.",
});

export const publicationContribution = recordType<PublicationContribution>()({
  name: "PublicationContribution",
  plural: "publicationContributions",
  description:
    "What a city, a network or an organization gave to a publication. Whoever gave several things has a record for each kind.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  columns: {
    kind: oneOf(contributionKind, "What it gave.", { ordered: true }),
    title: text("What its part is called, such as the title of its case study.", { nullable: true }),
  },
  references: {
    publicationId: {
      to: () => publication,
      nullable: false,
      goesAlong: true,
      description: "The publication that it gave to.",
    },
    contributorId: { to: () => city, anyOf: partner, nullable: false, description: "Who it was that gave it." },
  },
  defaultOrder: ["kind"],
  roots: { many: "connection" },
  dataset: {
    file: "publication-contributions.csv",
    key: ["publicationId", "contributorId", "kind"],
    columns: {
      publicationId: "publication_slug",
      contributorId: "contributing_city_slug",
      kind: "kind",
      title: "title",
    },
    sources: [{ header: "source" }],
  },
});

const contributors: readonly RecordType[] = [city, network, organization];

export const publicationRelations: readonly Relation[] = [
  children({
    from: publication,
    name: "contributions",
    to: publicationContribution,
    by: "publicationId",
    shownAs: "connection",
    description: "Who gave what to it.",
  }),
  ...contributors.map((from) =>
    joined({
      from,
      name: "publications",
      to: publication,
      shownAs: "connection",
      description: "The publications that it gave something to.",
      join: {
        table: "publication_contributor",
        isView: true,
        edge: {},
        fromColumn: "contributorId",
        toColumn: "publicationId",
      },
    }),
  ),
];
