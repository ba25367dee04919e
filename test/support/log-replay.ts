// Records as the log tells them, beside records as the tables hold them: replaying the one must give the other.
import sql, { raw } from "sql-template-tag";
import type { Session } from "../../src/database/database";
import { canonicalJson } from "../../src/kernel/cursors";

/** Every field that has a value, and the parts as sorted texts. */
export type RecordState = Record<string, unknown>;
export type States = Map<string, RecordState>;

export interface LogEntry {
  revision: string;
  ordinal: number;
  recordId: string;
  operation: "UPSERT" | "DELETE";
  changes: Record<string, [unknown, unknown]>;
  actor: string;
  committedAt: string;
}

const PARTS = ["names", "externalIds", "sources"];

export async function readLog(session: Session, after: string): Promise<LogEntry[]> {
  return session.query<LogEntry>(sql`
    SELECT revision, ordinal, record_id AS "recordId", operation, changes, actor, committed_at AS "committedAt"
    FROM change_log WHERE revision > ${after}::bigint ORDER BY revision, ordinal`);
}

/** The cities whose slug begins so, with their parts. */
export function readCityStates(session: Session, slugPrefix: string): Promise<States> {
  return readStates(session, "city", slugPrefix);
}

/** The records of a table whose slug begins so, with their names, external ids and sources. */
export async function readStates(session: Session, table: string, slugPrefix: string): Promise<States> {
  const rows = await session.query<{ id: string; fields: RecordState; parts: Record<string, unknown[] | null> }>(sql`
    SELECT c.id, to_jsonb(c) - 'id' AS fields, jsonb_build_object(
      'names', (SELECT jsonb_agg(to_jsonb(p) - 'id' - 'record_id') FROM record_name p WHERE p.record_id = c.id),
      'externalIds', (SELECT jsonb_agg(to_jsonb(p) - 'id' - 'record_id') FROM external_id p WHERE p.record_id = c.id),
      'sources', (SELECT jsonb_agg(to_jsonb(p) - 'id' - 'record_id') FROM record_source p WHERE p.record_id = c.id)) AS parts
    FROM ${raw(`"${table}"`)} c WHERE starts_with(c.slug, ${slugPrefix})`);
  return new Map(
    rows.map(({ id, fields, parts }) => {
      const state: RecordState = {};
      for (const [field, value] of Object.entries(fields)) if (value !== null) state[field] = value;
      for (const part of PARTS) state[part] = (parts[part] ?? []).map(canonicalJson).sort();
      return [id, state];
    }),
  );
}

/**
 * The states after the entries.
 * @throws when an entry's value before is not the one that the entries before it left
 */
export function replay(initial: States, entries: readonly LogEntry[]): States {
  const states: States = new Map([...initial].map(([id, state]) => [id, structuredClone(state)]));
  for (const entry of entries) {
    const state = states.get(entry.recordId) ?? { names: [], externalIds: [], sources: [] };
    for (const [field, [before, after]] of Object.entries(entry.changes)) {
      if (PARTS.includes(field)) state[field] = movedParts(state[field] as string[], before, after, entry);
      else setField(state, field, before, after, entry);
    }
    if (entry.operation === "UPSERT") states.set(entry.recordId, state);
    else {
      const left = Object.entries(state).filter(([, value]) => !Array.isArray(value) || value.length > 0);
      if (left.length > 0) throw disagreement(entry, `leaves ${JSON.stringify(left)} behind`);
      states.delete(entry.recordId);
    }
  }
  return states;
}

function setField(state: RecordState, field: string, before: unknown, after: unknown, entry: LogEntry): void {
  if (canonicalJson(before ?? null) !== canonicalJson(state[field] ?? null)) {
    throw disagreement(entry, `says ${field} was ${JSON.stringify(before)}, not ${JSON.stringify(state[field])}`);
  }
  if (after === null) delete state[field];
  else state[field] = after;
}

function movedParts(held: readonly string[], went: unknown, came: unknown, entry: LogEntry): string[] {
  const left = [...held];
  for (const part of (went as unknown[] | null) ?? []) {
    const at = left.indexOf(canonicalJson(part));
    if (at === -1) throw disagreement(entry, `takes ${JSON.stringify(part)} that was not there`);
    left.splice(at, 1);
  }
  return [...left, ...((came as unknown[] | null) ?? []).map(canonicalJson)].sort();
}

function disagreement(entry: LogEntry, what: string): Error {
  return new Error(`log entry ${entry.revision}.${entry.ordinal} of ${entry.recordId} ${what}`);
}
