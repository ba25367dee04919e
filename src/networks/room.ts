// What the networks add to the graph.
import type { Room } from "../database/declare/catalogue";
import { agreementRelations, networkAgreement } from "./network-agreement.record";
import { membershipRelations, networkMembership } from "./network-membership.record";
import { organization, organizationRelations } from "./organization.record";
import { network, networkParts } from "./network.record";

export const networks: Room = {
  records: [network, networkMembership, networkAgreement, organization],
  relations: [networkParts, ...membershipRelations, ...agreementRelations, ...organizationRelations],
};
