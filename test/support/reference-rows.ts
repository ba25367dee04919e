// The reference dataset as its files have it, read past the loader: what figures of the API are counted anew from.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

export type FileRow = Readonly<Record<string, string>>;

/** The rows of a file of data/, such as `designations.csv`. */
export function referenceRows(file: string): FileRow[] {
  return parse(readFileSync(join(__dirname, "..", "..", "data", file)), { columns: true, bom: true });
}

/** How many there are for each key, the most first; equal ones by the key, in the order of code points. */
export function tally(keys: readonly (string | null)[]): [string | null, number][] {
  const counts = new Map<string | null, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const place = (key: string | null): string => key ?? "";
  return [...counts].sort(
    ([one, ones], [other, others]) =>
      others - ones || (place(one) < place(other) ? -1 : place(one) > place(other) ? 1 : 0),
  );
}

/** Whether a designation of the files is in force on a day; where only the year is known, from its first day on. */
export function isInForce(designation: FileRow, day: string): boolean {
  const since = designation.designated_on || designation.year!;
  const until = designation.ended_on ?? "";
  const firstDay = (date: string): string => (date + "-01-01").slice(0, 10);
  return firstDay(since) <= day && (until === "" || firstDay(until) > day);
}

/** The slugs of the cities that the files have as members of a partner network, those that joined by a year. */
export function membersOf(network: string, year = 9999): Set<string> {
  const rows = referenceRows("network-members.csv").filter(
    (row) => row.network_slug === network && (row.since_year === "" || Number(row.since_year) <= year),
  );
  return new Set(rows.map((row) => row.city_slug!));
}
