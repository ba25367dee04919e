// The lifecycle of a designation: in force until it ends, by a change of field or because the city leaves.
import { firstDay } from "../kernel/dates";
import { nextState, refuse, type Lifecycle, type Outcome } from "../kernel/lifecycle";

/** Not stored: it follows from whether an end is recorded, whatever day it is. */
export type DesignationState = "IN_FORCE" | "ENDED";

/** Since when it is in force, and the first day on which it is to be no longer: partial dates. */
export interface EndFacts {
  designatedOn: string;
  on: string;
}

/** The same, and whether the new field is the one that the designation has. */
export interface FieldFacts extends EndFacts {
  sameField: boolean;
}

/**
 * What happens to a designation: the city leaves, or it changes its field. A change ends the designation on a day
 * and begins another one on the same day, so that the city stays a member.
 */
interface Events {
  leave: EndFacts;
  changeField: FieldFacts;
}
export type DesignationEvent = keyof Events;

function endedOn({ designatedOn, on }: EndFacts): Outcome<"ENDED"> {
  return firstDay(on) < firstDay(designatedOn)
    ? refuse(`a designation of ${designatedOn} cannot end on ${on}, before it began: give a later date`)
    : "ENDED";
}

const ENDED_ALREADY = refuse("the designation has ended: take the one that is in force");

const lifecycle: Lifecycle<DesignationState, Events> = {
  IN_FORCE: {
    leave: endedOn,
    changeField: (facts) =>
      facts.sameField ? refuse("the designation is in this field already: give another one") : endedOn(facts),
  },
  ENDED: { leave: ENDED_ALREADY, changeField: ENDED_ALREADY },
};

/** What the dates of a designation say of it. @param endedOn the first day no longer in force; null while none is known */
export function designationState({ endedOn }: { endedOn: string | null }): DesignationState {
  return endedOn === null ? "IN_FORCE" : "ENDED";
}

/**
 * Where an event leads a designation, or why not. Dates compare by their first day, so that one of 2019 may end in
 * 2019, on 2019-01 or on 2019-01-01, but not on 2018-12-31.
 */
export function nextDesignationState<Event extends DesignationEvent>(
  state: DesignationState,
  event: Event,
  facts: Events[Event],
): Outcome<DesignationState> {
  return nextState(lifecycle, state, event, facts);
}
