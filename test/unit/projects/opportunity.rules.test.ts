import "reflect-metadata";
import { opportunityState } from "../../../src/projects/opportunity.record";
import { nextOpportunityState } from "../../../src/projects/opportunity.rules";
import { expectRefusal, itIsALifecycle } from "../../support/lifecycles";

const today = "2026-11-20";

describe("the lifecycle of an opportunity", () => {
  itIsALifecycle({
    states: Object.keys(opportunityState.values),
    next: nextOpportunityState,
    facts: { publish: { closesOn: null, today }, withdraw: {}, form: {} },
    otherFacts: { publish: [{ closesOn: "2026-11-19", today }] },
    last: ["MATCHED", "WITHDRAWN"],
    expected: {
      DRAFT: { publish: "PUBLISHED", withdraw: null, form: null },
      PUBLISHED: { publish: null, withdraw: "WITHDRAWN", form: "MATCHED" },
      MATCHED: { publish: null, withdraw: null, form: null },
      WITHDRAWN: { publish: null, withdraw: null, form: null },
    },
  });
});

it.each([null, "2026-11-20", "2026-11-21"])("is published on its last day for answers and before: %s", (closesOn) => {
  expect(nextOpportunityState("DRAFT", "publish", { closesOn, today })).toBe("PUBLISHED");
});

it("is not published the day after its last day for answers", () => {
  const outcome = nextOpportunityState("DRAFT", "publish", { closesOn: "2026-11-19", today });
  expectRefusal(outcome, /2026-11-19, is past: change closesOn to today or later, or clear it/);
});

it("is no longer a secret when it is withdrawn, so a draft is deleted instead", () => {
  expectRefusal(nextOpportunityState("DRAFT", "withdraw", {}), /delete it instead/);
});
