// docs/rights.md: who may do what and who sees what, in tables that are made from the declarations. People read it, and the tests hold the server
// against it.
import type { Catalogue } from "../database/declare/catalogue";
import { fieldOfColumn, officialOf } from "../database/declare/official";
import { referenceField, type RecordType } from "../database/declare/record-type";
import type { Audience } from "../database/declare/rights";
import { authorityColumn } from "../database/write/parties";
import { permissionsOf } from "./permissions";

const HEADER = `# Who may do what, and who sees what

Made from the declarations by \`npm run fix:rights\`, and compared with them by \`npm run check:rights\`.

The Secretariat may do everything and sees everything; the tables say who else, with a key of their own. [security.md](security.md) says how keys work.`;

export function rightsDocument(catalogue: Catalogue): string {
  const { records } = catalogue;
  return [
    HEADER,
    "## Whose a record is\n\nWhoever a record belongs to (its authority) reads its history, too.",
    table(
      ["type", "belongs to"],
      records.map((type) => [type.name, ownerOf(type)]),
    ),
    "## Who may do what",
    table(
      ["mutation", "for"],
      permissionsOf(catalogue).map(({ mutation, others }) => [
        code(mutation),
        others.length === 0 ? "the Secretariat alone" : others.join(", or "),
      ]),
    ),
    "## What of a record only the Secretariat writes\n\nOf records that others write too. What is official once it is said may be said by others, and is not changed by them.",
    table(["field", "official"], records.filter((type) => type.may.update.length > 0).flatMap(officialFields)),
    "## Rows that not everybody sees",
    table(
      ["type", "rows", "seen by"],
      records.flatMap(({ name, audience }) =>
        audience === undefined ? [] : [[name, rowsOf(audience), seenBy(audience)]],
      ),
    ),
    "## Fields that not everybody sees\n\nThey are null for others.",
    table(["field", "seen by"], [...confidentialFields(records), ...restrictedRelations(catalogue)]),
  ]
    .join("\n\n")
    .concat("\n");
}

function ownerOf(type: RecordType): string {
  const column = authorityColumn(type);
  if (column !== undefined) return code(referenceField(column));
  return type.authority === "self" ? "itself" : "the Secretariat";
}

function officialFields(type: RecordType): string[][] {
  // A place is one field of two columns.
  const fields = new Map<string, string>();
  for (const column of [...Object.keys(type.columns), ...Object.keys(type.references)]) {
    const official = officialOf(type, column);
    if (official === false) continue;
    fields.set(code(`${type.name}.${fieldOfColumn(type, column)}`), official === true ? "always" : "once it is said");
  }
  return [...fields];
}

function rowsOf({ where }: Audience): string {
  if (where === undefined) return "all";
  return `those whose ${code(where.column)} ${"is" in where ? `is ${code(where.is)}` : `is not ${code(where.isNot)}`}`;
}

function seenBy({ only }: Audience): string {
  return only.map((column) => code(referenceField(column))).join(" and ");
}

function confidentialFields(records: readonly RecordType[]): string[][] {
  return records.flatMap((type) =>
    Object.entries(type.columns).flatMap(([name, { confidential }]) =>
      confidential ? [[code(`${type.name}.${name}`), "every key"]] : [],
    ),
  );
}

function restrictedRelations({ relations }: Catalogue): string[][] {
  return relations.flatMap(({ from, name, shownTo }) =>
    shownTo === undefined
      ? []
      : [[code(`${from.name}.${name}`), `keys of the roles ${shownTo.map(code).join(" and ")}`]],
  );
}

function code(text: string): string {
  return `\`${text}\``;
}

/** As Prettier writes it: the cells of a column are as wide as the widest. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, i) => Math.max(3, ...lines.map((line) => line[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
