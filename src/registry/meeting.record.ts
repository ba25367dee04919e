// The network's Annual Meetings, called Annual Conferences since 2019, with the cities that hosted them.
import { integer, listOf, name, oneOf, partialDate, text } from "../database/declare/column";
import type { Cells } from "../database/declare/dataset-file";
import { recordType } from "../database/declare/record-type";
import { children, joined, type Relation } from "../database/declare/relation";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { Meeting } from "../database/rows";
import { city } from "./city.record";
import { confidence, confidenceWord, noteWithDoubts } from "./confidence";
import { country } from "./country.record";

export const meeting = recordType<Meeting>()({
  name: "Meeting",
  plural: "meetings",
  description:
    "A meeting of the whole network: an Annual Meeting or, since 2019, Annual Conference, in one of its cities.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  columns: {
    number: integer("Its number in the series; null for one held out of the series.", {
      nullable: true,
      unique: true,
      ordered: true,
    }),
    title: name("What it is called, with its place and year.", { ordered: true }),
    year: integer("The year in which it took place or is to take place.", { ordered: true }),
    startsOn: partialDate("Its first day, as far as it is known.", { nullable: true, ordered: true }),
    endsOn: partialDate("The day on which it ended, as far as it is known.", { nullable: true, ordered: true }),
    place: text("Where it took place, in the source's words.", { nullable: true }),
    theme: text("What it was about.", { nullable: true }),
    attendance: text("Who and how many took part, in the source's words.", { nullable: true }),
    priorities: listOf(text("The priorities that it set for the network.")),
    confidence: oneOf(confidence, "How well the facts about it are supported by their sources.", {
      nullable: true,
      ordered: true,
    }),
    note: text("What is particular about it or about the facts recorded here.", { nullable: true }),
  },
  references: {
    countryId: { to: () => country, nullable: true, description: "The country in which it took place." },
  },
  defaultOrder: ["year"],
  search: [{ column: "title", reason: "NAME" }],
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "meetings.csv",
    key: ["year", "number"],
    referredBy: "number",
    columns: {
      number: "number",
      title: titleOf,
      year: "year",
      startsOn: "starts_on",
      endsOn: "ends_on",
      place: "host",
      countryId: "country_code",
      theme: "theme",
      attendance: "participants",
      confidence: confidenceWord,
      note: noteWithDoubts,
    },
    links: [{ header: "host_city_slugs", table: "meeting_host", column: "cityId", to: () => city }],
    sources: [{ header: "source" }],
  },
});

/** The name was changed with the thirteenth (data/meetings.csv). */
const FIRST_CONFERENCE = 13;

function titleOf(cell: Cells): string {
  const number = Number(cell("number"));
  const series = number >= FIRST_CONFERENCE ? "Annual Conference" : "Annual Meeting";
  const title = cell("number") === "" ? "Meeting" : `${roman(number)} ${series}`;
  return `${title}, ${cell("host")}, ${cell("year")}`;
}

const ROMAN: readonly (readonly [string, number])[] = [
  ["X", 10],
  ["IX", 9],
  ["V", 5],
  ["IV", 4],
  ["I", 1],
];

/** As the network counts its meetings: I to XXXIX. */
function roman(number: number): string {
  const [letters, value] = ROMAN.find(([, worth]) => worth <= number) ?? ["", 0];
  return value === 0 ? "" : letters + roman(number - value);
}

const hosts = { table: "meeting_host", edge: {} };

export const meetingRelations: readonly Relation[] = [
  joined({
    from: meeting,
    name: "hosts",
    to: city,
    shownAs: "list",
    usually: 1,
    description: "The cities that hosted it.",
    join: { ...hosts, fromColumn: "recordId", toColumn: "cityId" },
  }),
  joined({
    from: city,
    name: "meetingsHosted",
    to: meeting,
    shownAs: "list",
    usually: 1,
    description: "The meetings of the network that it hosted.",
    join: { ...hosts, fromColumn: "cityId", toColumn: "recordId" },
  }),
  children({
    from: country,
    name: "meetings",
    to: meeting,
    by: "countryId",
    shownAs: "connection",
    description: "The meetings of the network that took place in it.",
  }),
];
