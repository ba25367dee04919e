// The root field search: hits of all searchable types, best first, each with its reason.
import { Args, ArgsType, Ctx, Field, Float, Int, ObjectType, Query, Resolver, type ClassType } from "type-graphql";
import type { Catalogue } from "../database/declare/catalogue";
import type { RecordType } from "../database/declare/record-type";
import { countHits, search, type SearchHit, type SearchPage } from "../database/read/search";
import type { RecordRow } from "../database/read/row";
import { encodeCursor } from "../kernel/cursors";
import { badInput } from "../kernel/errors";
import { constantCase } from "../kernel/names";
import { PAGE_SIZE_AT_MOST, PAGE_SIZE_BY_DEFAULT, type Edge } from "./connection";
import { connectionType } from "./connection-types";
import type { RequestContext } from "./context";
import { enumOf, MatchKind, SearchedField } from "./enums";
import type { FieldPrice } from "./prices/asked";
import { Cost } from "./prices/field-cost";
import { STATEMENT } from "./prices/units";
import { RecordInterface } from "./record-objects";

@ObjectType("SearchReason", { simpleResolvers: true, description: "Why a record was found." })
class SearchReason {
  @Field(() => SearchedField, { description: "Which of its texts was found." })
  field!: SearchHit["field"];

  @Field(() => MatchKind, { description: "How that text agrees with the query." })
  kind!: SearchHit["how"];

  @Field(() => String, { description: "That text as it is written." })
  matchedText!: string;

  @Field(() => String, {
    nullable: true,
    description: "Its language as a BCP 47 tag, where it is a name of a certain language.",
  })
  language!: string | null;
}

class SearchEdge {
  @Field(() => Float, {
    description: "How well it agrees, from above 0 to 1 for the very name; comparable within one search.",
  })
  score!: number;

  @Field(() => SearchReason, { description: "Why it was found." })
  reason!: SearchReason;
}

const { connection: hits } = connectionType(
  "Search",
  "A page of what a search found, best first.",
  () => RecordInterface,
  SearchEdge,
);

/** The root field search, over the types of the catalogue that declare what they are found by. */
export function searchRoot(catalogue: Catalogue): ClassType {
  const searchable = catalogue.records.filter((type) => type.search.length > 0);
  const RecordTypes = recordTypeEnum(catalogue);

  @ArgsType()
  class SearchArgs {
    @Field(() => String, { description: "What to look for, 200 characters at most." })
    query!: string;

    @Field(() => [RecordTypes], { nullable: true, description: "Only records of these types." })
    types?: string[] | null;

    @Field(() => Int, {
      nullable: true,
      defaultValue: PAGE_SIZE_BY_DEFAULT,
      description: `The page's size, 1 to ${PAGE_SIZE_AT_MOST}.`,
    })
    first!: number | null;

    @Field(() => String, { nullable: true, description: "Hits that stand after this cursor." })
    after?: string | null;
  }

  @Resolver()
  class SearchRoot {
    @Query(() => hits, {
      description:
        "Records by any of their names, in any language and spelling, best first; misspellings are forgiven. " +
        `These are searched: ${searchable.map((type) => type.name).join(", ")}.`,
    })
    @Cost({ listSize: "page", price: searchPrice(searchable) })
    search(
      @Args(() => SearchArgs) { query, types, first, after }: SearchArgs,
      @Ctx() context: RequestContext,
    ): SearchConnection {
      const size = first ?? PAGE_SIZE_BY_DEFAULT;
      if (size < 1 || size > PAGE_SIZE_AT_MOST) {
        throw badInput("BAD_PAGE_SIZE", `first must be 1 to ${PAGE_SIZE_AT_MOST}, but got ${size}`);
      }
      return new SearchConnection(context, typesAsked(searchable, types), query, size, after ?? undefined);
    }
  }

  return SearchRoot;
}

/** Everything may be near: then each name is compared, for the page and for the total. */
const NAME_COMPARED = 3.2;
const NAME_COUNTED = 1.4;

function searchPrice(searchable: readonly RecordType[]): FieldPrice {
  return ({ args, selected, sizes }) => {
    const wanted = typesAsked(searchable, args.types);
    const rowsOf = (table: string): number => sizes[table]?.rows ?? 0;
    const texts = wanted.reduce((sum, { table, search }) => sum + search.length * rowsOf(table), 0);
    const names = texts + (wanted.some(({ named }) => named !== undefined) ? rowsOf("record_name") : 0);
    const isRead = ["edges", "nodes", "pageInfo"].some((field) => selected.has(field));
    const page = isRead ? (1 + wanted.length) * STATEMENT + names * NAME_COMPARED : 0;
    return page + (selected.has("totalCount") ? 2 * STATEMENT + names * NAME_COUNTED : 0);
  };
}

function typesAsked(searchable: readonly RecordType[], types: unknown): readonly RecordType[] {
  if (types === undefined || types === null) return searchable;
  const names: readonly unknown[] = Array.isArray(types) ? types : [types];
  return searchable.filter((type) => names.includes(constantCase(type.name)));
}

/** One value for each record type. */
function recordTypeEnum(catalogue: Catalogue): object {
  return enumOf({
    name: "RecordType",
    description: "The types of records.",
    values: Object.fromEntries(catalogue.records.map((type) => [constantCase(type.name), type.description])),
  });
}

class SearchConnection {
  private read: Promise<SearchPage> | undefined;

  constructor(
    private readonly context: RequestContext,
    private readonly types: readonly RecordType[],
    private readonly query: string,
    private readonly first: number,
    private readonly after: string | undefined,
  ) {}

  async edges(): Promise<(SearchEdge & Edge<RecordRow>)[]> {
    const { binding } = await this.page();
    return (await this.found()).map(({ hit, record }) => ({
      cursor: encodeCursor(binding, hit.position),
      node: record,
      score: hit.score,
      reason: { field: hit.field, kind: hit.how, matchedText: hit.matchedText, language: hit.language },
    }));
  }

  async nodes(): Promise<unknown[]> {
    return (await this.found()).map(({ record }) => record);
  }

  totalCount(): Promise<number> {
    return countHits(this.context.database, this.context.read, this.types, this.query);
  }

  pageInfo(): object {
    const end = async (at: 0 | -1): Promise<string | null> => {
      const { hits, binding } = await this.page();
      const hit = hits.at(at);
      return hit === undefined ? null : encodeCursor(binding, hit.position);
    };
    return {
      hasNextPage: async () => (await this.page()).more,
      hasPreviousPage: () => this.after !== undefined,
      startCursor: () => end(0),
      endCursor: () => end(-1),
    };
  }

  private page(): Promise<SearchPage> {
    const { database, read } = this.context;
    this.read ??= search(database, read, this.types, this.query, this.first, this.after);
    return this.read;
  }

  /** The hits with their records, without those that were deleted in between. */
  private async found(): Promise<{ hit: SearchHit; record: RecordRow }[]> {
    const { hits } = await this.page();
    const { records, catalogue } = this.context;
    const found = await Promise.all(hits.map((hit) => records.referred(catalogue.getByName(hit.type), hit.id)));
    return hits.flatMap((hit, i) => (found[i] ? [{ hit, record: found[i] }] : []));
  }
}
