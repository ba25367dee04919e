import "reflect-metadata";
import { projectStatus } from "../../../src/projects/project.record";
import { nextProjectState, takesParts } from "../../../src/projects/project.rules";
import { itIsALifecycle } from "../../support/lifecycles";

describe("the lifecycle of a project", () => {
  itIsALifecycle({
    states: Object.keys(projectStatus.values),
    next: nextProjectState,
    facts: { start: {}, complete: {}, cancel: {}, reopen: {} },
    last: [],
    expected: {
      PROPOSED: { start: "ACTIVE", complete: null, cancel: "CANCELLED", reopen: null },
      ACTIVE: { start: null, complete: "COMPLETED", cancel: "CANCELLED", reopen: null },
      COMPLETED: { start: null, complete: null, cancel: null, reopen: "ACTIVE" },
      CANCELLED: { start: null, complete: null, cancel: null, reopen: "PROPOSED" },
    },
  });
});

it("takes parts while it is planned or under way", () => {
  expect((["PROPOSED", "ACTIVE", "COMPLETED", "CANCELLED"] as const).filter(takesParts)).toEqual([
    "PROPOSED",
    "ACTIVE",
  ]);
});
