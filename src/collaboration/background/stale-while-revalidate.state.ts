// When a value that takes long to compute is computed anew, and who gets which meanwhile, as a table (stale-while-revalidate, as RFC 5861
// has it of HTTP caches).
//
//           asked for a newer value
//    idle ────────────────────────────▶ computing ──┐ computed, or failed, and a newer
//     ▲                                   │    ▲    │ value is asked for: once more
//     └───────────────────────────────────┘    └────┘
//       computed, or failed, and nobody asks
//
// In both states, whoever asked for what is there has it at once; others get it when it is computed, or the last one of the same epoch when
// they have waited for long, or when it cannot be computed.
import type { Machine, Next, Transitions } from "../../kernel/transitions";

export type CacheState = "idle" | "computing";

/** What a value is of. */
export interface Version {
  epoch: string;
  /** of the graph, in this process: a later one is greater */
  version: number;
  /** YYYY-MM-DD */
  day: string;
}

export interface Ask {
  id: number;
  of: Version;
}

interface OpenAsk extends Ask {
  /** when it has waited for long enough */
  until: number;
  /** whether the computation that is under way began after it */
  isServed: boolean;
}

export interface CacheData {
  /** what the value that is there is of */
  has: Version | undefined;
  asks: readonly OpenAsk[];
  /** how long an ask waits where there is no value of its epoch */
  waitFirstMs: number;
}

export interface CacheEvents {
  asked: Ask;
  computed: { of: Version };
  failed: { error: unknown };
  /** the time is come that alarmOf() says */
  alarm: Readonly<Record<string, never>>;
}

export type CacheEffect =
  | { do: "compute" }
  /** give the value that is there, say that none is ready, or say what failed */
  | { do: "give" | "refuse"; id: number }
  | { do: "fail"; id: number; error: unknown };

type CacheNext = Next<CacheState, CacheData, CacheEffect>;

/** How long an ask waits for a newer value before it gets the last one. */
export const WAIT_MS = 2_000;

export function newCache(waitFirstMs: number): Machine<CacheState, CacheData> {
  return { state: "idle", data: { has: undefined, asks: [], waitFirstMs } };
}

/** When the next alarm is due; Infinity for never. */
export function alarmOf({ data }: Pick<Machine<CacheState, CacheData>, "data">): number {
  return Math.min(Infinity, ...data.asks.map(({ until }) => until));
}

/** What was computed before the database was restored is no answer any more. */
const isOfEpoch = (has: Version | undefined, { epoch }: Version): boolean => has?.epoch === epoch;

const isAsNew = (has: Version | undefined, of: Version): boolean =>
  isOfEpoch(has, of) && has !== undefined && has.version >= of.version && has.day >= of.day;

/** Answers those that are not to wait any longer, and goes to a state with the others. */
function answer(
  data: CacheData,
  effectOf: (ask: OpenAsk) => CacheEffect | undefined,
  then: (left: CacheData) => Omit<CacheNext, "data"> & { data?: CacheData },
): CacheNext {
  const effects = data.asks.map(effectOf);
  const left = { ...data, asks: data.asks.filter((_ask, place) => effects[place] === undefined) };
  const next = then(left);
  return { data: left, ...next, effects: [...effects.filter((effect) => effect !== undefined), ...next.effects] };
}

const lastOrNone = ({ has }: CacheData, { id, of }: Ask): CacheEffect => ({
  do: isOfEpoch(has, of) ? "give" : "refuse",
  id,
});

/** What an ask gets that has not failed: the value where it is new enough, and the last one where it waited for long. */
const inTime =
  (data: CacheData, now: number) =>
  (ask: OpenAsk): CacheEffect | undefined => {
    if (isAsNew(data.has, ask.of)) return { do: "give", id: ask.id };
    return ask.until <= now ? lastOrNone(data, ask) : undefined;
  };

function withAsk(data: CacheData, ask: Ask, now: number): CacheData {
  const until = now + (isOfEpoch(data.has, ask.of) ? WAIT_MS : data.waitFirstMs);
  return { ...data, asks: [...data.asks, { ...ask, until, isServed: false }] };
}

/** Computes for all who ask. */
function computeIfAsked(data: CacheData): Omit<CacheNext, "data"> & { data: CacheData } {
  if (data.asks.length === 0) return { state: "idle", data, effects: [] };
  const asks = data.asks.map((ask) => ({ ...ask, isServed: true }));
  return { state: "computing", data: { ...data, asks }, effects: [{ do: "compute" }] };
}

const goOn = (state: CacheState) => () => ({ state, effects: [] });

export const CACHE: Transitions<CacheState, CacheData, CacheEvents, CacheEffect> = {
  idle: {
    asked: (data, ask, now) => {
      const asked = withAsk(data, ask, now);
      return answer(asked, inTime(asked, now), computeIfAsked);
    },
    // Nothing is under way that could end.
    computed: (data) => ({ state: "idle", data, effects: [] }),
    failed: (data) => ({ state: "idle", data, effects: [] }),
    alarm: (data, _facts, now) => answer(data, inTime(data, now), goOn("idle")),
  },
  computing: {
    asked: (data, ask, now) => {
      const asked = withAsk(data, ask, now);
      return answer(asked, inTime(asked, now), goOn("computing"));
    },
    computed: (data, { of }, now) => {
      const computed = { ...data, has: of };
      // Who asked before it began gets it whatever became of the graph since, so that nobody is computed for without an end.
      const effectOf = (ask: OpenAsk): CacheEffect | undefined =>
        ask.isServed ? lastOrNone(computed, ask) : inTime(computed, now)(ask);
      return answer(computed, effectOf, computeIfAsked);
    },
    failed: (data, { error }, now) =>
      answer(
        data,
        (ask) => {
          if (!ask.isServed) return inTime(data, now)(ask);
          // The last one is better than none.
          return isOfEpoch(data.has, ask.of) ? { do: "give", id: ask.id } : { do: "fail", id: ask.id, error };
        },
        computeIfAsked,
      ),
    alarm: (data, _facts, now) => answer(data, inTime(data, now), goOn("computing")),
  },
};
