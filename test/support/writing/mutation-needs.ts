// What each mutation needs so that it can be done: in which state the record must be, and what the input says beside what its types ask
// for; of a command also whose key may. Types are named here whose records take more than that. A command that is not named fails, saying so.
import type { KeyRole } from "../../../src/kernel/viewer";
import type { MutationCase } from "./mutation-case";

/**
 * Whose key may do it beside the Secretariat's: of the one whose record it is (us), of the other party (them),
 * of anybody with a key of their own, or nobody's.
 */
export type Who = "us" | "them" | "anyone" | "secretariat";

export interface RecordNeeds {
  /** what we are; a city, where it is not said */
  we?: Exclude<KeyRole, "READER" | "SECRETARIAT">;
  /** input of the create mutation, beside what can be made up */
  input?: (mutationCase: MutationCase) => Promise<object> | Readonly<Record<string, unknown>>;
  /** the records are ourselves */
  self?: true;
}

const S = "secretariat";
const today = "2026-11-20";

export const RECORDS: Readonly<Record<string, RecordNeeds>> = {
  Country: { input: (mutationCase) => ({ code: mutationCase.countryCode() }) },
  SustainableDevelopmentGoal: { input: async (mutationCase) => ({ number: await mutationCase.freeGoal() }) },
  City: { self: true, input: () => ({ country: { code: "PL" } }) },
  DesignationRound: { input: (mutationCase) => ({ year: 3000 + mutationCase.number() }) },
  Designation: { input: () => ({ creativeField: { slug: "music" }, designatedOn: "2023-01-15" }) },
  Application: { input: () => ({ creativeField: { slug: "music" } }) },
  MonitoringReport: {
    // A report can only be begun by a member, and only the one that is due next.
    input: async (mutationCase) => {
      await mutationCase.make("Designation");
      return { dueOn: "2027-01-15" };
    },
  },
  Meeting: { input: (mutationCase) => ({ number: 1000 + mutationCase.number() }) },
  Network: { we: "NETWORK", self: true, input: () => ({ kind: "CITY_NETWORK" }) },
  NetworkMembership: {
    we: "NETWORK",
    input: async (mutationCase) => ({ network: await mutationCase.ourselves(), city: await mutationCase.themselves() }),
  },
  Organization: { we: "ORGANIZATION", self: true },
  Opportunity: { input: () => ({ opensOn: today }) },
  OpportunityResponse: {
    input: async (mutationCase) => {
      const id = await mutationCase.make("Opportunity", { postedBy: await mutationCase.themselves(), opensOn: today });
      await mutationCase.put(id, { state: "PUBLISHED" });
      return { opportunity: { id } };
    },
  },
  ProjectParticipation: {
    input: async (mutationCase) => ({ partner: await mutationCase.themselves() }),
  },
  Practice: { input: async (mutationCase) => ({ submittedBy: await mutationCase.ourselves() }) },
  Expert: { input: async (mutationCase) => ({ city: await mutationCase.ourselves() }) },
  ExpertMission: {
    input: async (mutationCase) => ({
      expert: { id: await mutationCase.make("Expert", { city: await mutationCase.themselves() }) },
      hostCity: await mutationCase.ourselves(),
    }),
  },
};

export interface CommandNeeds {
  may: Who;
  /** columns of the record that it is done to, as they must be for it */
  from?: Readonly<Record<string, string>>;
  /** input beside what can be made up */
  input?: (mutationCase: MutationCase, targetId: string) => Promise<object> | Readonly<Record<string, unknown>>;
}

const SUBMITTED = { status: "SUBMITTED", submitted_at: `${today}T10:00:00Z` };
const EVALUATED = { status: "UNDER_EVALUATION", submitted_at: `${today}T10:00:00Z` };
const published = { state: "PUBLISHED" };

export const COMMANDS: Readonly<Record<string, CommandNeeds>> = {
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
