// The object type of each record type: its stored columns, its references and its derived values.
import { InterfaceType, ObjectType, type ClassType } from "type-graphql";
import type { Catalogue } from "../database/declare/catalogue";
import { columnNamed, referenceField, type RecordType, type RecordUnion } from "../database/declare/record-type";
import type { RecordRow } from "../database/read/row";
import { graphTypeOf } from "./comparators";
import { addField, addProperty } from "./declare-field";
import { Language } from "./enums";
import { loadedPrice } from "./prices/list-price";
import { ROW, STATEMENT } from "./prices/units";
import { LocalizedName, NodeInterface, recordUnion, Secretariat, SECRETARIAT } from "./shared-types";

@InterfaceType("Record", {
  implements: NodeInterface,
  description: "Every stored record: what is synchronised, has sources, and is written as one.",
  resolveType: (row: RecordRow) => row.__typename,
})
export abstract class RecordInterface extends NodeInterface {}

const objects = new Map<RecordType, ClassType>();

/** The class that stands for a record type in the graph, for hand-written fields: `@Resolver(() => objectOf(city))`. */
export function objectOf(type: RecordType): ClassType {
  const known = objects.get(type);
  if (known !== undefined) return known;
  class RecordObject {}
  objects.set(type, RecordObject);
  ObjectType(type.name, {
    implements: [RecordInterface, NodeInterface],
    description: type.description,
  })(RecordObject);
  for (const [name, column] of Object.entries(type.columns)) {
    if (column.hidden) continue;
    const graphType = graphTypeOf(column);
    addProperty(RecordObject, name, {
      type: () => graphType,
      nullable: column.nullable,
      description: column.description,
    });
  }
  return RecordObject;
}

/** Who may write a record, and each type's references, derived values and names. Relations are added by relation-fields.ts. */
export function addRecordFields(catalogue: Catalogue): void {
  addAuthority(catalogue);
  for (const type of catalogue.records) {
    addReferences(type);
    addDerived(type);
    if (type.named !== undefined) {
      addLocalizedName(type, type.named);
      addField(
        () => objectOf(type),
        "names",
        {
          type: () => [LocalizedName],
          description: "Its names in other languages, former names and other spellings: all that search finds it by.",
          price: loadedPrice(),
        },
        (row: RecordRow, _args, { records }) => records.namesById.load(row.id),
      );
    }
  }
}

function addAuthority(catalogue: Catalogue): void {
  const authority = recordUnion("Authority", "Who may write a record, the Secretariat always included.", () => [
    Secretariat,
    ...catalogue.records.filter((type) => type.authority === "self").map(objectOf),
  ]);
  addField(
    () => RecordInterface,
    "authority",
    {
      type: () => authority,
      description: "Who may write it, beside the Secretariat.",
      price: loadedPrice(),
    },
    async (row: RecordRow, _args, { records }) => {
      const { authority: owner } = await records.headById.load(row.id);
      // An authority that was deleted since leaves its records to the Secretariat.
      return owner === null ? SECRETARIAT : ((await records.currentById.load(owner)) ?? SECRETARIAT);
    },
  );
}

function addLocalizedName(type: RecordType, column: string): void {
  addField(
    () => objectOf(type),
    column,
    {
      type: () => String,
      description: `${columnNamed(type, column).description} In another language where that name is known, else in English.`,
      arg: { name: "language", type: () => Language, description: "The language wished for.", defaultValue: "EN" },
      price: ({ args, times }) => ((args.language ?? "EN") === "EN" ? 0 : STATEMENT + times),
    },
    async (row: RecordRow, language: string | null, { records }) => {
      const wanted = (language ?? "EN").toLowerCase();
      const inEnglish = row[column] as string;
      if (wanted === "en") return inEnglish;
      const names = await records.namesById.load(row.id);
      return names.find((candidate) => candidate.language === wanted)?.name ?? inEnglish;
    },
  );
}

const unions = new Map<RecordUnion, object>();

/** The union of the graph that stands for several record types. */
export function unionOf(union: RecordUnion): object {
  const known = unions.get(union);
  if (known !== undefined) return known;
  const made = recordUnion(union.name, union.description, () => union.members().map(objectOf));
  unions.set(union, made);
  return made;
}

function addDerived(type: RecordType): void {
  for (const [name, { column, lookUps }] of Object.entries(type.derived)) {
    const graphType = graphTypeOf(column);
    addField(
      () => objectOf(type),
      name,
      {
        type: () => graphType,
        nullable: column.nullable,
        description: column.description,
        price: loadedPrice(lookUps * ROW.found),
      },
      (row: RecordRow, _args, { records }) => records.derived(type, name, row.id),
    );
  }
}

function addReferences(type: RecordType): void {
  for (const [column, reference] of Object.entries(type.references)) {
    const target = reference.anyOf === undefined ? objectOf(reference.to()) : unionOf(reference.anyOf);
    addField(
      () => objectOf(type),
      referenceField(column),
      {
        type: () => target,
        nullable: reference.nullable,
        description: reference.description,
        price: loadedPrice(),
      },
      (row: RecordRow, _args, { records }) => {
        const id = row[column] as string | null;
        return reference.anyOf === undefined || id === null
          ? records.referred(reference.to(), id)
          : records.currentById.load(id);
      },
    );
  }
}
