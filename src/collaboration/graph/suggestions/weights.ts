// How much each reason of a suggestion weighs. Fitted by `ccg evaluate-suggestions`; docs/suggestions.md says how, and what came of it.

/** Why a partner may be suggested. */
export const REASON_KINDS = [
  "COMMON_PARTNERS",
  "SHARED_FIELD",
  "COMPLEMENTARY_FIELD",
  "SHARED_GOALS",
  "SHARED_AREAS",
  "SHARED_NETWORK",
  "SHARED_REGION",
  "EXPERIENCE",
  "UNDERSERVED_REGION",
  "WISHED_FIELD",
  "WISHED_GOALS",
  "WISHED_AREAS",
] as const;

export type ReasonKind = (typeof REASON_KINDS)[number];

export type Weights = Readonly<Record<ReasonKind, number>>;

export const WEIGHTS: Weights = {
  /** times ln(1 + the Adamic-Adar sum over the common partners) */
  COMMON_PARTNERS: 0.5,
  /** once, however many fields they share */
  SHARED_FIELD: 1,
  /** times how close the closest two of their fields are, from 0 to 1 */
  COMPLEMENTARY_FIELD: 0.5,
  /** times how alike their goals are, from 0 to 1, rare goals counting more */
  SHARED_GOALS: 0.2,
  /** the same of areas of action */
  SHARED_AREAS: 0.2,
  /** times the sum of 1 / ln(members) over the networks that both are in */
  SHARED_NETWORK: 0.5,
  /** once */
  SHARED_REGION: 0.5,
  /** times ln(1 + works with others), of which each counts half after five years: see Profiles.experience */
  EXPERIENCE: 0.75,
  /** by 1 + ln(1 + works with others) */
  UNDERSERVED_REGION: 0.1,
  /** in the place of SHARED_FIELD, SHARED_GOALS and SHARED_AREAS where an opportunity says what it wants */
  WISHED_FIELD: 2,
  WISHED_GOALS: 1,
  WISHED_AREAS: 0.5,
};
