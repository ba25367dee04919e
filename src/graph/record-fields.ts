// The fields that every record has, but for its authority (record-objects.ts) and its history (history-field.ts).
import { Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import type { RecordRow } from "../database/read/row";
import { encodeId } from "../kernel/ids";
import type { RequestContext } from "./context";
import { Cost } from "./prices/field-cost";
import { loadedPrice } from "./prices/list-price";
import { RecordInterface } from "./record-objects";
import { DateTimeScalar, RevisionScalar } from "./scalars";
import { ExternalId, externalIdUrl, Source } from "./shared-types";

@Resolver(() => RecordInterface)
export class RecordFields {
  @FieldResolver(() => ID, { description: "Opaque, globally unique, stable for ever and never used again." })
  id(@Root() { __typename, id }: RecordRow, @Ctx() { catalogue }: RequestContext): string {
    return encodeId(catalogue.getByName(__typename).tag, id);
  }

  @FieldResolver(() => RevisionScalar, {
    description: "The revision of its last change, that of its names and external ids included.",
  })
  @Cost({ price: loadedPrice() })
  async revision(@Root() { id }: RecordRow, @Ctx() { records }: RequestContext): Promise<string> {
    return (await records.headById.load(id)).revision;
  }

  @FieldResolver(() => DateTimeScalar, { description: "When it was first recorded here." })
  @Cost({ price: loadedPrice() })
  async createdAt(@Root() { id }: RecordRow, @Ctx() { records }: RequestContext): Promise<string> {
    return (await records.headById.load(id)).createdAt;
  }

  @FieldResolver(() => DateTimeScalar, { description: "When it was last changed." })
  @Cost({ price: loadedPrice() })
  async updatedAt(@Root() { id }: RecordRow, @Ctx() { records }: RequestContext): Promise<string> {
    return (await records.headById.load(id)).updatedAt;
  }

  @FieldResolver(() => [ExternalId], {
    description: "The same thing in other registries and in partners' own systems.",
  })
  @Cost({ price: loadedPrice() })
  async externalIds(@Root() { id }: RecordRow, @Ctx() { records }: RequestContext): Promise<ExternalId[]> {
    const keys = await records.externalIdsById.load(id);
    return keys.map(({ scheme, value }) => ({ scheme, value, url: externalIdUrl(scheme, value) }));
  }

  @FieldResolver(() => [Source], { description: "Where its facts come from." })
  @Cost({ price: loadedPrice() })
  sources(@Root() { id }: RecordRow, @Ctx() { records }: RequestContext): Promise<Source[]> {
    return records.sourcesById.load(id);
  }
}
