// The lifecycle of a monitoring report: a city writes and submits it, the Secretariat accepts it or gives it back.
import { nextState, refuse, type Lifecycle, type NoFacts, type Outcome } from "../kernel/lifecycle";

export type ReportState = "DRAFT" | "SUBMITTED" | "ACCEPTED";

/** What happens to a report: the city submits it, the Secretariat accepts it or returns it to be written further. */
interface Events {
  submit: NoFacts;
  accept: NoFacts;
  return: NoFacts;
}
export type ReportEvent = keyof Events;

const ACCEPTED_ALREADY = refuse("the report was accepted, and stays so: the next one is a report of its own");
const NOT_SUBMITTED = refuse("the report is a draft: the city must submit it first");

const lifecycle: Lifecycle<ReportState, Events> = {
  DRAFT: { submit: "SUBMITTED", accept: NOT_SUBMITTED, return: NOT_SUBMITTED },
  SUBMITTED: {
    submit: refuse("the report has been submitted already: to go on writing, ask the Secretariat to return it"),
    accept: "ACCEPTED",
    return: "DRAFT",
  },
  ACCEPTED: { submit: ACCEPTED_ALREADY, accept: ACCEPTED_ALREADY, return: ACCEPTED_ALREADY },
};

/** Where an event leads a report, or why not. A report that is returned is a draft again: it has no submission. */
export function nextReportState<Event extends ReportEvent>(
  state: ReportState,
  event: Event,
  facts: Events[Event],
): Outcome<ReportState> {
  return nextState(lifecycle, state, event, facts);
}

/** Whether a report may be begun. @param facts the day on which the city's next one is due; null for no member of today */
export function reportDraftable(facts: { nextReportDue: string | null }): Outcome<"DRAFT"> {
  return facts.nextReportDue === null
    ? refuse("no report falls due for the city, because it is no member today: only members report")
    : "DRAFT";
}
