// Whole lists, read page by page as a client would.
import type { TestApi } from "./api";

export interface Row {
  id: string;
  // Tests read what they selected; its type is theirs to know.
  [field: string]: any;
}

/** All rows of a root connection in the order of the arguments, at most a few thousand. */
export async function allRows(api: TestApi, root: string, args: string, selection: string): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const data = await api.untypedData(
      `query ($after: String) { list: ${root}(first: 100, after: $after ${args}) { nodes { id ${selection} } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    rows.push(...(data.list.nodes as Row[]));
    after = data.list.pageInfo.hasNextPage ? (data.list.pageInfo.endCursor as string) : null;
  } while (after !== null);
  return rows;
}
