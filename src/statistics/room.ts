// What the statistics add to the graph: figures over the records of all rooms before them, and no records of their own.
import type { Room } from "../database/declare/catalogue";
import { Coverage } from "./coverage";
import { GroupedStatistics } from "./grouped-statistics";
import { MembershipTimeline } from "./membership-timeline";
import { OverlapField, OverlapFields } from "./network-overlap";
import { NetworkOverlaps } from "./network-overlaps";
import { NetworkStatistics } from "./network-statistics";
import { ReportRoots } from "./report-statistics";
import { StatisticKeyFields, StatisticValueFields } from "./statistic-types";

export const statistics: Room = {
  records: [],
  relations: [],
  resolvers: [
    GroupedStatistics,
    StatisticKeyFields,
    StatisticValueFields,
    NetworkStatistics,
    OverlapField,
    OverlapFields,
    NetworkOverlaps,
    ReportRoots,
    MembershipTimeline,
    Coverage,
  ],
};
