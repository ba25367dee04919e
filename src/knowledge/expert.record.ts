// The pool of experts that cities lend to each other.
import { listOf, name, slug, text } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { children, joined, type Relation } from "../database/declare/relation";
import { BY_AUTHORITY } from "../database/declare/rights";
import type { Expert } from "../database/rows";
import { city } from "../registry/city.record";
import { creativeField } from "../registry/creative-field.record";

export const expert = recordType<Expert>()({
  name: "Expert",
  plural: "experts",
  description:
    "Somebody whose knowledge cities can call on, to advise or to train: a member of the network's pool of experts.",
  authority: "city_id",
  may: BY_AUTHORITY,
  columns: {
    slug: slug("Their stable, URL-safe name.", { unique: true, ordered: true }),
    name: name("What they are called.", { ordered: true }),
    expertise: listOf(text("What they know about, in their own words.")),
    languages: listOf(text("The languages that they work in, as BCP 47 tags such as fr or pt-BR.")),
    contact: text("How to reach them. Only callers with a key see it; to others it is null.", {
      nullable: true,
      confidential: true,
    }),
  },
  references: {
    cityId: {
      to: () => city,
      nullable: true,
      description: "The city that lends their expertise; null for those whom no city lends.",
    },
  },
  defaultOrder: ["name"],
  search: [{ column: "name", reason: "NAME" }],
  roots: { one: "ref", many: "connection" },
  dataset: {
    file: "experts.csv",
    key: ["slug"],
    columns: {
      slug: "slug",
      name: "name",
      expertise: "expertise",
      languages: "languages",
      cityId: "city_slug",
      contact: "contact",
    },
    links: [
      {
        header: "creative_fields",
        table: "expert_creative_field",
        column: "creativeFieldId",
        to: () => creativeField,
      },
    ],
    sources: [{ header: "source" }],
  },
});

const fields = { table: "expert_creative_field", edge: {} };

export const expertRelations: readonly Relation[] = [
  joined({
    from: expert,
    name: "creativeFields",
    to: creativeField,
    shownAs: "list",
    usually: 1,
    description: "The creative fields that they know.",
    join: { ...fields, fromColumn: "recordId", toColumn: "creativeFieldId" },
  }),
  joined({
    from: creativeField,
    name: "experts",
    to: expert,
    shownAs: "connection",
    description: "The experts who know it.",
    join: { ...fields, fromColumn: "creativeFieldId", toColumn: "recordId" },
  }),
  children({
    from: city,
    name: "experts",
    to: expert,
    by: "cityId",
    shownAs: "connection",
    description: "The experts whom it lends to other cities.",
  }),
];
