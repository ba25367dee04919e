// What came to the database after a graph: the changes in the log, or everything, where those are too many or the epoch is another.
// It is read beside writers, statement by statement, so a part may be newer than the revision that it is said to be of; never older.
import type { Session } from "../../database/database";
import { afterRevision, changesAfter, type LogPosition, type RecordChange } from "../../database/read/changes";
import { readRevision, type RevisionState } from "../../database/read/revision";
import type { AffiliationGraph } from "../graph/affiliation-graph";
import type { GraphSnapshot } from "../graph/snapshot";
import { takeInChange } from "../graph/take-in";
import { AFFILIATION_SOURCES } from "../kinds";
import { readMovedAffiliations } from "./read-affiliations";
import { readGraph } from "./read-graph";
import { readChangedInterests } from "./read-interests";
import { readChangedTraits, TRAITS_OF } from "./read-traits";

const CHANGES_AT_ONCE = 2_000;
/** Of more changes than these, everything is read anew, which is quicker. */
const CHANGES_FOLLOWED = 50_000;

const TYPES = [
  ...new Set([...TRAITS_OF, ...AFFILIATION_SOURCES.flatMap(({ movers }) => movers.map(({ of }) => of.name))]),
];

/** The graph as it is now, once what was read is taken in. */
export interface Newer {
  state: RevisionState;
  /** whether something of the graph is another */
  isChanged: boolean;
  /** Takes in what was read, at once, so that nobody sees a half of it. A graph that is left half taken in, by an error, is of no use. */
  takeIn: () => AffiliationGraph;
}

/** @param pause is awaited now and then where everything is read, to let others have their turn; throws to end it */
export async function readNewer(
  session: Session,
  snapshot: GraphSnapshot | undefined,
  pause: () => Promise<unknown>,
): Promise<Newer> {
  const state = await readRevision(session);
  const changes = snapshot?.state.epoch === state.epoch ? await changesUpTo(session, snapshot.state, state) : undefined;
  if (snapshot === undefined || changes === undefined) {
    const graph = await readGraph(session, pause);
    return { state, isChanged: true, takeIn: () => graph };
  }
  const { graph } = snapshot;
  const read = [
    ...(await readChangedTraits(session, changes)),
    ...(await readMovedAffiliations(session, changes)),
    ...(await readChangedInterests(session, changes)),
  ];
  const takeIn = (): AffiliationGraph => {
    for (const change of read) takeInChange(graph, change);
    return graph;
  };
  return { state, isChanged: read.length > 0, takeIn };
}

/** The changes after a revision up to another; undefined where they are too many to follow. */
async function changesUpTo(
  session: Session,
  { revision }: RevisionState,
  upTo: RevisionState,
): Promise<RecordChange[] | undefined> {
  if (revision === upTo.revision) return [];
  const changes: RecordChange[] = [];
  let after: LogPosition | undefined = afterRevision(revision);
  while (after !== undefined) {
    const page: RecordChange[] = await changesAfter(session, after, upTo.revision, TYPES, CHANGES_AT_ONCE);
    changes.push(...page);
    if (changes.length > CHANGES_FOLLOWED) return undefined;
    after = page.length < CHANGES_AT_ONCE ? undefined : page.at(-1);
  }
  return changes;
}
