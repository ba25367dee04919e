// What questions of the graph take, in the unit of graph/prices/units.ts. They are told from how many parts in projects and members of
// networks there are, because those are most of the graph; the numbers are measured by bench/cost.mjs.
import type { Sizes } from "../../database/read/sizes";
import { STATEMENT } from "../../graph/prices/units";

/** A link in an answer: made up, with the records at its ends. */
export const LINK_PRICE = 8;

/** Whom a partner is linked to: at worst everybody in the largest project and in the largest network. */
export function walkPrice(sizes: Sizes): number {
  return (
    5 + 0.04 * (mostOf(sizes, "project_participation", "projectId") + mostOf(sizes, "network_member", "networkId"))
  );
}

/** A neighbourhood is bounded by the links in it, however large the graph is. */
export function neighbourhoodPrice(sizes: Sizes): number {
  return 2 * STATEMENT + Math.min(15_000, 500 + 0.2 * rowsOf(sizes, "project_participation"));
}

export function pathsPrice(sizes: Sizes, limit: number): number {
  return 2 * STATEMENT + Math.min(1_500, 50 + 0.02 * rowsOf(sizes, "project_participation")) * limit;
}

/** The strongest links are computed in a thread of its own, and kept for those who ask for the same. */
export function wholeGraphPrice(sizes: Sizes): number {
  return 500 + 0.15 * (rowsOf(sizes, "project_participation") + rowsOf(sizes, "network_member"));
}

/** One pass over all partners, and over what the best of them share with the one who asks. */
export function suggestionsPrice(sizes: Sizes): number {
  return 20 + 0.12 * (rowsOf(sizes, "city") + rowsOf(sizes, "network") + rowsOf(sizes, "organization"));
}

function rowsOf(sizes: Sizes, table: string): number {
  return sizes[table]?.rows ?? 0;
}

function mostOf(sizes: Sizes, table: string, key: string): number {
  return sizes[table]?.most[key] ?? 0;
}
