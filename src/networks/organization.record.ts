// Partners that are neither cities nor networks: public bodies, companies, associations, universities.
import { enumeration, name, oneOf, slug, url } from "../database/declare/column";
import { recordType, type RecordUnion } from "../database/declare/record-type";
import { children, type Relation } from "../database/declare/relation";
import { UPDATED_BY_AUTHORITY } from "../database/declare/rights";
import type { Organization } from "../database/rows";
import { city } from "../registry/city.record";
import { network } from "./network.record";

export const sector = enumeration("Sector", "The part of society that an organization belongs to.", {
  PUBLIC: "Public bodies.",
  PRIVATE: "Companies and other private enterprises.",
  CIVIL_SOCIETY: "Associations, foundations and other civil society.",
  ACADEMIA: "Universities and research.",
});

export const organization = recordType<Organization>()({
  name: "Organization",
  plural: "organizations",
  description: "A public, private or civil-society partner, or one of academia, that works with cities in projects.",
  authority: "self",
  may: UPDATED_BY_AUTHORITY,
  columns: {
    slug: slug("Its stable, URL-safe name.", { unique: true, ordered: true }),
    name: name("What it is called.", { ordered: true, official: true }),
    sector: oneOf(sector, "The part of society that it belongs to.", { ordered: true, official: true }),
    website: url("Its own site.", { nullable: true }),
  },
  references: {
    cityId: { to: () => city, nullable: true, official: true, description: "The city in which it has its seat." },
  },
  defaultOrder: ["name"],
  search: [{ column: "name", reason: "NAME" }],
  mergeable: true,
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "organizations.csv",
    key: ["slug"],
    columns: { slug: "slug", name: "name", sector: "sector", cityId: "city_slug", website: "website" },
    sources: [{ header: "source" }],
  },
});

export const organizationRelations: readonly Relation[] = [
  children({
    from: city,
    name: "organizations",
    to: organization,
    by: "cityId",
    shownAs: "connection",
    description: "The partner organizations that have their seat in it.",
  }),
];

export const partner: RecordUnion = {
  name: "Partner",
  description: "Whoever takes part in something and can be linked to others: a city, a network or an organization.",
  members: () => [city, network, organization],
};
