// The fields of creativity in which cities are designated.
import { integer, name, slug, text } from "../database/declare/column";
import { recordType } from "../database/declare/record-type";
import { BY_SECRETARIAT } from "../database/declare/rights";
import type { CreativeField } from "../database/rows";

export const creativeField = recordType<CreativeField>()({
  name: "CreativeField",
  plural: "creativeFields",
  description:
    "One of the network's fields of creativity: seven since 2004 (Mission Statement), and Architecture as the eighth since 2025.",
  authority: "secretariat",
  may: BY_SECRETARIAT,
  columns: {
    slug: slug("Its stable, URL-safe name, such as crafts-and-folk-art.", { unique: true, ordered: true }),
    name: name("Its English name.", { ordered: true, hidden: true }),
    description: text("What cities of this field work on."),
    sinceYear: integer("The year of the first designation in it.", { nullable: true, ordered: true }),
  },
  references: {},
  defaultOrder: ["name"],
  named: "name",
  search: [{ column: "name", reason: "NAME" }],
  roots: { one: "ref", many: "list" },
  nameFile: { file: "creative-field-names.csv", ownerHeader: "creative_field" },
  dataset: {
    file: "creative-fields.csv",
    key: ["slug"],
    columns: { slug: "slug", name: "name", description: "description", sinceYear: "since_year" },
  },
});
