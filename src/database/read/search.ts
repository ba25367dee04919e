// Search over all names of all searchable types, in any language and spelling, best first. Exact beats leading beats
// near; near is found by trigrams (pg_trgm: similarity of the whole, or of the best stretch of words), and ranked by
// them or by the edit distance (V. Levenshtein, "Binary codes capable of correcting deletions, insertions, and
// reversals", 1966), whichever says more.
import sql, { join, type Sql } from "sql-template-tag";
import { badInput } from "../../kernel/errors";
import { cursorBinding, decodeCursor, type CursorValue } from "../../kernel/cursors";
import type { Session } from "../database";
import type { RecordType } from "../declare/record-type";
import { at, literal } from "../sql";
import { rowsAs } from "./columns";
import type { ReadContext } from "./context";
import { isUuid } from "./order";

export interface SearchHit {
  id: string;
  type: string;
  /** 1 for the very name, less for what is farther; two spellings of one score stand in the order of their ids */
  score: number;
  matchedText: string;
  language: string | null;
  field: "NAME" | "ACRONYM" | "OTHER_NAME";
  how: "EXACT" | "LEADING" | "SIMILAR";
  position: readonly CursorValue[];
}

export interface SearchPage {
  hits: SearchHit[];
  binding: string;
  more: boolean;
}

const QUERY_LENGTH_AT_MOST = 200;

/** @param first how many hits, 1 to 100 @throws BAD_USER_INPUT for a query that is too long, or a foreign cursor */
export async function search(
  session: Session,
  context: ReadContext,
  types: readonly RecordType[],
  query: string,
  first: number,
  after: string | undefined,
): Promise<SearchPage> {
  const binding = cursorBinding(["search", query, types.map((type) => type.name)]);
  const position =
    after === undefined ? undefined : decodeCursor(after, binding, [(value) => typeof value === "number", isUuid]);
  const hits = hitsSql(context, types, query);
  if (hits === undefined) return { hits: [], binding, more: false };
  const bound =
    position === undefined ? sql`true` : sql`(-score, id) > (${-Number(position[0])}::float8, ${position[1]}::uuid)`;
  const rows = await session.query<Omit<SearchHit, "position">>(sql`
    WITH best AS (
      SELECT DISTINCT ON (id) * FROM (${hits}) hit ORDER BY id, score DESC, "matchedText" COLLATE "C"
    )
    SELECT * FROM best WHERE ${bound} ORDER BY -score, id LIMIT ${first + 1}`);
  return {
    hits: rows.slice(0, first).map((row) => ({ ...row, position: [row.score, row.id] })),
    binding,
    more: rows.length > first,
  };
}

/** How many records a search finds in all. */
export async function countHits(
  session: Session,
  context: ReadContext,
  types: readonly RecordType[],
  query: string,
): Promise<number> {
  const hits = hitsSql(context, types, query);
  if (hits === undefined) return 0;
  const [row] = await session.query<{ count: string }>(sql`SELECT count(DISTINCT id) AS count FROM (${hits}) hit`);
  return Number(row?.count);
}

function hitsSql(context: ReadContext, types: readonly RecordType[], query: string): Sql | undefined {
  if (query.length > QUERY_LENGTH_AT_MOST) {
    throw badInput("QUERY_TOO_LONG", `a search may be ${QUERY_LENGTH_AT_MOST} characters long at most`);
  }
  const arms = types.flatMap((type) => [
    ...type.search.map(({ column, reason }) =>
      arm(query, {
        from: rowsAs(type, "t", context),
        id: sql`t.id`,
        type: sql`${type.name}::text`,
        text: at("t", column),
        language: sql`NULL::text`,
        field: reason,
      }),
    ),
    ...(type.named !== undefined ? [namesArm(context, query, type)] : []),
  ]);
  return arms.length === 0 ? undefined : join(arms, " UNION ALL ");
}

function namesArm(context: ReadContext, query: string, type: RecordType): Sql {
  return arm(query, {
    from: sql`record_name n JOIN ${rowsAs(type, "t", context)} ON t.id = n.record_id`,
    id: sql`n.record_id`,
    type: sql`${type.name}::text`,
    text: sql`n.name`,
    language: sql`n.language`,
    field: "OTHER_NAME",
  });
}

interface Arm {
  from: Sql;
  id: Sql;
  type: Sql;
  text: Sql;
  language: Sql;
  field: SearchHit["field"];
}

// Trigrams find a misspelled name but rank it badly: two swapped letters break most of a short word's. So the share of
// letters that stay when one is spelled into the other counts as well, and of two as near the one that sounds alike
// comes first (L. Philips, "Hanging on the Metaphone", 1990). The cut keeps within fuzzystrmatch's 255 bytes.
function nearness(folded: Sql, wanted: Sql): Sql {
  const cut = (text: Sql): Sql => sql`left(${text}, 60)`;
  const edits = sql`levenshtein(${cut(folded)}, ${cut(wanted)})::float8`;
  const letters = sql`greatest(length(${cut(folded)}), length(${cut(wanted)}), 1)`;
  const sound = (text: Sql): Sql => sql`nullif(metaphone(${cut(text)}, 20), '')`;
  return sql`
    0.75 * greatest(similarity(${folded}, ${wanted}), 0.9 * word_similarity(${wanted}, ${folded}), 1 - ${edits} / ${letters})
    + CASE WHEN ${sound(folded)} = ${sound(wanted)} THEN 0.04 ELSE 0 END`;
}

/** A little less for other names, so that of two cities the one that is called so today comes first. */
const OTHER_NAME_FACTOR = 0.99;

function arm(query: string, from: Arm): Sql {
  const wanted = sql`fold(${query}::text)`;
  const inIndex = sql`fold(${from.text})`;
  const folded = sql`x.folded`;
  const factor = from.field === "NAME" ? 1 : OTHER_NAME_FACTOR;
  // Rounded, so that a score is the same number in a cursor, in JSON and in the next statement. OFFSET 0 keeps the folded text from being
  // made again in each of the places that use it: it is most of the work.
  return sql`
    SELECT x.id, ${from.type} AS type, x."matchedText", x.language, ${literal(from.field)} AS field,
      CASE WHEN ${folded} = ${wanted} THEN 'EXACT' WHEN ${folded} LIKE ${wanted} || '%' THEN 'LEADING' ELSE 'SIMILAR' END AS how,
      round((${factor}::float8 * CASE
        WHEN ${folded} = ${wanted} THEN 1
        WHEN ${folded} LIKE ${wanted} || '%' THEN 0.8 + 0.15 * length(${wanted}) / length(${folded})
        ELSE ${nearness(folded, wanted)}
      END)::numeric, 6)::float8 AS score
    FROM (
      SELECT ${from.id} AS id, ${from.text} AS "matchedText", ${from.language} AS language, ${inIndex} AS folded
      FROM ${from.from}
      WHERE ${wanted} <> '' AND (${inIndex} % ${wanted} OR ${wanted} <% ${inIndex} OR ${inIndex} LIKE ${wanted} || '%')
      OFFSET 0
    ) x`;
}
