// What an input may say of a record, made from its declaration: for each field its type in create and update inputs, and how
// what is given becomes values, links and owned lists.
import type { ClassType } from "type-graphql";
import type { Catalogue } from "../../database/declare/catalogue";
import type { Column, Official } from "../../database/declare/column";
import { linksOf } from "../../database/declare/links";
import { areNamesOfficial, officialOf } from "../../database/declare/official";
import { referenceField, type RecordType, type Reference } from "../../database/declare/record-type";
import type { JoinedRelation } from "../../database/declare/relation";
import type { ListChange, OwnedRow, OwnedList } from "../../database/write/owned-rows";
import { snakeCase } from "../../kernel/names";
import { refusal } from "../../kernel/user-errors";
import { graphTypeOf, itemTypeOf } from "../comparators";
import type { GraphType } from "../declare-field";
import { GeoPointInput } from "../order-inputs";
import type { RecordLoaders } from "../record-loaders";
import { findByReference, findReferred, refOf, referenceInputOf, type ReferenceInput } from "../references";
import { listChangeOf, readListChange } from "./list-changes";
import { LocalizedNameInput, ownedRowProblem, SourceInput } from "./owned-row-inputs";
import { ExternalIdInput } from "../shared-types";

/** What is to be written of one record. */
export interface Written {
  values: Record<string, unknown>;
  links: { link: JoinedRelation; change: ListChange<string> }[];
  ownedLists: { name: OwnedList; change: ListChange<OwnedRow> }[];
}

export interface WritableField {
  name: string;
  description: string;
  /** must be given when the record is made */
  required: boolean;
  /** its type in a create input */
  type: () => GraphType | [GraphType];
  /** its type in an update input, where that is another: lists are set, added to or taken from */
  changeType?: () => GraphType;
  /** @param given not undefined; null clears */
  read: (given: unknown, into: Written, records: RecordLoaders) => Promise<void> | void;
}

export function writableFields(catalogue: Catalogue, type: RecordType): WritableField[] {
  const place = new Set(type.located === undefined ? [] : [type.located.latitude, type.located.longitude]);
  const copies = new Set(Object.keys(type.copied));
  const columns = Object.entries(type.columns).filter(
    ([name, column]) => !column.lifecycle && !place.has(name) && !copies.has(name),
  );
  const references = Object.entries(type.references).filter(
    ([name, reference]) => !reference.lifecycle && !copies.has(name),
  );
  const fields = [
    ...columns.map(([name, column]) => (column.list ? listField(name, column) : columnField(name, column))),
    ...(type.located === undefined ? [] : [placeField(type.located)]),
    ...references.map(([name, reference]) => referenceWritten(name, reference)),
    ...linksOf(catalogue, type).map(linkField),
    ...(type.named === undefined ? [] : [partField("names", NAMES, LocalizedNameInput)]),
    partField("externalIds", EXTERNAL_IDS, ExternalIdInput),
    partField("sources", SOURCES, SourceInput),
  ];
  return fields.map((field) => ({ ...field, description: `${field.description}${whoWrites(type, field.name)}` }));
}

const NAMES = "Its names in other languages, former names and other spellings.";
const EXTERNAL_IDS = "Its keys in other registries and in partners' own systems.";
const SOURCES = "Where its facts come from.";

const OFFICIAL_PARTS: Readonly<Record<string, string>> = {
  externalIds: " With a key that is not the Secretariat's: those whose scheme is its own slug, and no others.",
  sources: " With a key that is not the Secretariat's: more of them, and changes of those that it gave itself.",
};

/** Which values the Secretariat keeps to itself, where others write the rest of the record. */
function whoWrites(type: RecordType, field: string): string {
  if (type.may.update.length === 0) return "";
  if (field === "names") return wordsOf(areNamesOfficial(type));
  const column = field === "location" ? type.located?.latitude : field in type.columns ? field : `${field}Id`;
  return OFFICIAL_PARTS[field] ?? wordsOf(officialOf(type, column ?? field));
}

function wordsOf(official: Official): string {
  if (official === false) return "";
  return official === true
    ? " Written by the Secretariat alone."
    : " Once it is said, only the Secretariat changes it.";
}

/** A value of one column. */
export function columnField(name: string, column: Column): WritableField {
  const type = graphTypeOf(column);
  return {
    name,
    description: column.description,
    // What is not said to be true is not.
    required: !column.nullable && column.codec.unsaid === undefined,
    type: () => type,
    read: (given, { values }) => {
      if (given === null && !column.nullable) throw refusal("REQUIRED", `${name} must be there`, name);
      const problem = given === null ? undefined : column.codec.problemOf(given);
      if (problem !== undefined) throw refusal("INVALID", `${name} ${problem}`, name);
      values[name] = given;
    },
  };
}

function listField(name: string, column: Column): WritableField {
  const item = itemTypeOf(column);
  const change = listChangeOf(column.enumeration?.name ?? "String", item);
  return {
    name,
    description: column.description,
    required: false,
    type: () => [item],
    changeType: () => change,
    read: (given, { values }) => {
      const { kind, items, at } = readListChange<string>(given, name);
      const problem = column.codec.problemOf(items);
      if (problem !== undefined) throw refusal("INVALID", `${name} ${problem}`, ...at);
      // What is added or taken away depends on what stands there: see record-writes.ts.
      values[name] = kind === "set" ? [...new Set(items)] : { kind, items };
    },
  };
}

function placeField({ latitude, longitude }: NonNullable<RecordType["located"]>): WritableField {
  return {
    name: "location",
    description: "Where it lies.",
    required: false,
    type: () => GeoPointInput,
    read: (given, { values }) => {
      const point = given as { latitude: number; longitude: number } | null;
      if (point !== null && (Math.abs(point.latitude) > 90 || Math.abs(point.longitude) > 180)) {
        throw refusal(
          "INVALID",
          "location must have a latitude of -90 to 90 and a longitude of -180 to 180",
          "location",
        );
      }
      values[latitude] = point?.latitude ?? null;
      values[longitude] = point?.longitude ?? null;
    },
  };
}

/** A record that a column names. */
export function referenceWritten(column: string, reference: Reference): WritableField {
  const name = referenceField(column);
  const type = referenceInputOf(reference);
  return {
    name,
    description: reference.description,
    required: !reference.nullable,
    type: () => type,
    read: async (given, { values }, records) => {
      if (given === null) {
        if (!reference.nullable) throw refusal("REQUIRED", `${name} must be there`, name);
        values[column] = null;
        return;
      }
      const found = await findByReference(records, reference, given as ReferenceInput);
      if (found === undefined) throw refusal("NOT_FOUND", `${name} leads to nothing that you may see`, name);
      values[column] = found.id;
    },
  };
}

function linkField(link: JoinedRelation): WritableField {
  const item = refOf(link.to);
  const change = listChangeOf(`${link.to.name}Ref`, item);
  return {
    name: link.name,
    description: link.description,
    required: false,
    type: () => [item],
    changeType: () => change,
    read: async (given, { links }, records) => {
      const { kind, items, at } = readListChange<ReferenceInput>(given, link.name);
      // All have come to an end before any is refused: the transaction must not end while one still reads in it.
      const found = await Promise.allSettled(items.map((by) => findReferred(records, link.to, by)));
      const ids = found.map((settled, i) => {
        if (settled.status === "rejected") throw settled.reason;
        const row = settled.value;
        if (row === undefined) throw refusal("NOT_FOUND", `there is no such ${link.to.name}`, ...at, String(i));
        return row.id;
      });
      links.push({ link, change: { kind, items: ids } });
    },
  };
}

function partField(name: OwnedList, description: string, item: ClassType): WritableField {
  const change = listChangeOf(name === "names" ? "LocalizedName" : name === "sources" ? "Source" : "ExternalId", item);
  return {
    name,
    description,
    required: false,
    type: () => [item],
    changeType: () => change,
    read: (given, { ownedLists }) => {
      const { kind, items, at } = readListChange<OwnedRow>(given, name);
      items.forEach((row, i) => {
        const problem = ownedRowProblem(row);
        if (problem !== undefined) throw refusal("INVALID", problem, ...at, String(i));
      });
      ownedLists.push({ name, change: { kind, items: items.map(inDatabaseNames) } });
    },
  };
}

function inDatabaseNames(row: OwnedRow): OwnedRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [snakeCase(name), value]));
}
