import "reflect-metadata";
import { missionState } from "../../../src/knowledge/expert-mission.record";
import { nextMissionState } from "../../../src/knowledge/expert-mission.rules";
import { expectRefusal, itIsALifecycle } from "../../support/lifecycles";

const today = "2026-11-20";

describe("the lifecycle of an expert's mission", () => {
  itIsALifecycle({
    states: Object.keys(missionState.values),
    next: nextMissionState,
    facts: { agree: {}, decline: {}, complete: { startsOn: null, today }, cancel: {} },
    otherFacts: { complete: [{ startsOn: "2026-11-21", today }] },
    last: ["COMPLETED", "DECLINED", "CANCELLED"],
    expected: {
      REQUESTED: { agree: "AGREED", decline: "DECLINED", complete: null, cancel: "CANCELLED" },
      AGREED: { agree: null, decline: null, complete: "COMPLETED", cancel: "CANCELLED" },
      COMPLETED: { agree: null, decline: null, complete: null, cancel: null },
      DECLINED: { agree: null, decline: null, complete: null, cancel: null },
      CANCELLED: { agree: null, decline: null, complete: null, cancel: null },
    },
  });
});

it.each(["2026-11-20", "2026-11", "2026", "2026-11-19"])("is completed once it has begun, in %s", (startsOn) => {
  expect(nextMissionState("AGREED", "complete", { startsOn, today })).toBe("COMPLETED");
});

it.each(["2026-11-21", "2026-12", "2027"])("is not completed before it begins, in %s", (startsOn) => {
  expectRefusal(nextMissionState("AGREED", "complete", { startsOn, today }), `it starts on ${startsOn}`);
});
