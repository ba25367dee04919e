// How monitoring reports and their action plans are written: by their city while they are drafts, and then handed in.
import { AUTHORITY, SECRETARIAT } from "../database/declare/rights";
import { derivedById } from "../database/read/records";
import type { Command } from "../database/write/command";
import { rulesOn } from "../database/write/rules";
import type { WriteContext } from "../database/write/write-context";
import { recordNamed, transition, transitionsOf } from "../database/write/transition-command";
import { allowed, refusal } from "../kernel/user-errors";
import { city } from "./city.record";
import { monitoringReport } from "./monitoring-report.record";
import { nextReportState, reportDraftable, type ReportEvent } from "./monitoring-report.rules";
import { plannedAction } from "./planned-action.record";

/** What was handed in stands, but for corrections of the Secretariat. */
function refuseHandedIn({ read }: WriteContext, state: string): void {
  if (state === "DRAFT" || read.viewer.role === "SECRETARIAT") return;
  const message = "the report was handed in, and only a draft is changed: ask the Secretariat to return it";
  throw refusal("NOT_ALLOWED_NOW", message, "by");
}

export const reportWrites = rulesOn(monitoringReport)({
  begin: () => ({ status: "DRAFT" }),
  check: async (write, { before, after }) => {
    if (before !== undefined) refuseHandedIn(write, before.status);
    // The Secretariat records old reports too, also of cities that are members no more.
    if (after === undefined || write.read.viewer.role === "SECRETARIAT" || after.dueOn === before?.dueOn) return;
    const nextReportDue = await nextDue(write, after.cityId);
    allowed(reportDraftable({ nextReportDue }));
    if (after.dueOn === nextReportDue) return;
    throw refusal("INVALID", `the city's next report is due on ${String(nextReportDue)}`, "dueOn");
  },
});

/** The day on which the city is to report next; null for one that is no member. */
async function nextDue({ session, read }: WriteContext, cityId: string): Promise<string | null> {
  const [nextReportDue = null] = await derivedById<string>(session, read, city, "nextReportDue", [cityId]);
  return nextReportDue;
}

export const plannedActionWrites = rulesOn(plannedAction)({
  check: async (write, { before, after }) => {
    if (before !== undefined) refuseHandedIn(write, before.reportStatus);
    if (after !== undefined) refuseHandedIn(write, (await recordNamed(write, monitoringReport, after.reportId)).status);
  },
});

const reportTransition = transitionsOf(monitoringReport, "status", (target, event: ReportEvent) =>
  nextReportState(target.status, event, {}),
);

const submitMonitoringReport = transition({
  name: "submitMonitoringReport",
  may: AUTHORITY,
  on: monitoringReport,
  column: "status",
  description: "Hands a monitoring report in, with its action plan.",
  next: async (target, write) => {
    // A draft may be left over from a membership that has ended.
    allowed(reportDraftable({ nextReportDue: await nextDue(write, target.cityId) }));
    return nextReportState(target.status, "submit", {});
  },
  also: ({ now }) => ({ submittedAt: now }),
});

export const reportCommands: readonly Command[] = [
  submitMonitoringReport,
  reportTransition("acceptMonitoringReport", "accept", SECRETARIAT, "Accepts a monitoring report that was handed in."),
  reportTransition(
    "returnMonitoringReport",
    "return",
    SECRETARIAT,
    "Gives a monitoring report back to its city, as a draft that it can go on writing.",
    () => ({ submittedAt: null }),
  ),
];
