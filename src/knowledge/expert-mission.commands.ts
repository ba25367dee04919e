// How experts go on missions: a city asks, the city that lends the expert agrees.
import type { Command } from "../database/write/command";
import { rulesOn } from "../database/write/rules";
import { transitionsOf } from "../database/write/transition-command";
import { refusal } from "../kernel/user-errors";
import { expertMission } from "./expert-mission.record";
import { nextMissionState, type MissionEvent } from "./expert-mission.rules";

const LENDER = ["LENDER"];
const EITHER = ["AUTHORITY", "LENDER"];

export const missionWrites = rulesOn(expertMission)({
  begin: () => ({ state: "REQUESTED" }),
  check: ({ read }, { before, after, values }) => {
    if (before === undefined || read.viewer.role === "SECRETARIAT" || before.state === "REQUESTED") return;
    // What was agreed to may be moved to other days, and is else what was agreed to.
    const isMoved = Object.keys(values).every((column) => column === "startsOn" || column === "endsOn");
    if (before.state === "AGREED" && after !== undefined && isMoved) return;
    throw refusal("NOT_ALLOWED_NOW", "the mission was decided about, and is not changed or deleted any more", "by");
  },
});

const missionTransition = transitionsOf(expertMission, "state", (target, event: MissionEvent, { read }) =>
  nextMissionState(target.state, event, { startsOn: target.startsOn, today: read.today }),
);

export const missionCommands: readonly Command[] = [
  missionTransition("agreeToMission", "agree", LENDER, "Agrees that the expert goes on the mission."),
  missionTransition("declineMission", "decline", LENDER, "Does not agree that the expert goes on the mission."),
  missionTransition("completeMission", "complete", EITHER, "Says that the mission has taken place."),
  missionTransition("cancelMission", "cancel", EITHER, "Gives the mission up before it is completed."),
];
