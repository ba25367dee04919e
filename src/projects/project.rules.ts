// The lifecycle of a project.
import { nextState, refuse, type Lifecycle, type NoFacts, type Outcome } from "../kernel/lifecycle";

export type ProjectState = "PROPOSED" | "ACTIVE" | "COMPLETED" | "CANCELLED";

/** What happens to a project. */
interface Events {
  start: NoFacts;
  complete: NoFacts;
  cancel: NoFacts;
  reopen: NoFacts;
}
export type ProjectEvent = keyof Events;

const CLOSED: readonly ProjectState[] = ["COMPLETED", "CANCELLED"];

const NOT_CLOSED = refuse("the project is neither completed nor cancelled, so there is nothing to reopen");
const IS_COMPLETED = refuse("the project is completed: reopen it first");
const IS_CANCELLED = refuse("the project was cancelled: reopen it first");

const lifecycle: Lifecycle<ProjectState, Events> = {
  PROPOSED: {
    start: "ACTIVE",
    complete: refuse("the project has not begun: start it first, or cancel it"),
    cancel: "CANCELLED",
    reopen: NOT_CLOSED,
  },
  ACTIVE: {
    start: refuse("the project is under way already"),
    complete: "COMPLETED",
    cancel: "CANCELLED",
    reopen: NOT_CLOSED,
  },
  COMPLETED: {
    start: IS_COMPLETED,
    complete: refuse("the project is completed already"),
    cancel: IS_COMPLETED,
    reopen: "ACTIVE",
  },
  // Nothing says whether it had begun when it was given up, so it is a plan again, and is started like one.
  CANCELLED: {
    start: IS_CANCELLED,
    complete: IS_CANCELLED,
    cancel: refuse("the project is cancelled already"),
    reopen: "PROPOSED",
  },
};

/** Where an event leads a project, or why not. A completed one is reopened as ACTIVE, a cancelled one as PROPOSED. */
export function nextProjectState<Event extends ProjectEvent>(
  state: ProjectState,
  event: Event,
  facts: Events[Event],
): Outcome<ProjectState> {
  return nextState(lifecycle, state, event, facts);
}

/** Whether a project takes new parts: completed and cancelled ones do not. */
export function takesParts(state: ProjectState): boolean {
  return !CLOSED.includes(state);
}
