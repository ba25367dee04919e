// The shapes that all record types share: Node, Record and what stands beside a record.
import { createUnionType, Field, Float, ID, InputType, InterfaceType, ObjectType, type ClassType } from "type-graphql";
import { DateScalar, UrlScalar } from "./scalars";

@InterfaceType("Node", {
  description: "Anything that has an id of its own and can be asked for with `node(id)`.",
  resolveType: (row: { __typename: string }) => row.__typename,
})
export abstract class NodeInterface {
  @Field(() => ID, { description: "Opaque, globally unique, stable for ever and never used again." })
  id!: string;
}

@ObjectType("Secretariat", {
  simpleResolvers: true,
  description: "The Secretariat of the UNESCO Creative Cities Network, which looks after the shared records.",
})
export class Secretariat {
  @Field(() => String, { description: "What it is called in full." })
  name!: string;
}

export const SECRETARIAT = { __typename: "Secretariat", name: "Secretariat of the UNESCO Creative Cities Network" };

@ObjectType("ExternalId", {
  simpleResolvers: true,
  description: "The same thing in another registry or in a partner's own system.",
})
export class ExternalId {
  @Field(() => String, {
    description: "Which registry: WIKIDATA, GEONAMES, UNLOCODE, or a network's slug for that network's own keys.",
  })
  scheme!: string;

  @Field(() => String, { description: "The key in that registry." })
  value!: string;

  @Field(() => UrlScalar, { nullable: true, description: "Where that registry shows it." })
  url!: string | null;
}

@InputType("ExternalIdInput", { description: "A key in another registry." })
export class ExternalIdInput {
  @Field(() => String, { description: "Which registry: WIKIDATA, GEONAMES, UNLOCODE, or a network's slug." })
  scheme!: string;

  @Field(() => String, { description: "The key in that registry." })
  value!: string;
}

@ObjectType("Source", { simpleResolvers: true, description: "Where facts of a record come from." })
export class Source {
  @Field(() => String, { description: "What the source is called: a page, a release, a list." })
  title!: string;

  @Field(() => UrlScalar, { nullable: true, description: "Where it can be read." })
  url!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it was read." })
  retrievedAt!: string | null;

  @Field(() => String, { nullable: true, description: "The licence that its content comes under." })
  license!: string | null;
}

@ObjectType("LocalizedName", {
  simpleResolvers: true,
  description: "A name in a language, a former name or another spelling.",
})
export class LocalizedName {
  @Field(() => String, {
    nullable: true,
    description: "The language as a BCP 47 tag, such as fr; null for a spelling of no certain language.",
  })
  language!: string | null;

  @Field(() => String, { description: "The name as it is written." })
  name!: string;
}

@ObjectType("GeoPoint", { simpleResolvers: true, description: "A point on earth." })
export class GeoPoint {
  @Field(() => Float, { description: "Degrees north, WGS 84." })
  latitude!: number;

  @Field(() => Float, { description: "Degrees east, WGS 84." })
  longitude!: number;
}

@ObjectType("PageInfo", {
  simpleResolvers: true,
  description: "Where a page stands in its list (Relay cursor connections).",
})
export class PageInfo {
  @Field(() => Boolean, { description: "Whether rows follow this page." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether rows stand before this page." })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "The cursor of the page's first row; null where the page is empty.",
  })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The cursor of the page's last row: pass it as `after` for the next page.",
  })
  endCursor!: string | null;
}

/** Registries whose records have an address that follows from the key. */
const REGISTRY_URLS: Readonly<Record<string, string>> = {
  WIKIDATA: "https://www.wikidata.org/wiki/",
  GEONAMES: "https://www.geonames.org/",
};

export function externalIdUrl(scheme: string, value: string): string | null {
  const base = REGISTRY_URLS[scheme];
  return base === undefined ? null : `${base}${encodeURIComponent(value)}`;
}

/** A union whose members say which one they are. */
export function recordUnion(name: string, description: string, members: () => readonly ClassType[]): object {
  return createUnionType({
    name,
    description,
    types: () => members() as unknown as readonly [ClassType],
    resolveType: (value) => (value as { __typename: string }).__typename,
  });
}
