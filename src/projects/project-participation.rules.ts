// The lifecycle of a part in a project: somebody is invited, accepts or declines, and may leave and be invited again.
import { nextState, refuse, type Lifecycle, type NoFacts, type Outcome } from "../kernel/lifecycle";
import { takesParts, type ProjectState } from "./project.rules";

export type ParticipationState = "INVITED" | "ACCEPTED" | "DECLINED" | "LEFT";

/** How far the project is. */
export interface ProjectFacts {
  project: ProjectState;
}

/** What happens to a part: the project's side invites, the partner does the rest. */
interface Events {
  invite: ProjectFacts;
  accept: ProjectFacts;
  decline: NoFacts;
  leave: { role: "LEAD" | "PARTNER" };
}
export type ParticipationEvent = keyof Events;

function whileTaken<State extends ParticipationState>(state: State, { project }: ProjectFacts): Outcome<State> {
  if (takesParts(project)) return state;
  return refuse(`the project is ${project.toLowerCase()} and takes no new parts: reopen it first`);
}

const again = (facts: ProjectFacts): Outcome<"INVITED"> => whileTaken("INVITED", facts);

const lifecycle: Lifecycle<ParticipationState, Events> = {
  INVITED: {
    invite: refuse("the partner is invited already and has not answered: wait for the answer"),
    accept: (facts) => whileTaken("ACCEPTED", facts),
    decline: "DECLINED",
    leave: refuse("the invitation has not been accepted: decline it instead"),
  },
  ACCEPTED: {
    invite: refuse("the partner takes part already"),
    accept: refuse("the invitation has been accepted already"),
    decline: refuse("the invitation has been accepted: leave the project instead"),
    leave: ({ role }) =>
      role === "LEAD"
        ? refuse("the lead cannot leave the project: hand the lead over to another partner first")
        : "LEFT",
  },
  DECLINED: {
    invite: again,
    accept: refuse("the invitation was declined: ask to be invited again"),
    decline: refuse("the invitation has been declined already"),
    leave: refuse("the invitation was declined, so there is no part to leave"),
  },
  LEFT: {
    invite: again,
    accept: refuse("the partner left the project: ask to be invited again"),
    decline: refuse("the partner left the project, and has no invitation to decline"),
    leave: refuse("the partner has left the project already"),
  },
};

/** Where an event leads a part, or why not. A finished or cancelled project takes no new parts, but lets everybody go. */
export function nextParticipationState<Event extends ParticipationEvent>(
  state: ParticipationState,
  event: Event,
  facts: Events[Event],
): Outcome<ParticipationState> {
  return nextState(lifecycle, state, event, facts);
}

/** Whether somebody may be invited who has had no part in the project yet. */
export function firstInvitation(facts: ProjectFacts): Outcome<"INVITED"> {
  return again(facts);
}
