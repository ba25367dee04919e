// A few rows of what the dataset has none of: organizations, practices, parts of networks and organizations in
// projects, priorities of meetings, objectives and beneficiaries. The same rows each time, beside those of the dataset.
import { withPrisma } from "../../src/database/client/prisma";
import type { Database, Session } from "../../src/database/database";
import type { Meeting } from "../../src/database/rows";
import { called, cityList, fieldList, goalList, records, type Builders } from "./records";
import { addCallsAndReports } from "./rows-of-calls-and-reports";
import { addOpportunitiesAndExperts } from "./rows-of-opportunities-and-experts";

export async function addRowsOfEmptyTypes(database: Database): Promise<void> {
  await database.write("test", async (session) => {
    const add = records(session);
    await addOrganizations(add);
    const meeting = await addMeetingsAndProjects(session, add);
    await addParticipations(add);
    await addPractices(add, meeting);
    await addCallsAndReports(session, add);
    await addOpportunitiesAndExperts(session, add);
  });
}

async function addOrganizations(add: Builders): Promise<void> {
  await add.organization({
    slug: "book-institute",
    name: "Book Institute",
    city: called("krakow"),
    website: "https://book-institute.example.org/",
  });
  await add.organization({
    slug: "craft-guild",
    name: "Ålesund Craft Guild",
    sector: "CIVIL_SOCIETY",
    city: called("krakow"),
  });
  await add.organization({
    slug: "film-works",
    name: "Film Works Ltd",
    sector: "PRIVATE",
    city: called("york"),
    website: "https://film-works.example.org/",
  });
  await add.organization({ slug: "open-university", name: "Open University of Design", sector: "ACADEMIA" });
  await add.organization({
    slug: "travelling-stage",
    name: "Travelling Stage",
    sector: "CIVIL_SOCIETY",
    website: "https://stage.example.org/",
  });
}

/**
 * Two projects were formed at meetings, one of them has all that a project can have, and one has next to nothing.
 * @returns the meeting of 2097
 */
async function addMeetingsAndProjects(session: Session, add: Builders): Promise<Meeting> {
  const priorities = ["Culture in local plans", "Exchange of artists"];
  const twelfth = await withPrisma(session, (prisma) =>
    prisma.meeting.update({ where: { number: 12 }, data: { priorities } }),
  );
  const ofPriorities = await add.meeting({
    title: "Meeting of priorities",
    year: 2097,
    startsOn: "2097-06-01",
    endsOn: "2097-06-03",
    place: "Kraków",
    country: { connect: { code: "PL" } },
    priorities: ["Exchange of artists", "Young people", 'A, {quoted} "priority"'],
    hosts: cityList("krakow", "york"),
  });
  await add.meeting({ title: "Meeting of nothing", year: 2098 });
  await add.project({
    slug: "synthetic-exchange",
    title: "Synthetic Exchange",
    summary: "Artists travel.",
    status: "ACTIVE",
    kind: "exchange",
    startsOn: "2097-07",
    endsOn: "2098",
    website: "https://exchange.example.org/",
    themes: ["Theme one", "Theme two"],
    areasOfAction: ["EXCHANGE_PROGRAMMES", "PILOT_PARTNERSHIPS"],
    objectives: ["INTERNATIONAL_COOPERATION", "CREATIVITY_HUBS"],
    beneficiaries: ["YOUTH", "CREATORS", "WOMEN"],
    meeting: { connect: { id: ofPriorities.id } },
    confidence: "HIGH",
    note: "Of the tests.",
    goals: goalList(5, 11),
    creativeFields: fieldList("film", "music"),
  });
  await add.project({
    slug: "synthetic-plan",
    title: "Synthetic Plan",
    status: "CANCELLED",
    objectives: ["CREATIVITY_HUBS"],
    beneficiaries: ["CREATORS"],
    meeting: { connect: { id: twelfth.id } },
  });
  await add.project({ slug: "synthetic-void", title: "Synthetic Void", status: "PROPOSED" });
  return ofPriorities;
}

const PARTICIPATIONS = [
  ["city-to-city-2020", "gnlc", "PARTNER", "ACCEPTED", "2020-03", "2021"],
  ["city-to-city-2021", "gnlc", "PARTNER", "LEFT", "2021", "2021-06-30"],
  ["city-to-city-2020", "book-institute", "PARTNER", "ACCEPTED", "2020", null],
  ["code-poster-2010", "open-university", "PARTNER", "DECLINED", null, null],
  ["synthetic-exchange", "book-institute", "LEAD", "ACCEPTED", "2097-07", null],
  ["synthetic-exchange", "film-works", "PARTNER", "INVITED", null, null],
  ["synthetic-exchange", "gnlc", "PARTNER", "INVITED", null, null],
  ["synthetic-exchange", "krakow", "PARTNER", "ACCEPTED", "2097-08-15", "2098"],
  ["busan-residency-2018", "gnlc", "PARTNER", "ACCEPTED", "2018", null],
  ["busan-residency-2018", "film-works", "PARTNER", "ACCEPTED", "2018-05", "2019-06"],
  ["synthetic-plan", "york", "PARTNER", "LEFT", "2015", "2016-02"],
] as const;

async function addParticipations(add: Builders): Promise<void> {
  for (const [project, who, role, status, since, until] of PARTICIPATIONS) {
    const partner = await add.partner(who);
    await add.projectParticipation({ project: called(project), partner, role, status, since, until });
  }
}

// Practices of each state: two that the Secretariat put there, two that cities submitted and that were accepted, and of
// those that were not, one each.
async function addPractices(add: Builders, { id }: Meeting): Promise<void> {
  await add.practiceCollection({
    slug: "synthetic-collection",
    title: "Synthetic Collection",
    year: 2097,
    publishedAt: { connect: { id } },
  });
  const ofTests = called("synthetic-collection");
  await add.practice({
    slug: "libraries-on-wheels",
    title: "Libraries on Wheels",
    summary: "Books come to every village.",
    areasOfAction: ["EXPERIENCE_SHARING", "COMMUNICATION_AND_AWARENESS"],
    year: 2018,
    url: "https://wheels.example.org/",
    submittedBy: called("krakow"),
    cities: cityList("krakow", "york"),
    goals: goalList(4, 11),
  });
  await add.practice({
    slug: "night-of-crafts",
    title: "Night of Crafts",
    areasOfAction: ["EXPERIENCE_SHARING"],
    cities: cityList("krakow"),
  });
  await add.practice({
    slug: "open-studios",
    title: "Ópen Studios",
    summary: "Studios open their doors.",
    collection: ofTests,
    year: 2019,
    submittedBy: called("lyon"),
    cities: cityList("lyon"),
    goals: goalList(11),
  });
  await add.practice({
    slug: "quiet-practice",
    title: "Quiet Practice",
    collection: ofTests,
    areasOfAction: ["POLICIES_AND_MEASURES"],
    year: 2018,
  });
  await add.practice({
    slug: "secret-library",
    title: "Secret Library",
    summary: "Not for all eyes.",
    areasOfAction: ["EXPERIENCE_SHARING"],
    year: 2026,
    url: "https://secret.example.org/",
    state: "SUBMITTED",
    submittedBy: called("krakow"),
    cities: cityList("krakow", "york"),
    goals: goalList(4),
  });
  await add.practice({
    slug: "declined-practice",
    title: "Declined Practice",
    collection: ofTests,
    year: 2025,
    state: "DECLINED",
    submittedBy: called("york"),
    cities: cityList("lyon"),
    goals: goalList(16),
  });
}
