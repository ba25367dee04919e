import "reflect-metadata";
import { participationStatus } from "../../../src/projects/project-participation.record";
import { firstInvitation, nextParticipationState } from "../../../src/projects/project-participation.rules";
import { expectRefusal, itIsALifecycle } from "../../support/lifecycles";

const open = { project: "ACTIVE" } as const;
const closed = [{ project: "COMPLETED" }, { project: "CANCELLED" }] as const;

describe("the lifecycle of a part in a project", () => {
  itIsALifecycle({
    states: Object.keys(participationStatus.values),
    next: nextParticipationState,
    facts: { invite: open, accept: open, decline: {}, leave: { role: "PARTNER" } },
    otherFacts: { invite: closed, accept: closed, leave: [{ role: "LEAD" }] },
    last: [],
    expected: {
      INVITED: { invite: null, accept: "ACCEPTED", decline: "DECLINED", leave: null },
      ACCEPTED: { invite: null, accept: null, decline: null, leave: "LEFT" },
      DECLINED: { invite: "INVITED", accept: null, decline: null, leave: null },
      LEFT: { invite: "INVITED", accept: null, decline: null, leave: null },
    },
  });
});

it.each(["PROPOSED", "ACTIVE"] as const)("begins in a project that is %s", (project) => {
  expect(firstInvitation({ project })).toBe("INVITED");
  expect(nextParticipationState("INVITED", "accept", { project })).toBe("ACCEPTED");
  expect(nextParticipationState("LEFT", "invite", { project })).toBe("INVITED");
});

it.each([
  ["COMPLETED", "completed"],
  ["CANCELLED", "cancelled"],
] as const)("does not begin in a project that is %s, but one can be left and declined", (project, word) => {
  for (const outcome of [
    firstInvitation({ project }),
    nextParticipationState("INVITED", "accept", { project }),
    nextParticipationState("DECLINED", "invite", { project }),
    nextParticipationState("LEFT", "invite", { project }),
  ]) {
    expectRefusal(outcome, `the project is ${word} and takes no new parts`);
  }
  expect(nextParticipationState("INVITED", "decline", {})).toBe("DECLINED");
  expect(nextParticipationState("ACCEPTED", "leave", { role: "PARTNER" })).toBe("LEFT");
});

it("is left by the lead only after the lead was handed over", () => {
  expectRefusal(nextParticipationState("ACCEPTED", "leave", { role: "LEAD" }), /hand the lead over/);
});
