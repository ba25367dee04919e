// The kinds of affiliations that the graph tells apart: what the shared records are. Where their rows come from is said in ../kinds.ts.

interface KindOfAffiliation {
  name: string;
  /** what a missing day means: today for what holds for a time, any time for what was done */
  dayByDefault: "today" | "anyTime";
  /** whether partners worked together in it; being in the same network, or bound by an agreement, is no work yet */
  isWork: boolean;
}

/** The kinds that link partners. */
export const LINK_KINDS = [
  { name: "PROJECT", dayByDefault: "anyTime", isWork: true },
  { name: "NETWORK", dayByDefault: "today", isWork: false },
  { name: "AGREEMENT", dayByDefault: "today", isWork: false },
  { name: "PRACTICE", dayByDefault: "anyTime", isWork: true },
  { name: "EXPERT_MISSION", dayByDefault: "anyTime", isWork: true },
  { name: "MEETING", dayByDefault: "anyTime", isWork: true },
] as const satisfies readonly KindOfAffiliation[];

export type LinkKindName = (typeof LINK_KINDS)[number]["name"];

/** All kinds, each known by its place in this list. A designation links nobody, but filters and suggestions ask for it. */
export const AFFILIATION_KINDS = [
  ...LINK_KINDS,
  { name: "DESIGNATION", dayByDefault: "today", isWork: false },
] as const satisfies readonly KindOfAffiliation[];

export type AffiliationKindName = (typeof AFFILIATION_KINDS)[number]["name"];

/** The place of a kind in the list: what the graph knows it by. */
export function kindPlaceOf(name: AffiliationKindName): number {
  return AFFILIATION_KINDS.findIndex((kind) => kind.name === name);
}

export const DESIGNATION_KIND = kindPlaceOf("DESIGNATION");
