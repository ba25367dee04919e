// What is shared, by whom, and from when to when: the table of docs/links.md, kind by kind.
import { dayAfter, firstDay, padded } from "./days";
import type { PartnerRow, Rows } from "./rows";

export const KINDS = ["PROJECT", "NETWORK", "AGREEMENT", "PRACTICE", "EXPERT_MISSION", "MEETING"] as const;
export type Kind = (typeof KINDS)[number];

/** That one partner shares a record. */
export interface Affiliation {
  partner: string;
  /** null where it is not known, and "ALWAYS" for what has no beginning */
  since: string | null;
  until: string | null;
}

export interface SharedRecord {
  id: string;
  kind: Kind;
  /** how many share it or ever did */
  n: number;
  affiliations: Affiliation[];
}

/** All that links are made of. */
export interface World {
  today: string;
  partners: Map<string, PartnerRow>;
  records: SharedRecord[];
  /** the first days of designations, and the first days after them */
  designated: { city: string; field: string; since: string; until: string | null }[];
}

export const ALWAYS = "ALWAYS";

export function worldOf(rows: Rows, today: string): World {
  return {
    today,
    partners: new Map(rows.partners.map((partner) => [partner.id, partner])),
    records: [
      ...projects(rows),
      ...networks(rows),
      ...agreements(rows),
      ...practices(rows),
      ...missions(rows),
      ...meetings(rows),
    ],
    designated: rows.designations.flatMap(({ city, creativeField, designatedOn, endedOn }) =>
      creativeField === null
        ? []
        : [{ city: city.id, field: creativeField.slug, since: firstDay(designatedOn), until: day(endedOn) }],
    ),
  };
}

function projects({ projects: all, participations }: Rows): SharedRecord[] {
  return all
    .filter(({ status }) => status !== "CANCELLED")
    .map(({ id, startsOn, endsOn }) => {
      const accepted = participations.filter(({ project, status }) => project.id === id && status === "ACCEPTED");
      const affiliations = accepted.map(({ partner, since, until }) => ({
        partner: partner.id,
        since: day(since ?? startsOn),
        until: until === null ? after(endsOn) : firstDay(until),
      }));
      return { id, kind: "PROJECT", n: sharers(affiliations), affiliations };
    });
}

function networks({ networks: all, memberships }: Rows): SharedRecord[] {
  return all
    .filter(({ kind }) => kind !== "HOME")
    .map(({ id, statedMemberCount }) => {
      const members = memberships
        .filter(({ network }) => network.id === id)
        .map(({ city, since, until }) => ({ partner: city.id, since: day(since), until: day(until) }));
      const n = 1 + Math.max(sharers(members), statedMemberCount ?? 0);
      return { id, kind: "NETWORK", n, affiliations: [...members, { partner: id, since: ALWAYS, until: null }] };
    });
}

function agreements({ agreements: all }: Rows): SharedRecord[] {
  return all.map(({ id, networks: parties, since, until }) =>
    sharedBy(id, "AGREEMENT", parties, day(since), day(until)),
  );
}

function practices({ practices: all }: Rows): SharedRecord[] {
  return all
    .filter(({ state }) => state === "ACCEPTED")
    .map(({ id, year, cities }) => sharedBy(id, "PRACTICE", cities, year === null ? null : ofYear(year), null));
}

function missions({ missions: all }: Rows): SharedRecord[] {
  return all
    .filter(({ state }) => state === "AGREED" || state === "COMPLETED")
    .map(({ id, hostCity, expert, startsOn, endsOn }) => {
      const cities = [hostCity, ...(expert.city === null || expert.city.id === hostCity.id ? [] : [expert.city])];
      return sharedBy(id, "EXPERT_MISSION", cities, day(startsOn), after(endsOn));
    });
}

function meetings({ meetings: all }: Rows): SharedRecord[] {
  return all.map(({ id, year, hosts, startsOn, endsOn }) =>
    sharedBy(
      id,
      "MEETING",
      hosts,
      startsOn === null ? ofYear(year) : firstDay(startsOn),
      after(endsOn ?? startsOn ?? padded(year, 4)),
    ),
  );
}

function sharedBy(
  id: string,
  kind: Kind,
  partners: readonly { id: string }[],
  since: string | null,
  until: string | null,
): SharedRecord {
  const affiliations = partners.map((partner) => ({ partner: partner.id, since, until }));
  return { id, kind, n: sharers(affiliations), affiliations };
}

const sharers = (affiliations: readonly Affiliation[]): number =>
  new Set(affiliations.map(({ partner }) => partner)).size;
const day = (partial: string | null): string | null => (partial === null ? null : firstDay(partial));
const after = (partial: string | null): string | null => (partial === null ? null : dayAfter(partial));
const ofYear = (year: number): string => firstDay(padded(year, 4));
