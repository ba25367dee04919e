// What becomes of a membership: the field changes, or the city leaves.
import { withPrisma } from "../database/client/prisma";
import { partialDate } from "../database/declare/column";
import { AUTHORITY, SECRETARIAT } from "../database/declare/rights";
import { type Command, commandOn } from "../database/write/command";
import { insertRecord, updateRecord } from "../database/write/write-record";
import { firstDay } from "../kernel/dates";
import { allowed, refusal } from "../kernel/user-errors";
import { city } from "./city.record";
import { creativeField } from "./creative-field.record";
import { designation } from "./designation.record";
import { designationState, nextDesignationState } from "./designation.rules";

const changeCreativeField = commandOn(designation)({
  name: "changeCreativeField",
  may: SECRETARIAT,
  description:
    "Changes the field of a designation: it ends on the day, and another one in the new field begins, with which it answers. The city stays a member.",
  takes: {
    columns: { changedOn: partialDate("The first day of the new field.") },
    references: { creativeFieldId: { to: () => creativeField, nullable: false, description: "The new field." } },
  },
  act: async (write, target, { changedOn: on, creativeFieldId }) => {
    const { designatedOn, endedOn } = target;
    const sameField = target.creativeFieldId === creativeFieldId;
    allowed(nextDesignationState(designationState({ endedOn }), "changeField", { designatedOn, on, sameField }));
    await updateRecord(write.session, designation, target.id, { endedOn: on });
    const { cityId, roundId, callId } = target;
    return insertRecord(write.session, designation, { cityId, creativeFieldId, roundId, callId, designatedOn: on });
  },
});

const leaveNetwork = commandOn(city)({
  name: "leaveNetwork",
  may: AUTHORITY,
  description:
    "Ends the membership of a city in the Creative Cities Network: every designation of it that is in force ends. A city leaves today or later; what was before, the Secretariat records.",
  takes: { columns: { leftOn: partialDate("The first day on which it is a member no longer.") } },
  act: async (write, target, { leftOn }) => {
    const { today, viewer } = write.read;
    // That it was a member up to today is official.
    if (viewer.role !== "SECRETARIAT" && firstDay(leftOn) < today) {
      throw refusal(
        "INVALID",
        `a city leaves on ${today} or later: ask the Secretariat to record an earlier day`,
        "leftOn",
      );
    }
    const standing = await withPrisma(write.session, (prisma) =>
      prisma.designation.findMany({ where: { cityId: target.id, endedOn: null }, orderBy: { id: "asc" } }),
    );
    if (standing.length === 0)
      throw refusal("NOT_ALLOWED_NOW", "the city has no designation in force, so it is no member", "by");
    for (const row of standing) {
      const { designatedOn, endedOn } = row;
      allowed(nextDesignationState(designationState({ endedOn }), "leave", { designatedOn, on: leftOn }));
      await updateRecord(write.session, designation, row.id, { endedOn: leftOn });
    }
    return target.id;
  },
});

export const designationCommands: readonly Command[] = [changeCreativeField, leaveNetwork];
