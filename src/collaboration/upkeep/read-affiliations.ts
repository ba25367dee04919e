// Affiliations from the database: all of them at a start, and those that changes of records moved.
import { setImmediate } from "node:timers/promises";
import sql from "sql-template-tag";
import type { Session } from "../../database/database";
import { isOf, type RecordChange } from "../../database/read/changes";
import { identifier } from "../../database/sql";
import { groupBy } from "../../kernel/group";
import type { AffiliationGraph } from "../graph/affiliation-graph";
import { takeInRow, takeInSizes, type AffiliationRow, type GraphChange, type StatedSize } from "../graph/take-in";
import { AFFILIATION_SOURCES, type AffiliationSource, type Mover } from "../kinds";

const COLUMNS = sql`record_id AS record, partner_id AS partner, since, until, last`;

const RECORDS_AT_ONCE = 1_000;
/** How many rows a page of records should have: few enough that clearing them away holds nobody up for long. */
const ROWS_A_PAGE = 4_000;
/** Few enough that taking them in holds nobody up for more than some milliseconds. */
const ROWS_AT_ONCE = 1_000;

/**
 * Reads all, page by page of records, and lets others have their turn between.
 * @param pause is awaited after each page; throws to end it
 */
export async function readAllAffiliations(
  session: Session,
  graph: AffiliationGraph,
  pause: () => Promise<unknown> = setImmediate,
): Promise<void> {
  for (const [kind, source] of AFFILIATION_SOURCES.entries()) {
    let last: string | undefined;
    // Ten thousand may share one record: the first pages are small, and the next ones as large as those before let expect.
    let limit = 1;
    do {
      const records = await pageOfRecords(session, source, last, limit);
      const rows = await affiliationsOfRecords(session, source, records);
      for (const [at, row] of rows.entries()) {
        takeInRow(graph, kind, row, rows[at - 1]);
        if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
      }
      await pause();
      last = records.length < limit ? undefined : records.at(-1);
      const fitting = Math.floor((limit * ROWS_A_PAGE) / Math.max(rows.length, 1));
      limit = Math.max(1, Math.min(fitting, 2 * limit, RECORDS_AT_ONCE));
    } while (last !== undefined);
    takeInSizes(graph, kind, await sizesOf(session, source, undefined));
  }
  await graph.affiliations.layOutPartners(graph.partners.size, graph.records.size, pause);
}

async function pageOfRecords(
  session: Session,
  { record }: AffiliationSource,
  last: string | undefined,
  limit: number,
): Promise<string[]> {
  const beyond = last === undefined ? sql`true` : sql`id > ${last}::uuid`;
  const rows = await session.query<{ id: string }>(sql`
    SELECT id FROM ${identifier(record.table)} WHERE ${beyond} ORDER BY id LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}

function sizesOf(
  session: Session,
  { sizes }: AffiliationSource,
  records: readonly string[] | undefined,
): Promise<StatedSize[]> {
  if (sizes === undefined) return Promise.resolve([]);
  const which = records === undefined ? sql`true` : sql`record_id = ANY (${records}::uuid[])`;
  return session.query<StatedSize>(sql`SELECT record_id AS record, size FROM (${sizes}) stated WHERE ${which}`);
}

interface Pair {
  record: string;
  partner: string;
}

/** The affiliations that changes moved: all with some records, and those of single partners with others. */
interface Moved {
  records: Set<string>;
  /** by a key of the two ids */
  pairs: Map<string, Pair>;
}

/** What the changes moved, as it is now; nothing where nothing moved. */
export async function readMovedAffiliations(
  session: Session,
  changes: readonly RecordChange[],
): Promise<GraphChange[]> {
  const ofKinds = await Promise.all(
    AFFILIATION_SOURCES.map(async (source, kind): Promise<GraphChange[]> => {
      const moved = await movedIn(session, source, changes);
      const records = [...moved.records];
      const pairs = [...moved.pairs.values()].filter(({ record }) => !moved.records.has(record));
      if (records.length + pairs.length === 0) return [];
      const rows = [
        ...(await affiliationsOfRecords(session, source, records)),
        ...(await affiliationsOfPairs(session, source, pairs)),
      ];
      return [{ of: "affiliations", kind, records, pairs, rows, sizes: await sizesOf(session, source, records) }];
    }),
  );
  return ofKinds.flat();
}

async function movedIn(
  session: Session,
  { movers }: AffiliationSource,
  changes: readonly RecordChange[],
): Promise<Moved> {
  const moved: Moved = { records: new Set(), pairs: new Map() };
  for (const mover of movers) {
    const moving = changes.filter((change) => isOf(change, mover.of.name, mover.fields));
    if (moving.length > 0) await collect(session, mover, moving, moved);
  }
  return moved;
}

async function collect(
  session: Session,
  { of, moves: how }: Mover,
  changes: readonly RecordChange[],
  moved: Moved,
): Promise<void> {
  const ids = changes.map(({ recordId }) => recordId);
  if (how === "itself") {
    for (const id of ids) moved.records.add(id);
    return;
  }
  if ("records" in how) {
    const rows = await session.query<{ id: string }>(sql`
      SELECT id FROM ${identifier(how.records.table)} WHERE ${identifier(how.by)} = ANY (${ids}::uuid[])`);
    for (const { id } of rows) moved.records.add(id);
    return;
  }
  const now = await session.query<{ id: string; record: string | null; partner: string | null }>(sql`
    SELECT id, ${identifier(how.record)} AS record, ${identifier(how.partner)} AS partner FROM ${identifier(of.table)}
    WHERE id = ANY (${ids}::uuid[])`);
  const rowById = new Map(now.map((row) => [row.id, row]));
  for (const [id, own] of groupBy(changes, ({ recordId }) => recordId)) {
    const row = rowById.get(id);
    // Where a row was led elsewhere, several times even, each pair of what ever was and what is may have moved.
    for (const record of ever(own, how.record, row?.record)) {
      for (const partner of ever(own, how.partner, row?.partner)) {
        moved.pairs.set(`${record} ${partner}`, { record, partner });
      }
    }
  }
}

/** All ids that a column had by some changes, or has now. */
function ever(changes: readonly RecordChange[], name: string, now: string | null | undefined): Set<string> {
  const ids = [...changes.flatMap(({ changes: fields }) => fields[name] ?? []), now];
  return new Set(ids.filter((id): id is string => typeof id === "string"));
}

function affiliationsOfRecords(
  session: Session,
  { affiliations }: AffiliationSource,
  records: readonly string[],
): Promise<AffiliationRow[]> {
  if (records.length === 0) return Promise.resolve([]);
  return session.query<AffiliationRow>(sql`
    SELECT ${COLUMNS} FROM (${affiliations}) affiliation
    WHERE record_id = ANY (${records}::uuid[]) ORDER BY record_id, partner_id`);
}

function affiliationsOfPairs(
  session: Session,
  { affiliations }: AffiliationSource,
  pairs: readonly Pair[],
): Promise<AffiliationRow[]> {
  if (pairs.length === 0) return Promise.resolve([]);
  const [records, partners] = [pairs.map(({ record }) => record), pairs.map(({ partner }) => partner)];
  return session.query<AffiliationRow>(sql`
    SELECT x.* FROM unnest(${records}::uuid[], ${partners}::uuid[]) AS p(record, partner)
    CROSS JOIN LATERAL (
      SELECT ${COLUMNS} FROM (${affiliations}) affiliation
      WHERE affiliation.record_id = p.record AND affiliation.partner_id = p.partner) x`);
}
