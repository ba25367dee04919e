// What projects and practices are about, from the database: of all at a start, and of those that changes of records concern.
// Only what everybody may see: an accepted practice, a project that is not cancelled.
import sql, { type Sql } from "sql-template-tag";
import type { Session } from "../../database/database";
import { isOf, type RecordChange } from "../../database/read/changes";
import { practice } from "../../knowledge/practice.record";
import { project } from "../../projects/project.record";
import { kindPlaceOf } from "../graph/affiliation-kinds";
import type { AffiliationGraph } from "../graph/affiliation-graph";
import { takeInInterests, type GraphChange, type InterestsRow } from "../graph/take-in";

interface Source {
  type: string;
  kind: number;
  /** id, goals, areas and fields */
  rows: Sql;
  /** the fields in the log, by their names there, whose change matters; a new record and a deleted one always do */
  fields: readonly string[];
}

const SOURCES: readonly Source[] = [
  {
    type: project.name,
    kind: kindPlaceOf("PROJECT"),
    rows: sql`
      SELECT id, areas_of_action AS areas,
        ARRAY(SELECT goal_id::text FROM project_goal part WHERE part.record_id = about.id ORDER BY part.id) AS goals,
        ARRAY(SELECT creative_field_id::text FROM project_creative_field part WHERE part.record_id = about.id ORDER BY part.id) AS fields
      FROM project about WHERE status <> 'CANCELLED'`,
    fields: ["status", "areas_of_action", "goals", "creativeFields"],
  },
  {
    type: practice.name,
    kind: kindPlaceOf("PRACTICE"),
    rows: sql`
      SELECT id, areas_of_action AS areas,
        ARRAY(SELECT goal_id::text FROM practice_goal part WHERE part.record_id = about.id ORDER BY part.id) AS goals,
        ARRAY[]::text[] AS fields
      FROM practice about WHERE state = 'ACCEPTED'`,
    fields: ["state", "areas_of_action", "goals"],
  },
];

/** Small enough that taking one in holds nobody up for more than some milliseconds. */
const ROWS_AT_ONCE = 5_000;

export async function readAllInterests(session: Session, graph: AffiliationGraph): Promise<void> {
  for (const { kind, rows } of SOURCES) {
    let last: string | undefined;
    do {
      const beyond = last === undefined ? sql`true` : sql`id > ${last}::uuid`;
      const page = await session.query<InterestsRow>(sql`
        SELECT * FROM (${rows}) source WHERE ${beyond} ORDER BY id LIMIT ${ROWS_AT_ONCE}`);
      for (const row of page) takeInInterests(graph, kind, row);
      last = page.length < ROWS_AT_ONCE ? undefined : page.at(-1)?.id;
    } while (last !== undefined);
  }
}

/** What the changed projects and practices are about now; nothing where nothing changed. */
export async function readChangedInterests(session: Session, changes: readonly RecordChange[]): Promise<GraphChange[]> {
  const read: GraphChange[] = [];
  for (const { type, kind, rows, fields } of SOURCES) {
    const moved = changes.filter((change) => isOf(change, type, fields));
    const ids = [...new Set(moved.map(({ recordId }) => recordId))];
    if (ids.length === 0) continue;
    const found = await session.query<InterestsRow>(
      sql`SELECT * FROM (${rows}) source WHERE id = ANY (${ids}::uuid[])`,
    );
    const rowById = new Map(found.map((row) => [row.id, row]));
    const nothing = { goals: [], areas: [], fields: [] };
    read.push({ of: "interests", kind, rows: ids.map((id) => rowById.get(id) ?? { id, ...nothing }) });
  }
  return read;
}
