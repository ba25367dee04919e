import { designationState, nextDesignationState } from "../../../src/registry/designation.rules";
import { expectRefusal, itIsALifecycle } from "../../support/lifecycles";

const leaving = { designatedOn: "2019-10-30", on: "2026-11-20" };
const changing = { ...leaving, sameField: false };

describe("the lifecycle of a designation", () => {
  itIsALifecycle({
    states: [designationState({ endedOn: null }), designationState({ endedOn: "2026" })],
    next: nextDesignationState,
    facts: { leave: leaving, changeField: changing },
    otherFacts: {
      leave: [{ designatedOn: "2019", on: "2018" }],
      changeField: [
        { ...changing, sameField: true },
        { ...changing, on: "2019-10-29" },
      ],
    },
    last: ["ENDED"],
    expected: {
      IN_FORCE: { leave: "ENDED", changeField: "ENDED" },
      ENDED: { leave: null, changeField: null },
    },
  });
});

it("is in force while no end is recorded", () => {
  expect(designationState({ endedOn: null })).toBe("IN_FORCE");
  expect(designationState({ endedOn: "2097" })).toBe("ENDED");
});

describe.each([
  ["leave", (designatedOn: string, on: string) => nextDesignationState("IN_FORCE", "leave", { designatedOn, on })],
  [
    "change its field",
    (designatedOn: string, on: string) =>
      nextDesignationState("IN_FORCE", "changeField", { designatedOn, on, sameField: false }),
  ],
] as const)("a city", (does, ask) => {
  it.each([
    ["2019-10-30", "2019-10-30"],
    ["2019-10-30", "2019-10-31"],
    ["2019", "2019"],
    ["2019", "2019-01"],
    ["2019", "2019-01-01"],
    ["2019-01-01", "2019"],
    ["2019-05", "2019-05-01"],
    ["2019-05", "2020"],
  ])(`that is designated on %s may ${does} on %s`, (designatedOn, on) => {
    expect(ask(designatedOn, on)).toBe("ENDED");
  });

  it.each([
    ["2019-10-30", "2019-10-29"],
    ["2019-10-30", "2019-10"],
    ["2019-10-30", "2019"],
    ["2019", "2018-12-31"],
    ["2019-05", "2019-04"],
    ["2019-05", "2019"],
  ])(`that is designated on %s may not ${does} on %s, which is before`, (designatedOn, on) => {
    expectRefusal(ask(designatedOn, on), `a designation of ${designatedOn} cannot end on ${on}`);
  });
});

it("does not change its field to the one that it has", () => {
  const facts = { ...changing, sameField: true };
  expectRefusal(nextDesignationState("IN_FORCE", "changeField", facts), /in this field already: give another one/);
});
