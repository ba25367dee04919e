// Rows of what the dataset has none of: calls with applications, monitoring reports with planned actions.
import { withPrisma } from "../../src/database/client/prisma";
import type { Session } from "../../src/database/database";
import { at, called, goalList, type Builders } from "./records";

/** A call of each state on the tests' day, an application of each state, reports of each, and what is planned in them. */
export async function addCallsAndReports(session: Session, add: Builders): Promise<void> {
  await addCalls(add);
  const designationId = await designateByCall(session);
  await addApplications(add, designationId);
  await addReports(add);
}

async function addCalls(add: Builders): Promise<void> {
  for (const [slug, year, title, opensOn, closesOn] of [
    ["call-2025", 2025, "Call of 2025", "2024-12-02", "2025-03-03"],
    ["call-2026", 2026, "Çall of 2026", "2026-11-20", "2026-11-20"],
    ["call-2097", 2097, "Call of 2097", "2096-12-01", "2097-02-28"],
    ["late-call-2097", 2097, "Late call of 2097", "2097-05-01", "2097-06-30"],
  ] as const) {
    await add.applicationCall({ slug, year, title, opensOn: at(opensOn), closesOn: at(closesOn) });
  }
}

/** Some were designated after the first call. @returns the id of Kraków's designation */
async function designateByCall(session: Session): Promise<string> {
  return withPrisma(session, async (prisma) => {
    const { id: callId } = await prisma.applicationCall.findUniqueOrThrow({ where: { slug: "call-2025" } });
    const where = { city: { slug: { in: ["krakow", "york", "lyon"] } }, endedOn: null };
    await prisma.designation.updateMany({ where, data: { callId } });
    const ofKrakow = await prisma.designation.findFirstOrThrow({ where: { city: { slug: "krakow" }, endedOn: null } });
    return ofKrakow.id;
  });
}

async function addApplications(add: Builders, designationId: string): Promise<void> {
  const answered = called("call-2025");
  const decidedAt = "2025-10-31T12:00:00Z";
  await add.application({
    call: answered,
    city: called("krakow"),
    status: "DESIGNATED",
    statement: "We film.",
    submittedAt: "2025-03-01T09:30:00.125Z",
    decidedAt,
    designation: { connect: { id: designationId } },
  });
  await add.application({
    call: answered,
    city: called("york"),
    creativeField: called("music"),
    status: "DESIGNATED",
    submittedAt: "2025-03-03T23:59:59.999Z",
    decidedAt,
  });
  await add.application({
    call: answered,
    city: called("lyon"),
    status: "NOT_DESIGNATED",
    submittedAt: "2025-02-01T00:00:00Z",
    decidedAt,
  });
  const open = called("call-2026");
  await add.application({ call: open, city: called("krakow"), creativeField: called("music"), status: "DRAFT" });
  await add.application({
    call: open,
    city: called("york"),
    status: "SUBMITTED",
    statement: "We film too.",
    submittedAt: "2026-11-20T08:00:00Z",
  });
  await add.application({
    call: open,
    city: called("lyon"),
    creativeField: called("music"),
    status: "UNDER_EVALUATION",
    statement: 'Music is "all", {we} say.',
    submittedAt: "2026-11-20T08:00:00Z",
  });
  await add.application({ call: called("call-2097"), city: called("krakow"), status: "WITHDRAWN" });
}

async function addReports(add: Builders): Promise<void> {
  const ofKrakow = await add.monitoringReport({
    city: called("krakow"),
    dueOn: at("2021-10-31"),
    status: "ACCEPTED",
    submittedAt: "2021-10-30T16:00:00.5Z",
    periodStart: at("2017-11-01"),
    summary: "Books everywhere.",
    document: "https://reports.example.org/krakow-2021.pdf",
  });
  const draftOfKrakow = await add.monitoringReport({
    city: called("krakow"),
    dueOn: at("2025-10-31"),
    periodStart: at("2021-11-01"),
  });
  const ofYork = await add.monitoringReport({
    city: called("york"),
    dueOn: at("2026-12-01"),
    status: "SUBMITTED",
    submittedAt: "2026-11-19T10:00:00Z",
    periodStart: at("2022-12-01"),
    periodEnd: at("2026-11-30"),
    document: "https://reports.example.org/york-2026.pdf",
  });
  await add.monitoringReport({
    city: called("york"),
    dueOn: at("2022-12-01"),
    status: "ACCEPTED",
    submittedAt: "2023-01-15T10:00:00Z",
    periodStart: at("2018-12-01"),
    periodEnd: at("2022-11-30"),
    summary: "Media arts in the minster.",
  });
  const draftOfLyon = await add.monitoringReport({
    city: called("lyon"),
    dueOn: at("2026-11-20"),
    summary: "Not yet.",
  });
  await add.plannedAction(ofKrakow, {
    title: "Festival of books",
    areaOfAction: "EXCHANGE_PROGRAMMES",
    objective: "INTERNATIONAL_COOPERATION",
    startYear: 2022,
    endYear: 2025,
    goals: goalList(4, 11),
  });
  await add.plannedAction(ofKrakow, {
    title: "Écrivains en résidence",
    areaOfAction: "PILOT_PARTNERSHIPS",
    objective: "CREATIVITY_HUBS",
    startYear: 2023,
  });
  await add.plannedAction(ofKrakow, {
    title: "Study of readers",
    areaOfAction: "STUDIES_AND_EVALUATION",
    objective: "ACCESS_AND_PARTICIPATION",
  });
  await add.plannedAction(draftOfKrakow, {
    title: "Secret festival",
    areaOfAction: "POLICIES_AND_MEASURES",
    objective: "INTEGRATION_IN_PLANS",
    startYear: 2026,
    endYear: 2026,
    goals: goalList(11, 17),
  });
  await add.plannedAction(ofYork, {
    title: "Festival of light",
    areaOfAction: "COMMUNICATION_AND_AWARENESS",
    objective: "PARTNERSHIP_INITIATIVES",
    startYear: 2027,
    endYear: 2030,
    goals: goalList(11),
  });
  await add.plannedAction(draftOfLyon, {
    title: "Hidden exchange",
    areaOfAction: "EXPERIENCE_SHARING",
    objective: "CREATION_AND_DISTRIBUTION",
    endYear: 2028,
  });
}
