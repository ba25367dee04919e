// Reads a connection page by page over HTTP, as a client would that wants all of it.
import type { UntypedAnswer } from "./api";

export interface PagedConnection {
  /** such as "cities" or "country.cities" */
  title: string;
  /** the record type that the connection hangs on; undefined for a root field */
  parentType: string | undefined;
  field: string;
  nodeType: string;
  /** the input of one sort key; undefined where nothing orders */
  orderType: string | undefined;
  orderFields: readonly string[];
  located: boolean;
}

export interface Edge {
  cursor: string;
  id: string;
}

export type Ask = (query: string, variables?: object) => Promise<UntypedAnswer>;

export interface PagedList {
  connection: PagedConnection;
  /** the id of the parent, for a connection of a record */
  parent: string | undefined;
  orderBy: readonly object[] | undefined;
}

interface PageAnswer {
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const PAGES_AT_MOST = 2_000;

/** Every edge of the connection, from its start on; read from its end where `backward`. */
export async function readAllPages(
  ask: Ask,
  of: PagedList,
  nextSize: () => number,
  backward: boolean,
): Promise<Edge[]> {
  const pages: Edge[][] = [];
  let cursor: string | null = null;
  for (;;) {
    const size = nextSize();
    const page = await readPage(ask, of, backward ? { last: size, before: cursor } : { first: size, after: cursor });
    if (page.edges.length > size) throw new Error(`${of.connection.title} gave ${page.edges.length} rows for ${size}`);
    pages.push(page.edges.map((edge) => ({ cursor: edge.cursor, id: edge.node.id })));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(backward ? hasPreviousPage : hasNextPage)) break;
    cursor = backward ? startCursor : endCursor;
    if (cursor === null) throw new Error(`${of.connection.title} has more rows but no cursor to them`);
    if (pages.length > PAGES_AT_MOST) throw new Error(`${of.connection.title} does not end`);
  }
  return (backward ? pages.reverse() : pages).flat();
}

async function readPage(ask: Ask, { connection, parent, orderBy }: PagedList, slice: object): Promise<PageAnswer> {
  const { field, parentType, orderType } = connection;
  const variables = [
    "$first: Int, $last: Int, $after: String, $before: String",
    ...(parentType === undefined ? [] : ["$parent: ID!"]),
    ...(orderType === undefined ? [] : [`$orderBy: [${orderType}!]`]),
  ].join(", ");
  const order = orderType === undefined ? "" : ", orderBy: $orderBy";
  const selection = `${field}(first: $first, last: $last, after: $after, before: $before${order}) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`;
  const body = parentType === undefined ? selection : `node(id: $parent) { ... on ${parentType} { ${selection} } }`;
  const answer = await ask(`query (${variables}) { ${body} }`, { ...slice, parent, orderBy });
  if (answer.errors !== undefined) throw new Error(`${connection.title}: ${JSON.stringify(answer.errors)}`);
  const data = answer.data as Record<string, unknown>;
  return (parentType === undefined ? data : (data.node as Record<string, unknown>))[field] as PageAnswer;
}
