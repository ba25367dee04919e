import "reflect-metadata";
import { applicationStatus } from "../../../src/registry/application.record";
import { draftOpen, nextApplicationState, type CallFacts } from "../../../src/registry/application.rules";
import { expectRefusal, itIsALifecycle } from "../../support/lifecycles";

const call = { opensOn: "2026-11-20", closesOn: "2027-02-28" };
const on = (today: string): CallFacts => ({ call, today });

describe("the lifecycle of an application", () => {
  itIsALifecycle({
    states: Object.keys(applicationStatus.values),
    next: nextApplicationState,
    facts: { submit: on("2026-12-24"), withdraw: {}, evaluate: {}, designate: {}, refuse: {} },
    otherFacts: { submit: [on("2026-11-19"), on("2027-03-01")] },
    last: ["DESIGNATED", "NOT_DESIGNATED", "WITHDRAWN"],
    expected: {
      DRAFT: { submit: "SUBMITTED", withdraw: "WITHDRAWN", evaluate: null, designate: null, refuse: null },
      SUBMITTED: { submit: null, withdraw: "WITHDRAWN", evaluate: "UNDER_EVALUATION", designate: null, refuse: null },
      UNDER_EVALUATION: {
        submit: null,
        withdraw: "WITHDRAWN",
        evaluate: null,
        designate: "DESIGNATED",
        refuse: "NOT_DESIGNATED",
      },
      DESIGNATED: { submit: null, withdraw: null, evaluate: null, designate: null, refuse: null },
      NOT_DESIGNATED: { submit: null, withdraw: null, evaluate: null, designate: null, refuse: null },
      WITHDRAWN: { submit: null, withdraw: null, evaluate: null, designate: null, refuse: null },
    },
  });
});

describe.each([
  ["submitted", (facts: CallFacts) => nextApplicationState("DRAFT", "submit", facts), "SUBMITTED"],
  ["begun", draftOpen, "DRAFT"],
] as const)("an application", (done, ask, outcome) => {
  it.each(["2026-11-20", "2026-11-21", "2027-02-27", "2027-02-28"])(`can be ${done} on %s`, (today) => {
    expect(ask(on(today))).toBe(outcome);
  });

  it(`cannot be ${done} the day before the call opens, and is told when it does`, () => {
    expectRefusal(ask(on("2026-11-19")), /not opened yet.*from 2026-11-20 to 2027-02-28/);
  });

  it(`cannot be ${done} the day after the call closes`, () => {
    expectRefusal(ask(on("2027-03-01")), /closed after 2027-02-28: apply in one that is open/);
  });

  it(`can be ${done} in a call of a single day, on that day alone`, () => {
    const single = { opensOn: "2026-11-20", closesOn: "2026-11-20" };
    expect(ask({ call: single, today: "2026-11-20" })).toBe(outcome);
    expectRefusal(ask({ call: single, today: "2026-11-21" }), /closed/);
    expectRefusal(ask({ call: single, today: "2026-11-19" }), /not opened/);
  });
});

it("is designated only after it was evaluated", () => {
  expectRefusal(nextApplicationState("SUBMITTED", "designate", {}), /take it under evaluation first/);
});
