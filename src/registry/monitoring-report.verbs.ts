// How monitoring reports and their action plans are written: by their city while they are drafts, and then handed in.
import { AUTHORITY, SECRETARIAT } from "../database/declare/rights";
import { derivedById } from "../database/read/records";
import { rulesOn, type Deed, type Verb } from "../database/write/deed";
import { recordNamed, step, stepsOf } from "../database/write/step";
import { allowed, refusal } from "../kernel/user-errors";
import { city } from "./city.record";
import { monitoringReport } from "./monitoring-report.record";
import { nextReportState, reportDraftable, type ReportEvent } from "./monitoring-report.rules";
import { plannedAction } from "./planned-action.record";

/** What was handed in stands, but for corrections of the Secretariat. */
function refuseHandedIn({ read }: Deed, state: string): void {
  if (state === "DRAFT" || read.viewer.role === "SECRETARIAT") return;
  const message = "the report was handed in, and only a draft is changed: ask the Secretariat to return it";
  throw refusal("NOT_ALLOWED_NOW", message, "by");
}

export const reportWrites = rulesOn(monitoringReport)({
  begin: () => ({ status: "DRAFT" }),
  check: async (deed, { before, after }) => {
    if (before !== undefined) refuseHandedIn(deed, before.status);
    // The Secretariat records old reports too, also of cities that are members no more.
    if (after === undefined || deed.read.viewer.role === "SECRETARIAT" || after.dueOn === before?.dueOn) return;
    const nextReportDue = await nextDue(deed, after.cityId);
    allowed(reportDraftable({ nextReportDue }));
    if (after.dueOn === nextReportDue) return;
    throw refusal("INVALID", `the city's next report is due on ${String(nextReportDue)}`, "dueOn");
  },
});

/** The day on which the city is to report next; null for one that is no member. */
async function nextDue({ session, read }: Deed, cityId: string): Promise<string | null> {
  const [nextReportDue = null] = await derivedById<string>(session, read, city, "nextReportDue", [cityId]);
  return nextReportDue;
}

export const plannedActionWrites = rulesOn(plannedAction)({
  check: async (deed, { before, after }) => {
    if (before !== undefined) refuseHandedIn(deed, before.reportStatus);
    if (after !== undefined) refuseHandedIn(deed, (await recordNamed(deed, monitoringReport, after.reportId)).status);
  },
});

const reportStep = stepsOf(monitoringReport, "status", (target, event: ReportEvent) =>
  nextReportState(target.status, event, {}),
);

const submitMonitoringReport = step({
  name: "submitMonitoringReport",
  may: AUTHORITY,
  on: monitoringReport,
  column: "status",
  description: "Hands a monitoring report in, with its action plan.",
  next: async (target, deed) => {
    // A draft may be left over from a membership that has ended.
    allowed(reportDraftable({ nextReportDue: await nextDue(deed, target.cityId) }));
    return nextReportState(target.status, "submit", {});
  },
  also: ({ now }) => ({ submittedAt: now }),
});

export const reportVerbs: readonly Verb[] = [
  submitMonitoringReport,
  reportStep("acceptMonitoringReport", "accept", SECRETARIAT, "Accepts a monitoring report that was handed in."),
  reportStep(
    "returnMonitoringReport",
    "return",
    SECRETARIAT,
    "Gives a monitoring report back to its city, as a draft that it can go on writing.",
    () => ({ submittedAt: null }),
  ),
];
