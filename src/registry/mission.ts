// The words of the network's Mission Statement (UNESCO Creative Cities Network, 2017): its objectives, its areas of action,
// and whom it is for.
import { enumeration } from "../database/declare/column";

export const areaOfAction = enumeration("AreaOfAction", "The six areas of action of the Mission Statement.", {
  EXPERIENCE_SHARING: "Sharing experiences, knowledge and best practices.",
  PILOT_PARTNERSHIPS:
    "Pilot projects, partnerships and initiatives with the public and private sectors and civil society.",
  EXCHANGE_PROGRAMMES: "Professional and artistic exchange programmes and networks.",
  STUDIES_AND_EVALUATION: "Studies, research and evaluations on the experience of the Creative Cities.",
  POLICIES_AND_MEASURES: "Policies and measures for sustainable urban development.",
  COMMUNICATION_AND_AWARENESS: "Communication and awareness-raising.",
});

export const objective = enumeration("Objective", "The six objectives of the Mission Statement.", {
  INTERNATIONAL_COOPERATION:
    "Strengthen international cooperation between cities that see creativity as a strategic factor of their development.",
  PARTNERSHIP_INITIATIVES:
    "Stimulate initiatives of member cities that make creativity a part of urban development, notably through partnerships of the public and private sectors and civil society.",
  CREATION_AND_DISTRIBUTION:
    "Strengthen the creation, production, distribution and dissemination of cultural activities, goods and services.",
  CREATIVITY_HUBS:
    "Develop hubs of creativity and innovation, and broaden opportunities for creators and professionals.",
  ACCESS_AND_PARTICIPATION:
    "Improve access to and participation in cultural life, notably for marginalized or vulnerable groups.",
  INTEGRATION_IN_PLANS: "Fully integrate culture and creativity into local development strategies and plans.",
});

export const beneficiaryGroup = enumeration("BeneficiaryGroup", "Whom something is for.", {
  CREATORS: "Creators and professionals of the cultural sector.",
  MARGINALIZED_OR_VULNERABLE: "Marginalized or vulnerable groups and individuals.",
  WOMEN: "Women and girls.",
  YOUTH: "Young people.",
  GENERAL_PUBLIC: "Everybody who lives in or visits a city.",
});
