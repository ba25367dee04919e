// The lifecycle of an expert's mission: the host city requests it, and it is agreed to and completed, or not.
import { firstDay } from "../kernel/dates";
import { nextState, refuse, type Lifecycle, type NoFacts, type Outcome } from "../kernel/lifecycle";

export type MissionState = "REQUESTED" | "AGREED" | "COMPLETED" | "DECLINED" | "CANCELLED";

/** When it begins, a partial date or null where that is not known, and the day that it is asked on. */
export interface BeginningFacts {
  startsOn: string | null;
  today: string;
}

/** What happens to a mission: whoever lends the expert agrees and declines; it is completed, or given up before. */
interface Events {
  agree: NoFacts;
  decline: NoFacts;
  complete: BeginningFacts;
  cancel: NoFacts;
}
export type MissionEvent = keyof Events;

const IS_COMPLETED = refuse("the mission is completed, and stays so: request another one");
const IS_DECLINED = refuse("the mission was declined, and stays so: request another one");
const IS_CANCELLED = refuse("the mission was cancelled, and stays so: request another one");

const lifecycle: Lifecycle<MissionState, Events> = {
  REQUESTED: {
    agree: "AGREED",
    decline: "DECLINED",
    complete: refuse("the mission is only requested: it must be agreed to first"),
    cancel: "CANCELLED",
  },
  AGREED: {
    agree: refuse("the mission is agreed to already"),
    decline: refuse("the mission is agreed to: cancel it instead"),
    complete: ({ startsOn, today }) =>
      startsOn !== null && today < firstDay(startsOn)
        ? refuse(`the mission has not begun: it starts on ${startsOn}, so complete it then, or correct startsOn`)
        : "COMPLETED",
    cancel: "CANCELLED",
  },
  COMPLETED: {
    agree: IS_COMPLETED,
    decline: IS_COMPLETED,
    complete: refuse("the mission has been completed already"),
    cancel: IS_COMPLETED,
  },
  DECLINED: {
    agree: IS_DECLINED,
    decline: refuse("the mission has been declined already"),
    complete: IS_DECLINED,
    cancel: IS_DECLINED,
  },
  CANCELLED: {
    agree: IS_CANCELLED,
    decline: IS_CANCELLED,
    complete: IS_CANCELLED,
    cancel: refuse("the mission has been cancelled already"),
  },
};

/** Where an event leads a mission, or why not. One that has begun, or whose beginning is not known, may be completed. */
export function nextMissionState<Event extends MissionEvent>(
  state: MissionState,
  event: Event,
  facts: Events[Event],
): Outcome<MissionState> {
  return nextState(lifecycle, state, event, facts);
}
