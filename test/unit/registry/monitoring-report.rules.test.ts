import "reflect-metadata";
import { reportStatus } from "../../../src/registry/monitoring-report.record";
import { nextReportState, reportDraftable } from "../../../src/registry/monitoring-report.rules";
import { expectRefusal, itIsALifecycle } from "../../support/lifecycles";

describe("the lifecycle of a monitoring report", () => {
  itIsALifecycle({
    states: Object.keys(reportStatus.values),
    next: nextReportState,
    facts: { submit: {}, accept: {}, return: {} },
    last: ["ACCEPTED"],
    expected: {
      DRAFT: { submit: "SUBMITTED", accept: null, return: null },
      SUBMITTED: { submit: null, accept: "ACCEPTED", return: "DRAFT" },
      ACCEPTED: { submit: null, accept: null, return: null },
    },
  });
});

it("is begun by a member, whenever its report is due", () => {
  expect(reportDraftable({ nextReportDue: "2029-10-31" })).toBe("DRAFT");
  expect(reportDraftable({ nextReportDue: "2021-10-31" })).toBe("DRAFT");
});

it("is not begun by a city that owes none", () => {
  expectRefusal(reportDraftable({ nextReportDue: null }), /no report falls due.*no member/);
});
