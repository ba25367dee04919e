// Who may do what on which record: the one table. The Secretariat may do everything; what stands here is who else may.
// Types and mutations are named by their names in the graph, because this room comes before them all.
import { ApiError } from "../kernel/errors";
import type { Viewer } from "../kernel/viewer";

/** Those who may write a record beside the Secretariat, by what they are to it. */
export const HOLDERS = {
  AUTHORITY: "the one that the record belongs to (its authority)",
  LEAD: "the one that leads the project",
  POSTER: "the one that posted the opportunity",
  LENDER: "the city that lends the expert",
  PARTNER: "every city, network and organization with a key of its own",
} as const;

export type Holder = keyof typeof HOLDERS;

/** Empty: the Secretariat alone. */
export type Right = readonly Holder[];

const SECRETARIAT: Right = [];
const AUTHORITY: Right = ["AUTHORITY"];

function records(type: string, create: Right, update: Right, remove: Right): Readonly<Record<string, Right>> {
  return { [`create${type}`]: create, [`update${type}`]: update, [`delete${type}`]: remove };
}

export const RIGHTS: Readonly<Record<string, Right>> = {
  // The registry
  ...records("Country", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  ...records("CreativeField", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  ...records("SustainableDevelopmentGoal", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  ...records("City", SECRETARIAT, AUTHORITY, SECRETARIAT),
  mergeCities: SECRETARIAT,
  ...records("DesignationRound", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  ...records("ApplicationCall", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  ...records("Designation", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  changeCreativeField: SECRETARIAT,
  leaveNetwork: AUTHORITY,
  ...records("Application", AUTHORITY, AUTHORITY, AUTHORITY),
  submitApplication: AUTHORITY,
  withdrawApplication: AUTHORITY,
  evaluateApplication: SECRETARIAT,
  designateApplication: SECRETARIAT,
  refuseApplication: SECRETARIAT,
  ...records("MonitoringReport", AUTHORITY, AUTHORITY, AUTHORITY),
  submitMonitoringReport: AUTHORITY,
  acceptMonitoringReport: SECRETARIAT,
  returnMonitoringReport: SECRETARIAT,
  ...records("PlannedAction", AUTHORITY, AUTHORITY, AUTHORITY),
  ...records("Meeting", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  // Networks
  ...records("Network", SECRETARIAT, AUTHORITY, SECRETARIAT),
  ...records("NetworkMembership", AUTHORITY, AUTHORITY, AUTHORITY),
  ...records("NetworkAgreement", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  ...records("Organization", SECRETARIAT, AUTHORITY, SECRETARIAT),
  mergeOrganizations: SECRETARIAT,
  // Projects
  ...records("Opportunity", AUTHORITY, AUTHORITY, AUTHORITY),
  publishOpportunity: AUTHORITY,
  withdrawOpportunity: AUTHORITY,
  formProject: AUTHORITY,
  ...records("OpportunityResponse", AUTHORITY, AUTHORITY, SECRETARIAT),
  acceptResponse: ["POSTER"],
  declineResponse: ["POSTER"],
  withdrawResponse: AUTHORITY,
  respondAgain: AUTHORITY,
  ...records("Project", ["PARTNER"], ["LEAD"], SECRETARIAT),
  startProject: ["LEAD"],
  completeProject: ["LEAD"],
  cancelProject: ["LEAD"],
  reopenProject: ["LEAD"],
  inviteToProject: ["LEAD"],
  handLeadOver: ["LEAD"],
  ...records("ProjectParticipation", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  acceptInvitation: AUTHORITY,
  declineInvitation: AUTHORITY,
  leaveProject: AUTHORITY,
  // Knowledge
  ...records("PracticeCollection", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  ...records("Practice", AUTHORITY, AUTHORITY, SECRETARIAT),
  acceptPractice: SECRETARIAT,
  declinePractice: SECRETARIAT,
  resubmitPractice: AUTHORITY,
  ...records("Expert", AUTHORITY, AUTHORITY, AUTHORITY),
  ...records("ExpertMission", AUTHORITY, AUTHORITY, AUTHORITY),
  agreeToMission: ["LENDER"],
  declineMission: ["LENDER"],
  completeMission: ["AUTHORITY", "LENDER"],
  cancelMission: ["AUTHORITY", "LENDER"],
  ...records("Publication", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  ...records("PublicationContribution", SECRETARIAT, SECRETARIAT, SECRETARIAT),
  // Keys
  createApiKey: SECRETARIAT,
  revokeApiKey: SECRETARIAT,
};

/** The right that a mutation is under. @throws for one that names none: a mistake in the code */
export function rightOf(mutation: string): Right {
  const right = RIGHTS[mutation];
  if (right === undefined) throw new Error(`the table of rights does not know ${mutation}`);
  return right;
}

/** Refuses callers that can never hold the right, whatever record they name. @throws UNAUTHENTICATED, FORBIDDEN */
export function refuseRole(viewer: Viewer, mutation: string): void {
  if (viewer.role === "ANONYMOUS") {
    throw new ApiError(
      "UNAUTHENTICATED",
      `${mutation} needs a key: send it as "Authorization: Bearer ccg_…"`,
      "KEY_REQUIRED",
    );
  }
  if (viewer.role === "SECRETARIAT") return;
  if (viewer.scope === null || rightOf(mutation).length === 0) throw forbidden(mutation);
}

/**
 * Refuses callers that do not hold the right over the record at hand.
 * @param parties the UUIDs of those who are any of the right's holders to the record
 * @throws FORBIDDEN
 */
export function refuseOthers(viewer: Viewer, mutation: string, parties: ReadonlySet<string>): void {
  if (viewer.role === "SECRETARIAT") return;
  if (rightOf(mutation).includes("PARTNER") && viewer.scope !== null) return;
  if (viewer.scope === null || !parties.has(viewer.scope)) throw forbidden(mutation);
}

function forbidden(mutation: string): ApiError {
  return new ApiError("FORBIDDEN", `your key may not do this: ${mutation} is for ${holdersInWords(rightOf(mutation))}`);
}

/** For messages and for the schema: "the Secretariat", or it and those who hold the right. */
export function holdersInWords(right: Right): string {
  return ["the Secretariat", ...right.map((holder) => HOLDERS[holder])].join(", or ");
}
