// Files that still know two records which were merged since: what they say of the one that went is left out, for it was
// decided about, and where they refer to it they mean the one that stayed.
import sql from "sql-template-tag";
import type { Session } from "../database";
import type { Catalogue } from "../declare/catalogue";
import type { RecordType } from "../declare/record-type";
import type { CellValue } from "../declare/codec";
import { identifier } from "../sql";
import type { Dataset, LoadedRow, LoadedType } from "./dataset";
import { keyTypes } from "./keys";

/** For each type the slugs of merged records, and those of the records that stand for them. */
export type FormerSlugs = ReadonlyMap<RecordType, ReadonlyMap<string, string>>;

export async function formerSlugs(session: Session, { records }: Catalogue): Promise<FormerSlugs> {
  const former = new Map<RecordType, Map<string, string>>();
  for (const type of records.filter(({ mergeable }) => mergeable)) {
    const rows = await session.query<{ gone: string; present: string }>(sql`
      SELECT f.slug AS gone, t.slug AS present FROM former_slug f
      JOIN ${identifier(type.table)} t ON t.id = f.record_id WHERE f.type = ${type.name}`);
    former.set(type, new Map(rows.map(({ gone, present }) => [gone, present])));
  }
  return former;
}

export function withoutMerged(dataset: Dataset, former: FormerSlugs): Dataset {
  if ([...former.values()].every((slugs) => slugs.size === 0)) return dataset;
  return {
    ...dataset,
    types: dataset.types.map((loaded) => withPresentKeys(loaded, former)),
    names: dataset.names.map((loaded) => {
      const gone = former.get(loaded.type);
      return { ...loaded, rows: loaded.rows.filter(({ owner }) => gone?.has(owner) !== true) };
    }),
  };
}

function withPresentKeys(loaded: LoadedType, former: FormerSlugs): LoadedType {
  const { type } = loaded;
  const rows = loaded.rows
    .filter(({ values }) => former.get(type)?.has(String(values.slug)) !== true)
    .map((row) => presentRow(type, row, former));
  // Two rows may name one record now: the first stands.
  const known = new Set<string>();
  const isFirst = ({ values }: LoadedRow): boolean => {
    const key = JSON.stringify((type.dataset?.key ?? []).map((column) => values[column]));
    return !known.has(key) && known.add(key).size > 0;
  };
  return { ...loaded, rows: rows.filter(isFirst) };
}

function presentRow(type: RecordType, row: LoadedRow, former: FormerSlugs): LoadedRow {
  const values: Record<string, CellValue> = { ...row.values };
  for (const [column, { to }] of Object.entries(type.references)) {
    if (values[column] !== undefined) values[column] = presentKey(to(), values[column], former);
  }
  const links: Record<string, string[]> = { ...row.links };
  for (const { header, to } of type.dataset?.links ?? []) {
    const present = (links[header] ?? []).map((key) => former.get(to())?.get(key) ?? key);
    links[header] = [...new Set(present)];
  }
  return { ...row, values, links };
}

/** A key of one value or of several, with the slugs of merged records replaced. */
function presentKey(type: RecordType, key: CellValue, former: FormerSlugs): CellValue {
  const types = keyTypes(type);
  const present = (value: string, i: number): string => {
    const named = types[i];
    return (named === undefined ? undefined : former.get(named)?.get(value)) ?? value;
  };
  if (Array.isArray(key)) return key.map(present);
  return typeof key === "string" ? present(key, 0) : key;
}
