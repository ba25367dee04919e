// Incidences from the database: all of them at a start, and those that changes of records moved.
import { setImmediate } from "node:timers/promises";
import sql from "sql-template-tag";
import type { Session } from "../../database/database";
import { isOf, type RecordChange } from "../../database/read/changes";
import { identifier } from "../../database/sql";
import { groupBy } from "../../kernel/group";
import { AFFILIATIONS, type Affiliation, type Mover } from "../kinds";
import type { Adjacency } from "../graph/affiliation-graph";
import { beginningOf, endOf } from "../graph/memory/days";

interface IncidenceRow {
  thing: string;
  partner: string;
  since: string | null;
  until: string | null;
  last: string | null;
}

const COLUMNS = sql`thing_id AS thing, partner_id AS partner, since, until, last`;

const THINGS_AT_ONCE = 1_000;
/** How many rows a page of things should have: few enough that clearing them away holds nobody up for long. */
const ROWS_A_PAGE = 4_000;
/** Few enough that taking them in holds nobody up for more than some milliseconds. */
const ROWS_AT_ONCE = 1_000;

/**
 * Reads all, page by page of things, and lets others have their turn between.
 * @param pause is awaited after each page; throws to end it
 */
export async function readAllIncidences(
  session: Session,
  adjacency: Adjacency,
  pause: () => Promise<unknown> = setImmediate,
): Promise<void> {
  for (const [kind, affiliation] of AFFILIATIONS.entries()) {
    let last: string | undefined;
    // Ten thousand may share one thing: the first pages are small, and the next ones as large as those before let expect.
    let limit = 1;
    do {
      const things = await pageOfThings(session, affiliation, last, limit);
      const rows = await incidencesOfThings(session, affiliation, things);
      for (const [at, row] of rows.entries()) {
        // In the order of things and partners, the same two come one after the other.
        const before = rows[at - 1];
        const isNew = before?.thing !== row.thing || before.partner !== row.partner;
        adjacency.incidences.addToThing(...incidenceOf(adjacency, kind, row), isNew);
        if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
      }
      await pause();
      last = things.length < limit ? undefined : things.at(-1);
      const fitting = Math.floor((limit * ROWS_A_PAGE) / Math.max(rows.length, 1));
      limit = Math.max(1, Math.min(fitting, 2 * limit, THINGS_AT_ONCE));
    } while (last !== undefined);
    for (const { thing, size } of await sizesOf(session, affiliation, undefined)) {
      adjacency.incidences.stateSize(adjacency.thingNumber(thing, kind), size);
    }
  }
  await adjacency.incidences.layOutPartners(adjacency.partners.size, adjacency.things.size, pause);
}

async function pageOfThings(
  session: Session,
  { thing }: Affiliation,
  last: string | undefined,
  limit: number,
): Promise<string[]> {
  const beyond = last === undefined ? sql`true` : sql`id > ${last}::uuid`;
  const rows = await session.query<{ id: string }>(sql`
    SELECT id FROM ${identifier(thing.table)} WHERE ${beyond} ORDER BY id LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}

function sizesOf(
  session: Session,
  { sizes }: Affiliation,
  things: readonly string[] | undefined,
): Promise<{ thing: string; size: number }[]> {
  if (sizes === undefined) return Promise.resolve([]);
  const which = things === undefined ? sql`true` : sql`thing_id = ANY (${things}::uuid[])`;
  return session.query(sql`SELECT thing_id AS thing, size FROM (${sizes}) stated WHERE ${which}`);
}

function incidenceOf(
  adjacency: Adjacency,
  kind: number,
  { thing, partner, since, until, last }: IncidenceRow,
): [thing: number, partner: number, since: number, until: number] {
  return [
    adjacency.thingNumber(thing, kind),
    adjacency.partners.numberOf(partner),
    beginningOf(since),
    endOf(until, last),
  ];
}

/** The incidences that changes moved: whole things, and single parts in things. */
interface Moved {
  things: Set<string>;
  /** "<thing> <partner>" */
  parts: Set<string>;
}

/**
 * Reads what the changes moved, as it is now.
 * @returns what takes it in, at once; nothing where nothing moved
 */
export async function readMovedIncidences(
  session: Session,
  adjacency: Adjacency,
  changes: readonly RecordChange[],
): Promise<(() => void)[]> {
  const takeIn = await Promise.all(
    AFFILIATIONS.map(async (affiliation, kind): Promise<(() => void)[]> => {
      const moved = await movedIn(session, affiliation, changes);
      for (const part of moved.parts) if (moved.things.has(thingOfPart(part))) moved.parts.delete(part);
      const things = [...moved.things];
      const parts = [...moved.parts];
      if (things.length + parts.length === 0) return [];
      const rows = [
        ...(await incidencesOfThings(session, affiliation, things)),
        ...(await incidencesOfParts(session, affiliation, parts)),
      ];
      const sizes = await sizesOf(session, affiliation, things);
      return [
        () => {
          replace(adjacency, kind, things, parts, rows);
          const { incidences } = adjacency;
          for (const thing of things) incidences.stateSize(adjacency.thingNumber(thing, kind), 0);
          for (const { thing, size } of sizes) incidences.stateSize(adjacency.thingNumber(thing, kind), size);
        },
      ];
    }),
  );
  return takeIn.flat();
}

function replace(
  adjacency: Adjacency,
  kind: number,
  things: readonly string[],
  parts: readonly string[],
  rows: readonly IncidenceRow[],
): void {
  for (const thing of things) adjacency.incidences.removeParts(adjacency.thingNumber(thing, kind));
  for (const part of parts) {
    const partner = adjacency.partners.numberOf(partnerOfPart(part));
    adjacency.incidences.removePart(adjacency.thingNumber(thingOfPart(part), kind), partner);
  }
  for (const row of rows) adjacency.incidences.add(...incidenceOf(adjacency, kind, row));
}

const partOf = (thing: string, partner: string): string => `${thing} ${partner}`;
const thingOfPart = (part: string): string => part.slice(0, 36);
const partnerOfPart = (part: string): string => part.slice(37);

async function movedIn(session: Session, { movers }: Affiliation, changes: readonly RecordChange[]): Promise<Moved> {
  const moved: Moved = { things: new Set(), parts: new Set() };
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
    for (const id of ids) moved.things.add(id);
    return;
  }
  if ("things" in how) {
    const rows = await session.query<{ id: string }>(sql`
      SELECT id FROM ${identifier(how.things.table)} WHERE ${identifier(how.by)} = ANY (${ids}::uuid[])`);
    for (const { id } of rows) moved.things.add(id);
    return;
  }
  const now = await session.query<{ id: string; thing: string | null; partner: string | null }>(sql`
    SELECT id, ${identifier(how.thing)} AS thing, ${identifier(how.partner)} AS partner FROM ${identifier(of.table)}
    WHERE id = ANY (${ids}::uuid[])`);
  const rowById = new Map(now.map((row) => [row.id, row]));
  for (const [id, own] of groupBy(changes, ({ recordId }) => recordId)) {
    const row = rowById.get(id);
    // Where a row was led elsewhere, several times even, each pair of what ever was and what is may have moved.
    for (const thing of ever(own, how.thing, row?.thing)) {
      for (const partner of ever(own, how.partner, row?.partner)) moved.parts.add(partOf(thing, partner));
    }
  }
}

/** All ids that a column had by some changes, or has now. */
function ever(changes: readonly RecordChange[], name: string, now: string | null | undefined): Set<string> {
  const ids = [...changes.flatMap(({ changes: fields }) => fields[name] ?? []), now];
  return new Set(ids.filter((id): id is string => typeof id === "string"));
}

function incidencesOfThings(
  session: Session,
  { incidences }: Affiliation,
  things: readonly string[],
): Promise<IncidenceRow[]> {
  if (things.length === 0) return Promise.resolve([]);
  return session.query<IncidenceRow>(sql`
    SELECT ${COLUMNS} FROM (${incidences}) incidence
    WHERE thing_id = ANY (${things}::uuid[]) ORDER BY thing_id, partner_id`);
}

function incidencesOfParts(
  session: Session,
  { incidences }: Affiliation,
  parts: readonly string[],
): Promise<IncidenceRow[]> {
  if (parts.length === 0) return Promise.resolve([]);
  return session.query<IncidenceRow>(sql`
    SELECT x.* FROM unnest(${parts.map(thingOfPart)}::uuid[], ${parts.map(partnerOfPart)}::uuid[]) AS p(thing, partner)
    CROSS JOIN LATERAL (
      SELECT ${COLUMNS} FROM (${incidences}) incidence
      WHERE incidence.thing_id = p.thing AND incidence.partner_id = p.partner) x`);
}
