// What must not compile: each line below one that expects an error is a mistake that the compiler finds. `npm run check:types` fails where one
// compiles. Nothing here is run.
import { dateTime, enumeration, integer, name, oneOf, text } from "../../src/database/declare/column";
import { recordType } from "../../src/database/declare/record-type";
import { AUTHORITY, BY_SECRETARIAT } from "../../src/database/declare/rights";
import { insertRecord, updateRecord } from "../../src/database/write/write-record";
import { commandOn } from "../../src/database/write/command";
import { rulesOn } from "../../src/database/write/rules";
import type { WriteContext } from "../../src/database/write/write-context";
import { transitionsOf } from "../../src/database/write/transition-command";
import { application } from "../../src/registry/application.record";

declare function used(value: unknown): void;

/** A row as Prisma generates it. */
interface Garden {
  id: string;
  title: string;
  plants: number;
  motto: string | null;
  openedAt: Date;
  season: "SPRING" | "FALL";
  cityId: string;
}

const season = enumeration("Season", "A season.", { SPRING: "Spring.", FALL: "Fall." });
const columns = {
  title: name("What it is called."),
  plants: integer("How many grow in it."),
  motto: text("What its gate says.", { nullable: true }),
  openedAt: dateTime("When it was opened."),
  season: oneOf(season, "When it blooms."),
};
const references = { cityId: { to: () => application, nullable: false, description: "Where it lies." } } as const;
const said = {
  name: "Garden",
  plural: "gardens",
  description: "A garden.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  defaultOrder: ["title"],
  roots: { many: "connection" },
} as const;

export const garden = recordType<Garden>()({ ...said, columns, references });

// @ts-expect-error: a column of the model is not declared
recordType<Garden>()({ ...said, columns: { ...columns, plants: undefined }, references });
// @ts-expect-error: a number is declared as text
recordType<Garden>()({ ...said, columns: { ...columns, plants: text("How many grow in it.") }, references });
// @ts-expect-error: text is declared as a number
recordType<Garden>()({ ...said, columns: { ...columns, title: integer("What it is called.") }, references });
// @ts-expect-error: a column that may be null is declared as required
recordType<Garden>()({ ...said, columns: { ...columns, motto: text("What its gate says.") }, references });
// @ts-expect-error: a column that is required is declared as one that may be null
recordType<Garden>()({ ...said, columns: { ...columns, title: name("Its name.", { nullable: true }) }, references });
// @ts-expect-error: an instant is declared as text
recordType<Garden>()({ ...said, columns: { ...columns, openedAt: text("When it was opened.") }, references });
const oneSeason = enumeration("Season", "A season.", { SPRING: "Spring." });
// @ts-expect-error: a word of the list is missing
recordType<Garden>()({ ...said, columns: { ...columns, season: oneOf(oneSeason, "When it blooms.") }, references });
const mayBeNull = { cityId: { ...references.cityId, nullable: true } } as const;
// @ts-expect-error: a reference that is required is declared as one that may be null
recordType<Garden>()({ ...said, columns, references: mayBeNull });
// @ts-expect-error: the order is by a column that is none
recordType<Garden>()({ ...said, columns, references, defaultOrder: ["name"] });
// @ts-expect-error: who sees a row is named by a column that is none
recordType<Garden>()({ ...said, columns, references, audience: { only: ["ownerId"] } });

rulesOn(garden)({
  begin: () => ({ season: "FALL" }),
  check: (_write, { before, after }) => {
    // @ts-expect-error: a rule names a column that is none
    used(before?.name);
    // @ts-expect-error: a rule takes a number for text
    used(after?.plants.toUpperCase());
    // @ts-expect-error: a rule takes for known what may be null
    used(before?.motto.length);
  },
});
// @ts-expect-error: a new record begins with a word that is not of the list
rulesOn(garden)({ begin: () => ({ season: "WINTER" }) });

commandOn(garden)({
  name: "openGarden",
  may: AUTHORITY,
  description: "Opens a garden.",
  takes: {
    columns: { motto: text("What its gate says.", { nullable: true }), plants: integer("How many grow in it.") },
    references: { designationId: { to: () => application, nullable: true, description: "What it is for." } },
  },
  act: (_write, target, given) => {
    const kept: string | null = given.motto ?? target.motto;
    const more: number = given.plants + target.plants;
    // @ts-expect-error: a command reads what its target has not
    used(target.owner);
    // @ts-expect-error: a command reads what it does not take
    used(given.title);
    // @ts-expect-error: a command takes for given what may be left out
    used(given.designationId.length);
    return Promise.resolve(`${kept ?? ""}${more}`);
  },
});

// @ts-expect-error: a lifecycle is kept in a column that is none
transitionsOf(garden, "state", () => "SPRING");

export async function written({ session }: WriteContext): Promise<void> {
  await insertRecord(session, garden, { title: "Botanical", plants: 1, openedAt: "2026-01-01T00:00:00.000Z" });
  // @ts-expect-error: a value of another type is written
  await updateRecord(session, garden, "id", { plants: "many" });
  // @ts-expect-error: a column is written that is none
  await updateRecord(session, garden, "id", { owner: null });
}
