// What a reason says in one sentence, for an officer of a city.
import { areaOfAction } from "../../registry/mission";
import type { PlainReason } from "../graph/suggestions/reasons";
import { type AnyRecord, titleOf } from "./any-record";

/** Whom a reason is about. */
export interface Sides {
  /** who asks, or who posted the opportunity */
  asker: AnyRecord;
  partner: AnyRecord;
}

const REGION_NAMES: Readonly<Record<string, string>> = {
  AFRICA: "Africa",
  ARAB_STATES: "the Arab States",
  ASIA_AND_THE_PACIFIC: "Asia and the Pacific",
  EUROPE_AND_NORTH_AMERICA: "Europe and North America",
  LATIN_AMERICA_AND_THE_CARIBBEAN: "Latin America and the Caribbean",
};

/** How many are named before the rest is counted. */
const NAMED_AT_MOST = 3;

/**
 * @param rows the reason's evidence, as far as it is still there
 * @returns such as "Kraków and Prague both worked with Heidelberg, Barcelona, Granada and 2 more."
 */
export function reasonSentence(reason: PlainReason, { asker, partner }: Sides, rows: readonly AnyRecord[]): string {
  const it = titleOf(partner);
  const both = `${titleOf(asker)} and ${it}`;
  switch (reason.kind) {
    case "COMMON_PARTNERS":
      return `${both} both worked with ${listed(rows.map(titleOf), reason.count)}.`;
    case "SHARED_FIELD":
      return `${both} are both Creative Cities of ${listed(rows.map(titleOf))}.`;
    case "COMPLEMENTARY_FIELD":
      return `${listed(rows.map(titleOf))} met in ${reason.count} projects or the like: ${it} brings in the other field.`;
    case "SHARED_GOALS":
      return `Both ${titleOf(asker)} and ${it} work for ${goals(rows)}.`;
    case "SHARED_AREAS":
      return `Both ${titleOf(asker)} and ${it} are active in ${areas(reason)}; ${it} with ${quoted(rows, reason.count)}.`;
    case "SHARED_NETWORK":
      return `${both} are both members of ${listed(rows.map(titleOf), reason.count)}.`;
    case "SHARED_REGION":
      return rows.length < 2
        ? `${both} both lie in ${listed(rows.map(titleOf))}.`
        : `${both} lie in one of UNESCO's regions, ${REGION_NAMES[String(rows[0]?.region)] ?? ""}.`;
    case "EXPERIENCE":
      return `${it} has worked with others before: in ${quoted(rows, reason.count)}.`;
    case "UNDERSERVED_REGION":
      return `${it} lies in the Global South, the network's priority, and ${worked(reason.count)}.`;
    case "WISHED_FIELD":
      return `${it} is a Creative City of ${listed(rows.map(titleOf))}, which the opportunity is about.`;
    case "WISHED_GOALS":
      return `${it} works for ${goals(rows)}, which the opportunity is meant to serve.`;
    case "WISHED_AREAS":
      return `${it} is active in ${areas(reason)}, as the opportunity asks for: ${quoted(rows, reason.count)}.`;
  }
}

/** The first few, and how many there are besides. @param count of all, where not all are given */
function listed(names: readonly string[], count: number = names.length): string {
  const named = names.slice(0, NAMED_AT_MOST);
  const more = count - named.length;
  const all = more > 0 ? [...named, `${more} more`] : named;
  const last = all.at(-1) ?? "";
  return all.length < 2 ? last : `${all.slice(0, -1).join(", ")} and ${last}`;
}

function quoted(rows: readonly AnyRecord[], count: number): string {
  return listed(
    rows.map((row) => `“${titleOf(row)}”`),
    count,
  );
}

function goals(rows: readonly AnyRecord[]): string {
  const numbered = [...rows].sort((a, b) => Number(a.number) - Number(b.number));
  return listed(numbered.map((row) => `goal ${String(row.number)} (${titleOf(row)})`));
}

/** The areas in words, in the order in which the network's mission names them. */
function areas(reason: PlainReason): string {
  const inOrder = Object.keys(areaOfAction.values).filter((area) => reason.areas.includes(area));
  return listed(inOrder.map((area) => area.toLowerCase().replaceAll("_", " ")));
}

function worked(works: number): string {
  if (works === 0) return "no work with others is recorded of it yet";
  return works === 1
    ? "only one work with others is recorded of it yet"
    : `${works} works with others are recorded of it`;
}
