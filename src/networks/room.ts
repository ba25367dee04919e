// What the networks add to the graph.
import type { Room } from "../database/declare/catalogue";
import { membershipRelations, networkMembership } from "./network-membership.record";
import { organization, organizationRelations } from "./organization.record";
import { network, networkParts } from "./network.record";

export const networks: Room = {
  records: [network, networkMembership, organization],
  relations: [networkParts, ...membershipRelations, ...organizationRelations],
};
