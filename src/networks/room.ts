// What the networks add to the graph.
import type { Room } from "../database/declare/catalogue";
import { network, networkParts } from "./network.record";

export const networks: Room = {
  records: [network],
  relations: [networkParts],
};
