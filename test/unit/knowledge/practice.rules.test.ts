import "reflect-metadata";
import { practiceState } from "../../../src/knowledge/practice.record";
import { nextPracticeState } from "../../../src/knowledge/practice.rules";
import { itIsALifecycle } from "../../support/lifecycles";

describe("the lifecycle of a practice", () => {
  itIsALifecycle({
    states: Object.keys(practiceState.values),
    next: nextPracticeState,
    facts: { accept: {}, decline: {}, resubmit: {} },
    last: ["ACCEPTED"],
    expected: {
      SUBMITTED: { accept: "ACCEPTED", decline: "DECLINED", resubmit: null },
      ACCEPTED: { accept: null, decline: null, resubmit: null },
      DECLINED: { accept: null, decline: null, resubmit: "SUBMITTED" },
    },
  });
});
