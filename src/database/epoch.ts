// The epoch outside of which a revision means nothing. A database that was restored may lack changes whose revisions
// were given out already: it must not give the same numbers again for others. A row that a dump brings along has an epoch of
// its own; copies of files and of whole databases are found by where the counter counts, and by what is known of it.
import sql, { type Sql } from "sql-template-tag";
import type { Session } from "./database";
import type { RevisionState } from "./read/revision";

/** What the counter itself says. */
export interface CounterState extends RevisionState {
  /** when the revision was minted */
  mintedAt: string;
}

/** What a process knows: the newest revision, whoever told it, and what the counter said last. */
export interface KnownOfCounter {
  newest: RevisionState;
  seen: CounterState;
}

/**
 * The counter, which begins a new epoch first where it is another database's, or does not go on from what is known. One
 * statement where nothing is new, another one where the revision is.
 * @throws where the database cannot be asked
 */
export async function askCounter(session: Session, known?: KnownOfCounter): Promise<CounterState> {
  const found = await readCounter(session);
  if (found.isHome && (await goesOn(session, found, known))) return stateOf(found);
  // Whoever finds it first begins the epoch; an answer that was only late is found out under the counter's lock. Where the
  // database takes no writes at the moment, that is left to whoever asks next.
  await settle(session, known).catch(() => undefined);
  return stateOf(await readCounter(session));
}

/**
 * To be called at start, when the migrations are applied. A copy into another cluster or database is noticed, and a server
 * that was promoted or recovered to a point in time; a server's data directory that was put back is not.
 * @returns whether a new epoch began
 */
export function beginEpochIfRestored(session: Session): Promise<boolean> {
  return settle(session);
}

/** Begins a new epoch whatever is known. @returns it */
export async function beginEpoch(session: Session): Promise<string> {
  const [row] = await session.query<{ epoch: string }>(sql`SELECT begin_epoch() AS epoch`);
  if (row === undefined) throw new Error("no epoch began");
  return row.epoch;
}

async function settle(session: Session, known?: KnownOfCounter): Promise<boolean> {
  const [row] = await session.query<{ isNew: boolean }>(sql`SELECT settle_epoch(${argumentsOf(known)}) AS "isNew"`);
  return row?.isNew === true;
}

interface FoundCounter extends CounterState {
  isHome: boolean;
}

async function readCounter(session: Session): Promise<FoundCounter> {
  const [row] = await session.query<FoundCounter>(sql`
    SELECT epoch, revision, minted_at AS "mintedAt",
      CASE WHEN pg_is_in_recovery() THEN true ELSE home IS NOT DISTINCT FROM counter_home(tableoid) END AS "isHome"
    FROM revision_counter`);
  if (row === undefined) throw new Error("the revision counter is gone");
  return row;
}

/** As counter_goes_on() has it, which is asked where the log must tell; not where what was found is of an epoch that ended meanwhile. */
async function goesOn(session: Session, found: CounterState, known?: KnownOfCounter): Promise<boolean> {
  if (known?.newest.epoch !== found.epoch) return true;
  if (BigInt(found.revision) < BigInt(known.newest.revision)) return false;
  const { seen } = known;
  if (seen.epoch === found.epoch && seen.revision === found.revision) return seen.mintedAt === found.mintedAt;
  const [row] = await session.query<{ goesOn: boolean }>(sql`
    SELECT epoch = ${found.epoch}::uuid AND counter_goes_on(${argumentsOf(known)}) AS "goesOn" FROM revision_counter`);
  return row?.goesOn === true;
}

// What the counter said in another epoch says nothing of this one.
function argumentsOf(known?: KnownOfCounter): Sql {
  const newest = known?.newest;
  const seen = known?.seen.epoch === newest?.epoch ? known?.seen : undefined;
  return sql`${newest?.epoch ?? null}::uuid, ${newest?.revision ?? null}::int8,
    ${seen?.revision ?? null}::int8, ${seen?.mintedAt ?? null}::timestamptz`;
}

function stateOf({ epoch, revision, mintedAt }: FoundCounter): CounterState {
  return { epoch, revision, mintedAt };
}
