// Builders: records for tests, each with what it cannot be without, so that a test names only what it is about. What they take is what
// Prisma Client takes to create one: references by what is unique (`called("krakow")`), lists of the record's own within (`create: [...]`).
import { withPrisma, type LeasedPrisma } from "../../src/database/client/prisma";
import type { Database, Session } from "../../src/database/database";
import type { MonitoringReport, Opportunity, Prisma } from "../../src/database/rows";

let made = 0;

/** Whose slug or title nobody asks for; each is another. */
function unnamed(): string {
  made += 1;
  return `made-${made}`;
}

interface BySlug {
  connect: { slug: string };
}

/** The record with a slug, as a reference. */
export function called(slug: string): BySlug {
  return { connect: { slug } };
}

/** The goals with these numbers, as a list of a record. */
export function goalList(...numbers: number[]): { create: { goal: { connect: { number: number } } }[] } {
  return { create: numbers.map((number) => ({ goal: { connect: { number } } })) };
}

/** The creative fields with these slugs, as a list of a record. */
export function fieldList(...slugs: string[]): { create: { creativeField: BySlug }[] } {
  return { create: slugs.map((slug) => ({ creativeField: called(slug) })) };
}

/** The cities with these slugs, as a list of a record. */
export function cityList(...slugs: string[]): { create: { city: BySlug }[] } {
  return { create: slugs.map((slug) => ({ city: called(slug) })) };
}

/** A day or an instant as a column of such a type takes it. */
export function at(day: string): Date {
  return new Date(day);
}

/** What is given of a record: some of it must be, the rest has a value of its own. */
type Given<Input, Needed extends keyof Input> = Pick<Input, Needed> & Partial<Input>;

/** Adds records in one transaction. */
export function addTo<T>(database: Database, work: (add: Builders) => Promise<T>): Promise<T> {
  return database.write("test", (session) => work(records(session)));
}

export type Builders = ReturnType<typeof records>;

/** @param session whose transaction they are part of */
export function records(session: Session) {
  const create = <Row>(work: (prisma: LeasedPrisma) => Promise<Row>): Promise<Row> => withPrisma(session, work);
  const partnerId = (slug: string): Promise<string> =>
    create(async (prisma) => {
      const asked = { where: { slug }, select: { id: true } };
      const found =
        (await prisma.network.findUnique(asked)) ??
        (await prisma.organization.findUnique(asked)) ??
        (await prisma.city.findUniqueOrThrow(asked));
      return found.id;
    });
  return {
    /** Of the city, the network or the organization with a slug. */
    partnerId,

    /** The same as a reference. */
    partner: async (slug: string) => ({ connect: { id: await partnerId(slug) } }),

    country: (given: Partial<Prisma.CountryCreateInput> = {}) =>
      create((prisma) =>
        prisma.country.create({
          data: { code: "XX", name: "Syldavia", region: "AFRICA", globalSouth: false, ...given },
        }),
      ),

    /** In Poland, where nothing else is said. */
    city: (given: Partial<Prisma.CityCreateInput> = {}) =>
      create((prisma) =>
        prisma.city.create({ data: { kind: "city", country: { connect: { code: "PL" } }, ...named(given) } }),
      ),

    manyCities: (count: number, given: (n: number) => Partial<Prisma.CityCreateManyInput>) =>
      create(async (prisma) => {
        const { id: countryId } = await prisma.country.findUniqueOrThrow({ where: { code: "PL" } });
        const data = Array.from({ length: count }, (_, i) => ({ kind: "city", countryId, ...named(given(i + 1)) }));
        return prisma.city.createMany({ data });
      }),

    designation: (given: Given<Prisma.DesignationCreateInput, "city">) =>
      create((prisma) =>
        prisma.designation.create({ data: { creativeField: called("film"), designatedOn: "2017", ...given } }),
      ),

    meeting: (given: Partial<Prisma.MeetingCreateInput> = {}) =>
      create((prisma) => prisma.meeting.create({ data: { title: unnamed(), year: 2097, ...given } })),

    applicationCall: (given: Partial<Prisma.ApplicationCallCreateInput> = {}) =>
      create((prisma) =>
        prisma.applicationCall.create({
          data: { year: 2097, opensOn: at("2097-03-01"), closesOn: at("2097-05-31"), ...titled(given) },
        }),
      ),

    application: (given: Given<Prisma.ApplicationCreateInput, "call" | "city">) =>
      create((prisma) =>
        prisma.application.create({ data: { creativeField: called("film"), status: "DRAFT", ...given } }),
      ),

    /** Of a period that ends on the day that it is due on. */
    monitoringReport: (given: Given<Prisma.MonitoringReportCreateInput, "city" | "dueOn">) =>
      create((prisma) =>
        prisma.monitoringReport.create({
          data: { status: "DRAFT", periodStart: given.dueOn, periodEnd: given.dueOn, ...given },
        }),
      ),

    plannedAction: (
      { id: reportId, cityId, status: reportStatus }: MonitoringReport,
      given: Partial<Prisma.PlannedActionUncheckedCreateInput> = {},
    ) =>
      create((prisma) =>
        prisma.plannedAction.create({
          data: {
            reportId,
            cityId,
            reportStatus,
            title: unnamed(),
            areaOfAction: "EXCHANGE_PROGRAMMES",
            objective: "CREATIVITY_HUBS",
            ...given,
          },
        }),
      ),

    network: (given: Partial<Prisma.NetworkCreateInput> = {}) =>
      create((prisma) => prisma.network.create({ data: { kind: "CITY_NETWORK", ...named(given) } })),

    networkMembership: (given: Given<Prisma.NetworkMembershipCreateInput, "network" | "city">) =>
      create((prisma) => prisma.networkMembership.create({ data: { role: "MEMBER", ...given } })),

    /** @param parties the slugs of the networks that agree */
    networkAgreement: (parties: readonly string[], given: Partial<Prisma.NetworkAgreementCreateInput> = {}) =>
      create((prisma) =>
        prisma.networkAgreement.create({
          data: {
            kind: "MEMORANDUM",
            networks: { create: parties.map((slug) => ({ network: called(slug) })) },
            ...titled(given),
          },
        }),
      ),

    organization: (given: Partial<Prisma.OrganizationCreateInput> = {}) =>
      create((prisma) => prisma.organization.create({ data: { sector: "PUBLIC", ...named(given) } })),

    project: (given: Partial<Prisma.ProjectCreateInput> = {}) =>
      create((prisma) => prisma.project.create({ data: { status: "ACTIVE", ...titled(given) } })),

    projectParticipation: (given: Given<Prisma.ProjectParticipationCreateInput, "project" | "partner">) =>
      create((prisma) =>
        prisma.projectParticipation.create({ data: { role: "PARTNER", status: "ACCEPTED", ...given } }),
      ),

    opportunity: (given: Given<Prisma.OpportunityCreateInput, "postedBy">) =>
      create((prisma) =>
        prisma.opportunity.create({
          data: { description: "Of the tests.", opensOn: at("2026-01-01"), state: "PUBLISHED", ...titled(given) },
        }),
      ),

    opportunityResponse: (
      { id: opportunityId, postedById }: Opportunity,
      given: Given<Prisma.OpportunityResponseUncheckedCreateInput, "responderId">,
    ) =>
      create((prisma) =>
        prisma.opportunityResponse.create({
          data: {
            opportunityId,
            postedById,
            message: "We would come.",
            state: "OPEN",
            respondedAt: at("2026-05-01"),
            ...given,
          },
        }),
      ),

    practiceCollection: (given: Partial<Prisma.PracticeCollectionCreateInput> = {}) =>
      create((prisma) => prisma.practiceCollection.create({ data: titled(given) })),

    practice: (given: Partial<Prisma.PracticeCreateInput> = {}) =>
      create((prisma) =>
        prisma.practice.create({ data: { collection: called("lab-2030"), state: "ACCEPTED", ...titled(given) } }),
      ),

    expert: (given: Partial<Prisma.ExpertCreateInput> = {}) =>
      create((prisma) => prisma.expert.create({ data: named(given) })),

    expertMission: (given: Given<Prisma.ExpertMissionCreateInput, "expert" | "hostCity">) =>
      create((prisma) => prisma.expertMission.create({ data: { topic: unnamed(), state: "REQUESTED", ...given } })),

    publication: (given: Partial<Prisma.PublicationCreateInput> = {}) =>
      create((prisma) => prisma.publication.create({ data: { kind: "REPORT", ...titled(given) } })),

    publicationContribution: (given: Given<Prisma.PublicationContributionCreateInput, "publication" | "contributor">) =>
      create((prisma) => prisma.publicationContribution.create({ data: { kind: "AUTHOR", ...given } })),

    recordName: (recordId: string, given: Omit<Prisma.RecordNameUncheckedCreateInput, "recordId">) =>
      create((prisma) => prisma.recordName.create({ data: { recordId, ...given } })),

    externalId: (recordId: string, scheme: string, value: string) =>
      create((prisma) => prisma.externalId.create({ data: { recordId, scheme, value } })),

    recordSource: (recordId: string, given: Omit<Prisma.RecordSourceUncheckedCreateInput, "recordId">) =>
      create((prisma) => prisma.recordSource.create({ data: { recordId, ...given } })),
  };
}

/** With a slug, and a name that is the same where none is given. */
function named<Given extends { slug?: string; name?: string }>(given: Given): Given & { slug: string; name: string } {
  const slug = given.slug ?? unnamed();
  return { ...given, slug, name: given.name ?? slug };
}

function titled<Given extends { slug?: string; title?: string }>(
  given: Given,
): Given & { slug: string; title: string } {
  const slug = given.slug ?? unnamed();
  return { ...given, slug, title: given.title ?? slug };
}
