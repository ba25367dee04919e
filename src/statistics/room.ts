// What the statistics add to the graph: figures over the records of all rooms before them, and no records of their own.
import type { FilterTypes, Room } from "../database/declare/catalogue";
import { addCoverage } from "./coverage";
import { addGroupedStatistics } from "./grouped-statistics";
import { addMembershipTimeline } from "./membership-timeline";
import { addNetworkOverlap } from "./network-overlap";
import { addNetworkOverlaps } from "./network-overlaps";
import { addNetworkStatistics } from "./network-statistics";
import { addReportStatistics } from "./report-statistics";

export const statistics: Room = {
  records: [],
  relations: [],
  roots: (filters: FilterTypes) => {
    addGroupedStatistics(filters);
    addNetworkStatistics(filters);
    addNetworkOverlap(filters);
    addNetworkOverlaps(filters);
    addReportStatistics();
    addMembershipTimeline(filters);
    addCoverage();
  },
};
