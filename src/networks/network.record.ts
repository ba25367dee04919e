// Networks that link cities: the home network, and the partner networks around it.
import { boolean, enumeration, integer, name, oneOf, slug, text, url } from "../database/declare/column";
import { recordType, type RecordType } from "../database/declare/record-type";
import { children, type Relation } from "../database/declare/relation";
import { UPDATED_BY_AUTHORITY } from "../database/declare/rights";
import type { Network } from "../database/rows";
import { confidence, confidenceWord, noteWithDoubts } from "../registry/confidence";

export const networkKind = enumeration("NetworkKind", "What sort of network it is.", {
  HOME: "The UNESCO Creative Cities Network itself. There is one; its members are read from designations.",
  CITY_NETWORK: "A network whose members are cities.",
  COALITION: "A coalition or pact that cities join for a cause.",
  CENTRE: "A centre that works with cities and has no member cities.",
  UMBRELLA: "A platform whose members are networks.",
});

const YES_OR_NO = new Map([
  ["yes", "true"],
  ["no", "false"],
]);

/** The home network's slug in the dataset, whose file calls it a city network like the others. */
const HOME_SLUG = "uccn";

export const network: RecordType<Network> = recordType<Network>()({
  name: "Network",
  plural: "networks",
  description:
    "A network that links cities, such as the Global Network of Learning Cities; the Creative Cities Network is the one of kind HOME.",
  authority: "self",
  may: UPDATED_BY_AUTHORITY,
  columns: {
    slug: slug("Its stable, URL-safe name, such as gnlc.", { unique: true, ordered: true }),
    name: name("What it is called.", { ordered: true, official: true }),
    acronym: text("The acronym that it goes by.", { nullable: true, official: true }),
    kind: oneOf(networkKind, "What sort of network it is.", { ordered: true, official: true }),
    description: text("What it is for.", { nullable: true }),
    foundedIn: integer("The year of its founding.", { nullable: true, ordered: true }),
    website: url("Its own site.", { nullable: true }),
    statedMemberCount: integer("How many members it says that it has; the records here may be fewer.", {
      nullable: true,
      ordered: true,
    }),
    statedIn: integer("The year in which it said so.", { nullable: true, ordered: true }),
    membersComplete: boolean(
      "Whether all its members are recorded here. Where not, absence from its list means nothing.",
      { official: true },
    ),
    namedInMission: boolean("Whether the mission of the Creative Cities Network names it as a partner.", {
      official: true,
    }),
    confidence: oneOf(confidence, "How well the facts about it are supported by their sources.", {
      nullable: true,
      ordered: true,
      official: true,
    }),
    note: text("What is particular about it or about the facts recorded here.", { nullable: true, official: true }),
  },
  references: {
    parentId: {
      to: (): RecordType => network,
      nullable: true,
      official: true,
      description: "The network that it is a part of.",
    },
  },
  defaultOrder: ["name"],
  search: [
    { column: "name", reason: "NAME" },
    { column: "acronym", reason: "ACRONYM" },
  ],
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "networks.csv",
    key: ["slug"],
    columns: {
      slug: "slug",
      name: "name",
      acronym: "acronym",
      kind: (cell) => (cell("slug") === HOME_SLUG ? "HOME" : cell("kind")),
      parentId: "parent_slug",
      foundedIn: "founded_in",
      website: "website",
      statedMemberCount: "stated_members",
      statedIn: "stated_in",
      namedInMission: (cell) => YES_OR_NO.get(cell("named_in_mission")) ?? cell("named_in_mission"),
      confidence: confidenceWord,
      note: noteWithDoubts,
    },
    sources: [{ header: "source" }],
  },
});

export const networkParts: Relation = children({
  from: network,
  name: "parts",
  to: network,
  by: "parentId",
  shownAs: "connection",
  description: "The networks that are a part of it.",
});
