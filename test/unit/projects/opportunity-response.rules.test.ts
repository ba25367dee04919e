import "reflect-metadata";
import { responseState } from "../../../src/projects/opportunity-response.record";
import { firstResponse, nextResponseState, type AnswerFacts } from "../../../src/projects/opportunity-response.rules";
import { expectRefusal, itIsALifecycle } from "../../support/lifecycles";

const published = { state: "PUBLISHED", opensOn: "2026-11-10", closesOn: "2026-11-30" } as const;
const facts: AnswerFacts = { opportunity: published, today: "2026-11-20", own: false };

describe("the lifecycle of an answer to an opportunity", () => {
  itIsALifecycle({
    states: Object.keys(responseState.values),
    next: nextResponseState,
    facts: { accept: { opportunity: published }, decline: {}, withdraw: {}, respond: facts },
    otherFacts: {
      accept: [{ opportunity: { state: "WITHDRAWN" } }],
      respond: [
        { ...facts, own: true },
        { ...facts, today: "2026-12-01" },
      ],
    },
    last: ["ACCEPTED", "DECLINED"],
    expected: {
      OPEN: { accept: "ACCEPTED", decline: "DECLINED", withdraw: "WITHDRAWN", respond: null },
      ACCEPTED: { accept: null, decline: null, withdraw: null, respond: null },
      DECLINED: { accept: null, decline: null, withdraw: null, respond: null },
      WITHDRAWN: { accept: null, decline: null, withdraw: null, respond: "OPEN" },
    },
  });
});

describe.each([
  ["given", firstResponse],
  ["given again", (given: AnswerFacts) => nextResponseState("WITHDRAWN", "respond", given)],
])("an answer", (done, respond) => {
  it.each(["2026-11-10", "2026-11-11", "2026-11-29", "2026-11-30"])(`is ${done} on %s`, (today) => {
    expect(respond({ ...facts, today })).toBe("OPEN");
  });

  it(`is not ${done} before the first day nor after the last`, () => {
    expectRefusal(respond({ ...facts, today: "2026-11-09" }), /not opened yet: answers are taken from 2026-11-10 on/);
    expectRefusal(respond({ ...facts, today: "2026-12-01" }), /closed: answers were taken up to 2026-11-30/);
  });

  it(`is ${done} for ever to one without a last day`, () => {
    expect(respond({ ...facts, opportunity: { ...published, closesOn: null }, today: "2097-01-01" })).toBe("OPEN");
  });

  it.each([
    ["DRAFT", /draft/],
    ["MATCHED", /a project grew from it/],
    ["WITHDRAWN", /withdrawn/],
  ] as const)(`is not ${done} to one that is %s`, (state, saying) => {
    expectRefusal(respond({ ...facts, opportunity: { ...published, state } }), saying);
  });

  it(`is not ${done} to an opportunity of one's own`, () => {
    expectRefusal(respond({ ...facts, own: true }), /nobody answers an opportunity of their own/);
  });
});

it("is accepted while the opportunity is published, on whatever day", () => {
  expect(nextResponseState("OPEN", "accept", { opportunity: { state: "PUBLISHED" } })).toBe("ACCEPTED");
});

it("is not accepted after a project grew from the opportunity", () => {
  expectRefusal(nextResponseState("OPEN", "accept", { opportunity: { state: "MATCHED" } }), /invite them to it/);
});

it("is not accepted after the opportunity was withdrawn", () => {
  expectRefusal(nextResponseState("OPEN", "accept", { opportunity: { state: "WITHDRAWN" } }), /was withdrawn/);
});
