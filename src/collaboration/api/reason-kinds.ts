// Why a partner is suggested, as the API says it.
import { enumeration } from "../../database/declare/column";
import type { ReasonKind } from "../graph/suggestions/weights";

export const suggestionReasonKind = enumeration("SuggestionReasonKind", "Why a partner is suggested.", {
  COMMON_PARTNERS: "Both worked with the same partners.",
  SHARED_FIELD: "Both are Creative Cities of the same field.",
  COMPLEMENTARY_FIELD:
    "Their creative fields often work together in the projects and practices that are recorded here.",
  SHARED_GOALS: "Projects or practices of both work for the same Sustainable Development Goals.",
  SHARED_AREAS: "Projects or practices of both belong to the same areas of action.",
  SHARED_NETWORK: "Both are members of a network beside the Creative Cities Network.",
  SHARED_REGION: "Both lie in the same of UNESCO's regions.",
  EXPERIENCE: "It has worked with others before, the more lately the better.",
  UNDERSERVED_REGION:
    "It lies in the Global South, which the network's mission names its priority, and has few projects yet.",
  WISHED_FIELD: "The opportunity is about a field that it is a Creative City of.",
  WISHED_GOALS: "Its projects or practices work for goals that the opportunity is meant to serve.",
  WISHED_AREAS: "Its projects or practices belong to areas of action that the opportunity belongs to.",
} satisfies Record<ReasonKind, string>);
