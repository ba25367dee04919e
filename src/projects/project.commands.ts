// How projects begin and end, and who leads them.
import type { Command } from "../database/write/command";
import { rulesOn } from "../database/write/rules";
import { transitionsOf } from "../database/write/transition-command";
import { insertRecord } from "../database/write/write-record";
import { projectParticipation } from "./project-participation.record";
import { project } from "./project.record";
import { nextProjectState, type ProjectEvent } from "./project.rules";

const LEAD = ["LEAD"];

export const projectWrites = rulesOn(project)({
  begin: () => ({ status: "PROPOSED" }),
  created: async ({ session, read }, projectId) => {
    // Whoever makes a project with a key of its own leads it.
    const { scope } = read.viewer;
    if (scope === null) return;
    await insertRecord(session, projectParticipation, {
      projectId,
      partnerId: scope,
      role: "LEAD",
      status: "ACCEPTED",
      since: read.today,
    });
  },
});

const projectTransition = transitionsOf(project, "status", (target, event: ProjectEvent) =>
  nextProjectState(target.status, event, {}),
);

export const projectCommands: readonly Command[] = [
  projectTransition("startProject", "start", LEAD, "Begins a project that was proposed."),
  projectTransition("completeProject", "complete", LEAD, "Brings a project to its end."),
  projectTransition("cancelProject", "cancel", LEAD, "Gives a project up before its end."),
  projectTransition(
    "reopenProject",
    "reopen",
    LEAD,
    "Takes a project up again: a completed one is under way again, a cancelled one is a proposal again.",
  ),
];
