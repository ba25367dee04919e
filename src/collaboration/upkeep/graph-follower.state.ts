// When the follower of the log reads, rests and gives up, as a table.
//
//            wanted                read, and nothing newer is wanted
//   idle ────────────▶ reading ──────────────────────────────────────▶ idle
//    ▲                 │     ▲
//    │        failed,  │     │ alarm, and something
//    │  or read, but   │     │ is wanted
//    │ nothing newer   ▼     │
//    └─────────────── resting             any ── close ──▶ closed
//   alarm, and nothing is wanted
//
// In all states those who want a revision get the graph once it is that new, and are told that it is late where their time has passed.
import type { Machine, Next, Transitions } from "../../kernel/transitions";
import type { GraphRevision } from "../graph/snapshot";

export type FollowerState = "idle" | "reading" | "resting" | "closed";

/** That somebody wants the graph to be as new as a revision. */
export interface Want {
  /** a want with the same id is replaced */
  id: number;
  revision: GraphRevision;
  /** when it is too late; Infinity for never */
  until: number;
}

export interface FollowerData {
  /** how new the graph is; undefined where there is none */
  at: GraphRevision | undefined;
  wants: readonly Want[];
  /** when it goes on, while it rests */
  restsUntil: number;
  /** how long it rests after a failure */
  retryMs: number;
}

/** Events with their facts: `at` is how new the graph is now. */
export interface FollowerEvents {
  wanted: Want;
  read: { at: GraphRevision };
  failed: { at: GraphRevision | undefined; error: unknown };
  /** the time is come that alarmOf() says */
  alarm: Readonly<Record<string, never>>;
  close: Readonly<Record<string, never>>;
}

export type FollowerEffect =
  /** read what is newer than the graph */
  | { do: "read" }
  | { do: "report"; error: unknown }
  /** give the graph to who wants it, or say that it is late */
  | { do: "give" | "refuse"; id: number };

type FollowerNext = Next<FollowerState, FollowerData, FollowerEffect>;

/** How long it waits for a database that is behind what others were told. */
export const BEHIND_MS = 20;

export function newFollower(retryMs: number): Machine<FollowerState, FollowerData> {
  return { state: "idle", data: { at: undefined, wants: [], restsUntil: 0, retryMs } };
}

/** When the next alarm is due; Infinity for never. */
export function alarmOf({ state, data }: Machine<FollowerState, FollowerData>): number {
  return Math.min(state === "resting" ? data.restsUntil : Infinity, ...data.wants.map(({ until }) => until));
}

/** Whether a graph is at least as new as a revision. */
export function isAsNew(at: GraphRevision | undefined, wanted: GraphRevision): boolean {
  return at?.epoch === wanted.epoch && BigInt(at.revision) >= BigInt(wanted.revision);
}

/** Gives the graph to who wants one as new as it is, refuses whose time has passed, and goes to a state with the others. */
function settle(
  data: FollowerData,
  now: number,
  then: (left: FollowerData) => Pick<FollowerNext, "state"> & Partial<FollowerNext>,
): FollowerNext {
  const effects = data.wants.flatMap(({ id, revision, until }): FollowerEffect[] => {
    if (isAsNew(data.at, revision)) return [{ do: "give", id }];
    return until <= now ? [{ do: "refuse", id }] : [];
  });
  const wants = data.wants.filter(({ revision, until }) => !isAsNew(data.at, revision) && until > now);
  const left = { ...data, wants };
  const next = then(left);
  return { data: left, ...next, effects: [...effects, ...(next.effects ?? [])] };
}

const withWant = (data: FollowerData, want: Want): FollowerData => ({
  ...data,
  wants: [...data.wants.filter(({ id }) => id !== want.id), want],
});

const READ: FollowerEffect = { do: "read" };

const readIfWanted = ({ wants }: FollowerData): Pick<FollowerNext, "state" | "effects"> =>
  wants.length === 0 ? { state: "idle", effects: [] } : { state: "reading", effects: [READ] };

const rest = (data: FollowerData, until: number): Pick<FollowerNext, "state" | "data"> => ({
  state: "resting",
  data: { ...data, restsUntil: until },
});

function afterReading(data: FollowerData, at: GraphRevision, now: number): FollowerNext {
  const isNewer = data.at?.epoch !== at.epoch || data.at.revision !== at.revision;
  return settle({ ...data, at }, now, (left) =>
    left.wants.length === 0 || isNewer ? readIfWanted(left) : rest(left, now + BEHIND_MS),
  );
}

const close = (data: FollowerData): FollowerNext => settle(data, Infinity, () => ({ state: "closed" }));

/** What ends a reading comes while one is under way; in another state it says only how new the graph is. */
const stay =
  (state: FollowerState) =>
  (data: FollowerData, facts: { at?: GraphRevision | undefined }, now: number): FollowerNext =>
    settle("at" in facts ? { ...data, at: facts.at } : data, now, () => ({ state }));

export const FOLLOWER: Transitions<FollowerState, FollowerData, FollowerEvents, FollowerEffect> = {
  idle: {
    wanted: (data, want, now) => settle(withWant(data, want), now, readIfWanted),
    read: stay("idle"),
    failed: stay("idle"),
    alarm: stay("idle"),
    close,
  },
  reading: {
    wanted: (data, want, now) => settle(withWant(data, want), now, () => ({ state: "reading" })),
    read: (data, { at }, now) => afterReading(data, at, now),
    failed: (data, { at, error }, now) =>
      settle({ ...data, at }, now, (left) => ({
        ...rest(left, now + data.retryMs),
        effects: [{ do: "report", error }],
      })),
    alarm: stay("reading"),
    close,
  },
  resting: {
    wanted: (data, want, now) => settle(withWant(data, want), now, () => ({ state: "resting" })),
    read: stay("resting"),
    failed: stay("resting"),
    alarm: (data, _facts, now) =>
      settle(data, now, (left) => (now < data.restsUntil ? { state: "resting" } : readIfWanted(left))),
    close,
  },
  closed: {
    wanted: (data, want) => close(withWant(data, want)),
    read: stay("closed"),
    failed: stay("closed"),
    alarm: stay("closed"),
    close,
  },
};
