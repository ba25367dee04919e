// What statistics take, in the unit of graph/prices/units.ts: each is a statement over all rows of some tables, so it is told from how many
// these have. The numbers are measured by bench/cost.mjs.
import type { RecordType } from "../database/declare/record-type";
import type { Sizes } from "../database/read/sizes";
import type { FieldPrice } from "../graph/prices/asked";
import { FilterPrice } from "../graph/prices/filter-price";
import { STATEMENT } from "../graph/prices/units";

/** How many groups a grouped statistic usually has: a country or a field each, and seldom a hundred. */
export const GROUPS_USUALLY = 100;

/** For each row of the tables that it reads, what a statistic takes. */
export type PerRow = Readonly<Record<string, number>>;

export function rowsPrice(sizes: Sizes, perRow: PerRow): number {
  return Object.entries(perRow).reduce((sum, [table, price]) => sum + price * (sizes[table]?.rows ?? 0), STATEMENT);
}

/** @param filtered the type whose filter the statistic takes, asked of all of its rows */
export function statisticPrice(perRow: PerRow, filtered?: RecordType): FieldPrice {
  return ({ args, times, sizes, catalogue }) => {
    const own = rowsPrice(sizes, perRow);
    if (filtered === undefined) return own * times;
    return own + new FilterPrice(catalogue, sizes).ofListed(filtered, args.filter, sizes[filtered.table]?.rows ?? 0);
  };
}
