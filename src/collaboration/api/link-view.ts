// Links as the graph shows them: with the records at their ends, and only with evidence that is still there. The graph in memory
// may be a moment ahead of what the request read before, and records may go a moment after.
import sql from "sql-template-tag";
import type { RequestContext } from "../../graph/context";
import { inParts } from "../../graph/portions";
import { LINK_KINDS, type LinkKindName } from "../graph/affiliation-kinds";
import type { Link } from "../graph/links";
import type { AffiliationGraph } from "../graph/affiliation-graph";
import { dateOfDay } from "../graph/memory/days";
import { strengthOf } from "../graph/strength";
import type { AnyRecord } from "./any-record";

export interface Evidence {
  /** the UUID of the record that both share */
  id: string;
  kind: LinkKindName;
  weight: number;
  since: string | null;
  until: string | null;
}

/** A link with ids, which stay right when the graph in memory is another. */
export interface PlainLink {
  sourceId: string;
  targetId: string;
  kinds: readonly LinkKindName[];
  strength: number;
  since: string | null;
  /** what adds most comes first */
  evidence: readonly Evidence[];
}

export interface LinkView extends PlainLink {
  source: AnyRecord;
  target: AnyRecord;
}

export function plainLink({ partners, records, affiliations }: AffiliationGraph, link: Link): PlainLink {
  return {
    sourceId: partners.idOf(link.source),
    targetId: partners.idOf(link.target),
    kinds: link.kinds,
    strength: link.strength,
    since: dateOfDay(link.since),
    evidence: link.evidence.map(({ record, weight, since, until }) => ({
      id: records.idOf(record),
      kind: kindNamed(affiliations.kindOf(record)),
      weight,
      since: dateOfDay(since),
      until: dateOfDay(until),
    })),
  };
}

function kindNamed(place: number): LinkKindName {
  const kind = LINK_KINDS[place];
  if (kind === undefined) throw new Error(`no kind of link has the place ${place}`);
  return kind.name;
}

/** How many records are asked for in one turn of the event loop. */
const AT_ONCE = 1_000;

/**
 * Each link with its records, at its place; undefined for one with an end that is gone, or whose evidence is. Four statements, and where
 * there are many records four for each thousand.
 */
export async function viewLinks(
  context: RequestContext,
  links: readonly PlainLink[],
): Promise<(LinkView | undefined)[]> {
  const evidence = new Set<string>();
  for (const link of links) for (const { id } of link.evidence) evidence.add(id);
  // Asked for at once with those of all lists of this level, each once.
  const there = await inParts([...evidence], AT_ONCE, async (id) => ((await context.load(isThereById, id)) ? id : ""));
  const { currentById } = context.records;
  const ends = await inParts(links, AT_ONCE, (link) =>
    Promise.all([currentById.load(link.sourceId), currentById.load(link.targetId)]),
  );
  const isThere = new Set(there);
  return links.map((link, i) => viewLink(link, ends[i] ?? [undefined, undefined], isThere));
}

function viewLink(
  link: PlainLink,
  [source, target]: readonly [AnyRecord | undefined, AnyRecord | undefined],
  there: ReadonlySet<string>,
): LinkView | undefined {
  if (source === undefined || target === undefined) return undefined;
  const evidence = link.evidence.filter(({ id }) => there.has(id));
  if (evidence.length === link.evidence.length) return { ...link, source, target };
  if (evidence.length === 0) return undefined;
  const days = evidence.map(({ since }) => since).filter((since) => since !== null);
  return {
    ...link,
    source,
    target,
    evidence,
    kinds: link.kinds.filter((kind) => evidence.some((item) => item.kind === kind)),
    strength: strengthOf(evidence.reduce((sum, { weight }) => sum + weight, 0)),
    since: days.sort()[0] ?? null,
  };
}

async function isThereById({ database }: RequestContext, ids: readonly string[]): Promise<boolean[]> {
  const rows = await database.query<{ id: string }>(sql`
    SELECT id FROM record WHERE id = ANY (${ids}::uuid[]) AND operation = 'UPSERT'`);
  const there = new Set(rows.map(({ id }) => id));
  return ids.map((id) => there.has(id));
}
