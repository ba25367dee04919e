// Rows of agreements, opportunities, experts and publications, beside those of the dataset and of the other empty types.
import { withPrisma } from "../../src/database/client/prisma";
import type { Session } from "../../src/database/database";
import type { Opportunity, ResponseState } from "../../src/database/rows";
import { at, called, fieldList, goalList, type Builders } from "./records";

export async function addOpportunitiesAndExperts(session: Session, add: Builders): Promise<void> {
  await addAgreements(add);
  await addOpportunities(add);
  await growProjects(session);
  await addResponses(session, add);
  await addExperts(add);
  await addPublications(add);
}

async function addAgreements(add: Builders): Promise<void> {
  await add.networkAgreement(["gnlc", "uccn"], {
    slug: "synthetic-memorandum",
    title: "Synthetic Memorandum",
    since: "2016-05",
  });
  await add.networkAgreement(["gnlc", "uccn"], {
    slug: "synthetic-partnership",
    title: "Synthetic Partnership",
    kind: "PARTNERSHIP",
    since: "2020-01-15",
    until: "2097",
  });
  await add.networkAgreement(["gnlc", "uccn", "iccar"], {
    slug: "old-programme",
    title: "Øld Joint Programme",
    kind: "JOINT_PROGRAMME",
    since: "2015",
    until: "2018-12-31",
  });
  await add.networkAgreement(["gnlc", "iccar"], {
    slug: "undated-affiliation",
    title: "Undated Affiliation",
    kind: "AFFILIATION",
  });
  await add.networkAgreement(["iccar", "uccn"], {
    slug: "coming-memorandum",
    title: "Coming Memorandum",
    since: "2097-01-01",
  });
}

// One of each state, on both sides of their dates, by each type of poster; two drafts, of which one has grown a project.
async function addOpportunities(add: Builders): Promise<void> {
  await add.opportunity({
    slug: "open-residency",
    title: "Open Residency",
    description: "A room for three months.",
    postedBy: await add.partner("krakow"),
    seeking: ["PARTNER_CITIES", "ARTISTS_AND_CREATORS", "HOSTS_FOR_RESIDENCIES"],
    areasOfAction: ["EXCHANGE_PROGRAMMES", "PILOT_PARTNERSHIPS"],
    opensOn: at("2026-01-01"),
    creativeFields: fieldList("film", "music"),
    goals: goalList(8, 11),
  });
  await add.opportunity({
    slug: "shared-stage",
    title: "Shåred Stage",
    description: "A stage for two festivals.",
    postedBy: await add.partner("krakow"),
    seeking: ["VENUES", "FUNDING"],
    opensOn: at("2026-01-01"),
    closesOn: at("2097-12-31"),
    creativeFields: fieldList("music"),
  });
  await add.opportunity({
    slug: "closed-call",
    title: "Closed Call",
    description: "It is over.",
    postedBy: await add.partner("gnlc"),
    seeking: ["PARTNER_NETWORKS", "EXPERTISE"],
    areasOfAction: ["EXPERIENCE_SHARING"],
    opensOn: at("2025-01-10"),
    closesOn: at("2025-03-31"),
    goals: goalList(11),
  });
  await add.opportunity({
    slug: "coming-exchange",
    title: "Coming Exchange",
    description: "Writers travel.",
    postedBy: await add.partner("book-institute"),
    seeking: ["PARTNER_ORGANIZATIONS"],
    areasOfAction: ["EXCHANGE_PROGRAMMES"],
    opensOn: at("2097-01-01"),
    closesOn: at("2097-06-30"),
  });
  await add.opportunity({
    slug: "matched-offer",
    title: "Matched Offer",
    description: "It found its partners.",
    postedBy: await add.partner("york"),
    seeking: ["PARTNER_CITIES"],
    areasOfAction: ["PILOT_PARTNERSHIPS"],
    opensOn: at("2026-02-01"),
    closesOn: at("2026-05-01"),
    state: "MATCHED",
  });
  await add.opportunity({
    slug: "withdrawn-offer",
    title: "Withdrawn Offer",
    description: "It was taken back.",
    postedBy: await add.partner("krakow"),
    opensOn: at("2026-03-01"),
    state: "WITHDRAWN",
  });
  await add.opportunity({
    slug: "network-week",
    title: "Network Week",
    description: "A week of all our members.",
    postedBy: await add.partner("gnlc"),
    opensOn: at("2026-01-15"),
    closesOn: at("2026-12-31"),
  });
  await add.opportunity({
    slug: "training-places",
    title: "Training Places",
    description: "Ten places for trainers.",
    postedBy: await add.partner("film-works"),
    seeking: ["EXPERTISE"],
    opensOn: at("2026-03-02"),
  });
  await add.opportunity({
    slug: "draft-offer",
    title: "Draft Offer",
    description: "Not for all eyes.",
    postedBy: await add.partner("krakow"),
    seeking: ["FUNDING"],
    opensOn: at("2026-04-01"),
    state: "DRAFT",
    creativeFields: fieldList("music"),
  });
  await add.opportunity({
    slug: "draft-of-plan",
    title: "Draft of a Plan",
    description: "Not for all eyes either.",
    postedBy: await add.partner("film-works"),
    areasOfAction: ["STUDIES_AND_EVALUATION"],
    opensOn: at("2025-05-01"),
    closesOn: at("2025-05-31"),
    state: "DRAFT",
    goals: goalList(11),
  });
}

async function growProjects(session: Session): Promise<void> {
  const grow = (slug: string, from: string): Promise<unknown> =>
    withPrisma(session, (prisma) => prisma.project.update({ where: { slug }, data: { opportunity: called(from) } }));
  await grow("synthetic-exchange", "matched-offer");
  await grow("synthetic-plan", "draft-of-plan");
}

const RESPONSES: readonly [opportunity: string, by: string, message: string, state: ResponseState, at: string][] = [
  ["open-residency", "york", "We would come.", "OPEN", "2026-02-03T10:00:00.123Z"],
  ["open-residency", "gnlc", "Our members would come.", "ACCEPTED", "2026-02-03T09:00:00Z"],
  ["open-residency", "book-institute", "We would send a writer.", "DECLINED", "2026-02-05T00:00:00Z"],
  ["open-residency", "film-works", "We would film it.", "OPEN", "2026-02-06T12:30:00Z"],
  ["shared-stage", "gnlc", "We know of a stage.", "OPEN", "2026-02-07T12:30:00Z"],
  ["network-week", "lyon", "We join in.", "ACCEPTED", "2026-02-08T00:00:00Z"],
  ["coming-exchange", "york", "As soon as it begins.", "OPEN", "2026-02-09T00:00:00Z"],
  ["training-places", "krakow", "Two of ours would come.", "OPEN", "2026-03-03T00:00:00Z"],
  ["closed-call", "krakow", "We know how.", "WITHDRAWN", "2025-03-31T23:59:59.999Z"],
  ["matched-offer", "krakow", "Let us do it together.", "ACCEPTED", "2026-02-05T00:00:00Z"],
];

async function addResponses(session: Session, add: Builders): Promise<void> {
  for (const [slug, by, message, state, respondedAt] of RESPONSES) {
    const opportunity: Opportunity = await withPrisma(session, (prisma) =>
      prisma.opportunity.findUniqueOrThrow({ where: { slug } }),
    );
    const responderId = await add.partnerId(by);
    await add.opportunityResponse(opportunity, { responderId, message, state, respondedAt });
  }
}

async function addExperts(add: Builders): Promise<void> {
  await add.expert({
    slug: "ada-example",
    name: "Ada Example",
    expertise: ["Reading promotion", "Library networks"],
    languages: ["en", "pt-BR", "zh-Hant-TW"],
    city: called("krakow"),
    contact: "ada@example.org",
    creativeFields: fieldList("film", "music"),
  });
  await add.expert({ slug: "bela-example", name: "Béla Example", city: called("krakow") });
  await add.expert({
    slug: "cem-example",
    name: "Cem Example",
    expertise: ["Film festivals"],
    languages: ["tr"],
    contact: "https://cem.example.org/",
    creativeFields: fieldList("film"),
  });
  await add.expert({
    slug: "dina-example",
    name: "Dina Example",
    expertise: ["Reading promotion"],
    languages: ["en"],
    city: called("york"),
  });
  for (const [expert, city, topic, startsOn, endsOn, state] of [
    ["ada-example", "york", "A plan for libraries", "2019", "2019-06", "COMPLETED"],
    ["ada-example", "lyon", "Réading in hospitals", "2018-05-03", "2018-05-10", "CANCELLED"],
    ["ada-example", "york", "A second visit", null, null, "REQUESTED"],
    ["cem-example", "york", "A festival of its own", "2097-02", null, "AGREED"],
    ["cem-example", "santos", "Films in every school", "2097-03", null, "REQUESTED"],
    ["dina-example", "lyon", "Readers of tomorrow", null, null, "DECLINED"],
  ] as const) {
    await add.expertMission({ expert: called(expert), hostCity: called(city), topic, startsOn, endsOn, state });
  }
}

async function addPublications(add: Builders): Promise<void> {
  for (const [slug, title, year, url, kind] of [
    ["synthetic-report", "Synthetic Report", 2097, "https://report.example.org/", "REPORT"],
    ["synthetic-guide", "Synthetic Guide", 2016, null, "GUIDE"],
    ["synthetic-cases", "Sýnthetic Cases", null, "https://cases.example.org/", "CASE_STUDY_COLLECTION"],
    ["quiet-brochure", "Quiet Brochure", null, null, "BROCHURE"],
  ] as const) {
    await add.publication({ slug, title, year, url, kind });
  }
  for (const [publication, who, kind, title] of [
    ["synthetic-report", "krakow", "CASE_STUDY", "Books in every street"],
    ["synthetic-report", "krakow", "FUNDING", null],
    ["synthetic-report", "gnlc", "EDITOR", null],
    ["synthetic-report", "book-institute", "AUTHOR", "The second chapter"],
    ["synthetic-guide", "krakow", "AUTHOR", null],
    ["synthetic-guide", "iccar", "FUNDING", null],
    ["synthetic-guide", "film-works", "TRANSLATION", null],
    ["synthetic-cases", "york", "CASE_STUDY", "A festival of its own"],
  ] as const) {
    const contributor = await add.partner(who);
    await add.publicationContribution({ publication: called(publication), contributor, kind, title });
  }
}
