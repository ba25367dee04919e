// What each mutation needs so that it can be done: whose key may, in which state the record must be, and what the input says
// beside what its types ask for. A mutation that is not named here, or is of no type that is, fails with a message saying so.
import type { KeyRole } from "../../../src/kernel/viewer";
import type { MutationCase } from "./mutation-case";

/**
 * Whose key may do it beside the Secretariat's: of the one whose record it is (us), of the other party (them),
 * of anybody with a key of their own, or nobody's.
 */
export type Who = "us" | "them" | "anyone" | "secretariat";

export interface RecordNeeds {
  /** who may create, update and delete */
  may: readonly [create: Who, update: Who, remove: Who];
  /** what we are; a city, where it is not said */
  we?: Exclude<KeyRole, "READER" | "SECRETARIAT">;
  /** input of the create mutation, beside what can be made up */
  input?: (mutationCase: MutationCase) => Promise<object> | Readonly<Record<string, unknown>>;
  /** the records are ourselves */
  self?: true;
}

const S = "secretariat";
const OURS = ["us", "us", "us"] as const;
const THEIRS_TO_KEEP = [S, S, S] as const;
const today = "2026-11-20";

export const RECORDS: Readonly<Record<string, RecordNeeds>> = {
  Country: { may: THEIRS_TO_KEEP, input: (mutationCase) => ({ code: mutationCase.countryCode() }) },
  CreativeField: { may: THEIRS_TO_KEEP },
  SustainableDevelopmentGoal: {
    may: THEIRS_TO_KEEP,
    input: async (mutationCase) => ({ number: await mutationCase.freeGoal() }),
  },
  City: { may: [S, "us", S], self: true, input: () => ({ country: { code: "PL" } }) },
  DesignationRound: { may: THEIRS_TO_KEEP, input: (mutationCase) => ({ year: 3000 + mutationCase.number() }) },
  ApplicationCall: { may: THEIRS_TO_KEEP },
  Designation: { may: THEIRS_TO_KEEP, input: () => ({ creativeField: { slug: "music" }, designatedOn: "2023-01-15" }) },
  Application: { may: OURS, input: () => ({ creativeField: { slug: "music" } }) },
  MonitoringReport: {
    may: OURS,
    // A report can only be begun by a member, and only the one that is due next.
    input: async (mutationCase) => {
      await mutationCase.make("Designation");
      return { dueOn: "2027-01-15" };
    },
  },
  PlannedAction: { may: OURS },
  Meeting: { may: THEIRS_TO_KEEP, input: (mutationCase) => ({ number: 1000 + mutationCase.number() }) },
  Network: { may: [S, "us", S], we: "NETWORK", self: true, input: () => ({ kind: "CITY_NETWORK" }) },
  NetworkMembership: {
    may: OURS,
    we: "NETWORK",
    input: async (mutationCase) => ({ network: await mutationCase.ourselves(), city: await mutationCase.themselves() }),
  },
  NetworkAgreement: { may: THEIRS_TO_KEEP },
  Organization: { may: [S, "us", S], we: "ORGANIZATION", self: true },
  Opportunity: { may: OURS, input: () => ({ opensOn: today }) },
  OpportunityResponse: {
    may: ["us", "us", S],
    input: async (mutationCase) => {
      const id = await mutationCase.make("Opportunity", { postedBy: await mutationCase.themselves(), opensOn: today });
      await mutationCase.put(id, { state: "PUBLISHED" });
      return { opportunity: { id } };
    },
  },
  Project: { may: ["anyone", "us", S] },
  ProjectParticipation: {
    may: THEIRS_TO_KEEP,
    input: async (mutationCase) => ({ partner: await mutationCase.themselves() }),
  },
  PracticeCollection: { may: THEIRS_TO_KEEP },
  Practice: { may: ["us", "us", S], input: async (mutationCase) => ({ submittedBy: await mutationCase.ourselves() }) },
  Expert: { may: OURS, input: async (mutationCase) => ({ city: await mutationCase.ourselves() }) },
  ExpertMission: {
    may: OURS,
    input: async (mutationCase) => ({
      expert: { id: await mutationCase.make("Expert", { city: await mutationCase.themselves() }) },
      hostCity: await mutationCase.ourselves(),
    }),
  },
  Publication: { may: THEIRS_TO_KEEP },
  PublicationContribution: { may: THEIRS_TO_KEEP },
  ApiKey: { may: THEIRS_TO_KEEP },
};

export interface VerbNeeds {
  may: Who;
  /** columns of the record that it is done to, as they must be for it */
  from?: Readonly<Record<string, string>>;
  /** input beside what can be made up */
  input?: (mutationCase: MutationCase, targetId: string) => Promise<object> | Readonly<Record<string, unknown>>;
}

const SUBMITTED = { status: "SUBMITTED", submitted_at: `${today}T10:00:00Z` };
const EVALUATED = { status: "UNDER_EVALUATION", submitted_at: `${today}T10:00:00Z` };
const published = { state: "PUBLISHED" };

export const VERBS: Readonly<Record<string, VerbNeeds>> = {
  revokeApiKey: { may: S, input: async (mutationCase) => ({ name: await mutationCase.make("ApiKey") }) },
  mergeCities: { may: S, input: async (mutationCase) => ({ into: await mutationCase.themselves() }) },
  mergeOrganizations: {
    may: S,
    input: async (mutationCase) => ({ into: { id: (await mutationCase.fixture.party("ORGANIZATION")).id } }),
  },
  changeCreativeField: { may: S, input: () => ({ changedOn: today, creativeField: { slug: "film" } }) },
  leaveNetwork: {
    may: "us",
    input: async (mutationCase) => {
      await mutationCase.make("Designation");
      return { leftOn: today };
    },
  },
  submitApplication: { may: "us" },
  withdrawApplication: { may: "us" },
  evaluateApplication: { may: S, from: SUBMITTED },
  designateApplication: { may: S, from: EVALUATED },
  refuseApplication: { may: S, from: EVALUATED },
  submitMonitoringReport: { may: "us" },
  acceptMonitoringReport: { may: S, from: SUBMITTED },
  returnMonitoringReport: { may: S, from: SUBMITTED },
  publishOpportunity: { may: "us" },
  withdrawOpportunity: { may: "us", from: published },
  formProject: { may: "us", from: published },
  acceptResponse: { may: "them" },
  declineResponse: { may: "them" },
  withdrawResponse: { may: "us" },
  respondAgain: { may: "us", from: { state: "WITHDRAWN" } },
  startProject: { may: "us" },
  completeProject: { may: "us", from: { status: "ACTIVE" } },
  cancelProject: { may: "us" },
  reopenProject: { may: "us", from: { status: "CANCELLED" } },
  inviteToProject: { may: "us", input: async (mutationCase) => ({ partner: await mutationCase.themselves() }) },
  handLeadOver: {
    may: "us",
    input: async (mutationCase, project) => {
      const partner = await mutationCase.themselves();
      const part = await mutationCase.make("ProjectParticipation", { project: { id: project }, partner });
      await mutationCase.put(part, { status: "ACCEPTED" });
      return { partner };
    },
  },
  acceptInvitation: { may: "them" },
  declineInvitation: { may: "them" },
  leaveProject: { may: "them", from: { status: "ACCEPTED" } },
  acceptPractice: { may: S },
  declinePractice: { may: S },
  resubmitPractice: { may: "us", from: { state: "DECLINED" } },
  agreeToMission: { may: "them" },
  declineMission: { may: "them" },
  completeMission: { may: "us", from: { state: "AGREED" } },
  cancelMission: { may: "them" },
};
