// Memberships of cities in networks. Those of partner networks are records; those of the home network follow from
// designations, and both show as the edges between cities and networks.
import { enumeration, oneOf, partialDate, text } from "../database/declare/column";
import { columnNamed, recordType } from "../database/declare/record-type";
import { children, joined, type Join, type Relation } from "../database/declare/relation";
import { BY_AUTHORITY } from "../database/declare/rights";
import type { NetworkMembership } from "../database/rows";
import { city } from "../registry/city.record";
import { confidence, confidenceWord } from "../registry/confidence";
import { network } from "./network.record";

export const membershipRole = enumeration("MembershipRole", "What a city is in a network.", {
  MEMBER: "A member like the others.",
  STEERING: "A member of its steering body.",
  LEAD: "The city that leads it.",
});

export const networkMembership = recordType<NetworkMembership>()({
  name: "NetworkMembership",
  plural: "networkMemberships",
  description:
    "The membership of a city in a partner network, as that network tells it. Memberships of the Creative Cities Network itself follow from designations and are none of these.",
  authority: "network_id",
  may: BY_AUTHORITY,
  columns: {
    since: partialDate("Since when; null where it is not known.", { nullable: true, ordered: true }),
    until: partialDate("The first day on which it was a member no longer; null while it is.", {
      nullable: true,
      ordered: true,
    }),
    role: oneOf(membershipRole, "What the city is in the network.", { ordered: true }),
    nameInList: text("What the network's own list calls the city.", { nullable: true }),
    note: text("What is particular about it.", { nullable: true }),
    confidence: oneOf(confidence, "How well it is supported by its sources.", {
      nullable: true,
      ordered: true,
      official: true,
    }),
  },
  references: {
    networkId: {
      to: () => network,
      nullable: false,
      official: "onceSaid",
      description: "The network that the city belongs to.",
    },
    cityId: { to: () => city, nullable: false, official: "onceSaid", description: "The city that is a member." },
  },
  defaultOrder: ["since"],
  dated: { since: "since", until: "until" },
  roots: { many: "connection" },
  dataset: {
    file: "network-members.csv",
    key: ["networkId", "cityId", "since"],
    columns: {
      networkId: "network_slug",
      cityId: "city_slug",
      since: "since_year",
      role: "role",
      nameInList: "name_in_partner_list",
      note: "note",
      confidence: confidenceWord,
    },
    unused: { country_code: "it is the city's own, and only compared with it" },
    check: (cell, lookUp) => {
      const country = lookUp("cities.csv", cell("city_slug"), "country_code");
      if (country === undefined || country === cell("country_code")) return undefined;
      return {
        header: "country_code",
        problem: `${cell("city_slug")} lies in ${country}, not in ${cell("country_code")}`,
      };
    },
    sources: [{ header: "source" }],
  },
});

const members: Join = {
  table: "network_member",
  isView: true,
  fromColumn: "networkId",
  toColumn: "cityId",
  edge: {
    since: columnNamed(networkMembership, "since"),
    until: columnNamed(networkMembership, "until"),
    role: columnNamed(networkMembership, "role"),
    note: columnNamed(networkMembership, "note"),
  },
  dated: { since: "since", until: "until" },
};

export const membershipRelations: readonly Relation[] = [
  joined({
    from: city,
    name: "networks",
    to: network,
    shownAs: "connection",
    description: "The networks that it is a member of, the Creative Cities Network among them.",
    join: { ...members, fromColumn: "cityId", toColumn: "networkId" },
  }),
  joined({
    from: network,
    name: "members",
    to: city,
    shownAs: "connection",
    description: "Its member cities that are recorded here; see membersComplete.",
    join: members,
    joinOf: (parent) => ({ ...members, table: parent.kind === "HOME" ? "home_member" : "network_membership" }),
  }),
  children({
    from: city,
    name: "memberships",
    to: networkMembership,
    by: "cityId",
    shownAs: "connection",
    description: "Its memberships of partner networks, as records of their own.",
  }),
  children({
    from: network,
    name: "memberships",
    to: networkMembership,
    by: "networkId",
    shownAs: "connection",
    description:
      "The records of its memberships, with their sources. None for the Creative Cities Network, whose members follow from designations.",
  }),
];
