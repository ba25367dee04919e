// Agreements between networks, and the partners that a network has by them.
import { enumeration, name, oneOf, partialDate, slug } from "../database/declare/column";
import { columnNamed, recordType } from "../database/declare/record-type";
import { joined, type Relation } from "../database/declare/relation";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { NetworkAgreement } from "../database/rows";
import { network } from "./network.record";

export const agreementKind = enumeration("AgreementKind", "What sort of agreement networks have.", {
  MEMORANDUM: "A memorandum of understanding: what they mean to do for each other, in writing.",
  JOINT_PROGRAMME: "A programme that they run together.",
  PARTNERSHIP: "A partnership that they have declared, without a programme of its own.",
  AFFILIATION: "One of them is affiliated with the other, and keeps its own members and rules.",
});

export const networkAgreement = recordType<NetworkAgreement>()({
  name: "NetworkAgreement",
  plural: "networkAgreements",
  description: "An agreement between two or more networks to work together.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  columns: {
    slug: slug("Its stable, URL-safe name.", { unique: true, ordered: true }),
    title: name("What it is called.", { ordered: true }),
    kind: oneOf(agreementKind, "What sort of agreement it is.", { ordered: true }),
    since: partialDate("Since when it is in force; null where that is not known.", { nullable: true, ordered: true }),
    until: partialDate("The first day on which it was in force no longer; null while it is.", {
      nullable: true,
      ordered: true,
    }),
  },
  references: {},
  defaultOrder: ["title"],
  dated: { since: "since", until: "until" },
  search: [{ column: "title", reason: "NAME" }],
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "network-agreements.csv",
    key: ["slug"],
    columns: { slug: "slug", title: "title", kind: "kind", since: "since", until: "until" },
    links: [{ header: "network_slugs", table: "network_agreement_party", column: "networkId", to: () => network }],
    sources: [{ header: "source" }],
  },
});

const parties = { table: "network_agreement_party", edge: {} };

export const agreementRelations: readonly Relation[] = [
  joined({
    from: networkAgreement,
    name: "networks",
    to: network,
    shownAs: "list",
    usually: 2,
    description: "The networks that agreed.",
    join: { ...parties, fromColumn: "recordId", toColumn: "networkId" },
  }),
  joined({
    from: network,
    name: "agreements",
    to: networkAgreement,
    shownAs: "connection",
    description: "The agreements that it has or had with other networks.",
    join: { ...parties, fromColumn: "networkId", toColumn: "recordId" },
  }),
  joined({
    from: network,
    name: "partners",
    to: network,
    shownAs: "connection",
    description:
      "The networks that it has an agreement with, one row for each agreement: a network with which it has two stands there twice.",
    join: {
      table: "network_partner",
      isView: true,
      fromColumn: "networkId",
      toColumn: "partnerId",
      edge: {
        since: columnNamed(networkAgreement, "since"),
        until: columnNamed(networkAgreement, "until"),
        kind: columnNamed(networkAgreement, "kind"),
      },
      dated: { since: "since", until: "until" },
    },
  }),
];
