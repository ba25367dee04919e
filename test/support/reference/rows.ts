// What a caller reads over HTTP of everything that links partners: whole lists, page by page, as the API shows them.

/** Asks the API as some caller. @returns the data; fails where there are errors */
export type AskAs = (query: string, variables?: object) => Promise<any>;

export type PartnerType = "CITY" | "NETWORK" | "ORGANIZATION";

export interface PartnerRow {
  id: string;
  slug: string;
  type: PartnerType;
  /** of the city, or of the city of the organization's seat */
  country: { code: string; region: string } | null;
}

interface Ref {
  id: string;
}

export interface NetworkRow extends Ref {
  kind: string;
  statedMemberCount: number | null;
}

export interface Rows {
  partners: PartnerRow[];
  networks: NetworkRow[];
  designations: { city: Ref; creativeField: { slug: string } | null; designatedOn: string; endedOn: string | null }[];
  memberships: { network: Ref; city: Ref; since: string | null; until: string | null }[];
  agreements: { id: string; networks: Ref[]; since: string | null; until: string | null }[];
  projects: { id: string; status: string; startsOn: string | null; endsOn: string | null }[];
  participations: { project: Ref; partner: Ref; status: string; since: string | null; until: string | null }[];
  practices: { id: string; state: string; year: number | null; cities: Ref[] }[];
  missions: {
    id: string;
    state: string;
    startsOn: string | null;
    endsOn: string | null;
    hostCity: Ref;
    expert: { city: Ref | null };
  }[];
  meetings: { id: string; year: number; startsOn: string | null; endsOn: string | null; hosts: Ref[] }[];
}

const COUNTRY = "country { code region }";

export async function readRows(ask: AskAs): Promise<Rows> {
  const list = (root: string, selection: string): Promise<any[]> => wholeList(ask, root, selection);
  const cities = await list("cities", `slug ${COUNTRY}`);
  const networks = await list("networks", "slug kind statedMemberCount");
  const organizations = await list("organizations", `slug city { ${COUNTRY} }`);
  return {
    partners: [
      ...cities.map(({ id, slug, country }): PartnerRow => ({ id, slug, type: "CITY", country })),
      ...networks.map(({ id, slug }): PartnerRow => ({ id, slug, type: "NETWORK", country: null })),
      ...organizations.map(({ id, slug, city }): PartnerRow => {
        return { id, slug, type: "ORGANIZATION", country: city?.country ?? null };
      }),
    ],
    networks,
    designations: await list("designations", "city { id } creativeField { slug } designatedOn endedOn"),
    memberships: await list("networkMemberships", "network { id } city { id } since until"),
    agreements: await list("networkAgreements", "networks { id } since until"),
    projects: await list("projects", "status startsOn endsOn"),
    participations: await list("projectParticipations", PARTICIPATION),
    practices: await list("practices", "state year cities { id }"),
    missions: await list("expertMissions", "state startsOn endsOn hostCity { id } expert { city { id } }"),
    meetings: await list("meetings", "year startsOn endsOn hosts { id }"),
  };
}

const PARTICIPATION = `project { id } status since until
  partner { ... on City { id } ... on Network { id } ... on Organization { id } }`;

async function wholeList(ask: AskAs, root: string, selection: string): Promise<any[]> {
  const rows: any[] = [];
  let after: string | null = null;
  do {
    const data = await ask(
      `query ($after: String) { list: ${root}(first: 100, after: $after) {
        nodes { id ${selection} } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    rows.push(...data.list.nodes);
    after = data.list.pageInfo.hasNextPage ? data.list.pageInfo.endCursor : null;
  } while (after !== null);
  return rows;
}
