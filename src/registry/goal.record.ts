// The Sustainable Development Goals of the 2030 Agenda (United Nations General Assembly, resolution 70/1 of 2015).
import { integer, name } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { SustainableDevelopmentGoal } from "../database/rows";

export const goal = recordType<SustainableDevelopmentGoal>()({
  name: "SustainableDevelopmentGoal",
  plural: "goals",
  description:
    "One of the seventeen Sustainable Development Goals of the United Nations' 2030 Agenda, under which the network works.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  columns: {
    number: integer("Its number, 1 to 17.", { unique: true, ordered: true }),
    title: name("Its short title, as the United Nations give it.", { ordered: true, hidden: true }),
  },
  references: {},
  defaultOrder: ["number"],
  named: "title",
  search: [{ column: "title", reason: "NAME" }],
  roots: { many: "list" },
  dataset: {
    file: "goals.csv",
    key: ["number"],
    columns: { number: "number", title: "title" },
  },
  nameFile: { file: "goal-names.csv", ownerHeader: "goal" },
});
