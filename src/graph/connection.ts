// Relay connections (https://relay.dev/graphql/connections.htm), evaluated lazily: a page is read when edges, nodes or
// pageInfo are selected, the total when totalCount is, and what lies behind the page's start only when asked for.
import { ArgsType, Field, Int } from "type-graphql";
import { encodeCursor } from "../kernel/cursors";
import { badInput } from "../kernel/errors";
import type { Page, PageEdge, Slice } from "../database/read/keyset";
import type { RecordRow } from "../database/read/row";

export const PAGE_SIZE_AT_MOST = 100;
export const PAGE_SIZE_BY_DEFAULT = 20;

/** How a connection gets its rows; every function is called at most once. */
export interface ConnectionSource<Node> {
  page: (slice: Slice) => Promise<Page<Node>>;
  count: () => Promise<number>;
  standsBeyond: (cursor: string, side: "before" | "after") => Promise<boolean>;
}

/** The arguments of every paged list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: `The page's size from its start, 1 to ${PAGE_SIZE_AT_MOST}.` })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Rows that stand after this cursor." })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `The page's size from its end, 1 to ${PAGE_SIZE_AT_MOST}. Not together with first.`,
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "Rows that stand before this cursor." })
  before?: string | null;
}

export interface Edge<Node> {
  cursor: string;
  node: Node;
  [column: string]: unknown;
}

export class Connection<Node = RecordRow> {
  private readonly slice: Slice | Error;
  private pageRead: Promise<Page<Node>> | undefined;

  /** @param byDefault the page's size where neither first nor last is given; undefined requires one of them */
  constructor(
    private readonly source: ConnectionSource<Node>,
    args: PageArgs,
    byDefault: number | undefined,
  ) {
    this.slice = checkedSlice(args, byDefault);
    // A wrong size is refused even where only the total is asked for; a missing one is not needed there.
    if (this.slice instanceof Error && !isMissing(args)) throw this.slice;
  }

  async edges(): Promise<Edge<Node>[]> {
    const { edges, binding } = await this.page();
    return edges.map((edge) => ({ ...edge.edge, node: edge.node, cursor: cursorOf(edge, binding) }));
  }

  async nodes(): Promise<Node[]> {
    return (await this.page()).edges.map((edge) => edge.node);
  }

  totalCount(): Promise<number> {
    return this.source.count();
  }

  pageInfo(): object {
    const page = this.page();
    const atEnd = async (end: 0 | -1): Promise<string | null> => {
      const { edges, binding } = await page;
      const edge = edges.at(end);
      return edge === undefined ? null : cursorOf(edge, binding);
    };
    return {
      hasNextPage: () => this.more("after"),
      hasPreviousPage: () => this.more("before"),
      startCursor: () => atEnd(0),
      endCursor: () => atEnd(-1),
    };
  }

  private async more(side: "before" | "after"): Promise<boolean> {
    const slice = this.checked();
    const { more } = await this.page();
    const readTowards = slice.last === undefined ? "after" : "before";
    if (side === readTowards && more) return true;
    const bound = side === "before" ? slice.after : slice.before;
    return bound !== undefined && this.source.standsBeyond(bound, side);
  }

  private page(): Promise<Page<Node>> {
    this.pageRead ??= this.source.page(this.checked());
    return this.pageRead;
  }

  private checked(): Slice {
    if (this.slice instanceof Error) throw this.slice;
    return this.slice;
  }
}

function cursorOf(edge: PageEdge<unknown>, binding: string): string {
  return encodeCursor(binding, edge.position);
}

function isMissing(args: PageArgs): boolean {
  return (args.first ?? null) === null && (args.last ?? null) === null;
}

function checkedSlice(args: PageArgs, byDefault: number | undefined): Slice | Error {
  const first = args.first ?? undefined;
  const last = args.last ?? undefined;
  const bounds = {
    ...(typeof args.after === "string" ? { after: args.after } : {}),
    ...(typeof args.before === "string" ? { before: args.before } : {}),
  };
  if (first !== undefined && last !== undefined) {
    return badInput("FIRST_AND_LAST", "a page is read from one end: give first or last, not both");
  }
  for (const [name, size] of Object.entries({ first, last })) {
    if (size !== undefined && (size < 1 || size > PAGE_SIZE_AT_MOST)) {
      return badInput("BAD_PAGE_SIZE", `${name} must be 1 to ${PAGE_SIZE_AT_MOST}, but got ${size}`);
    }
  }
  if (last !== undefined) return { last, ...bounds };
  const size = first ?? byDefault;
  if (size === undefined) {
    return badInput("NO_PAGE_SIZE", `a nested list needs first or last, 1 to ${PAGE_SIZE_AT_MOST}`);
  }
  return { first: size, ...bounds };
}
