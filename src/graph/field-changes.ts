// Entries of the log in the words of the graph: fields for columns, global ids for database ids.
import type { Catalogue } from "../database/declare/catalogue";
import { columnNamed, referenceField, type RecordType } from "../database/declare/record-type";
import type { LogEntry } from "../database/read/history";
import { encodeId } from "../kernel/ids";
import { camelCase, snakeCase } from "../kernel/names";
import type { RequestContext } from "./context";

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

type Translate = (value: unknown) => unknown;

export async function fieldChanges(context: RequestContext, entry: LogEntry): Promise<FieldChange[]> {
  const type = context.catalogue.getByName(entry.type);
  const changes = await Promise.all(
    Object.entries(entry.changes).map(async ([column, [before, after]]) => {
      const { field, translate } = wordsFor(context, type, column);
      const [was, is] = await Promise.all([before, after].map((value) => (value === null ? null : translate(value))));
      return { field, before: was, after: is };
    }),
  );
  return changes.sort((a, b) => (a.field < b.field ? -1 : 1));
}

function wordsFor(context: RequestContext, type: RecordType, column: string): { field: string; translate: Translate } {
  const name = camelCase(column);
  const reference = type.references[name];
  if (reference !== undefined) {
    const { anyOf } = reference;
    const tag = reference.to().tag;
    const translate: Translate = (value) =>
      anyOf === undefined ? encodeId(tag, value as string) : idOfAnyType(context, value as string);
    return { field: referenceField(name), translate };
  }
  if (Object.hasOwn(type.columns, name)) {
    const isInstant = columnNamed(type, name).codec.kind === "dateTime";
    return { field: name, translate: (value) => (isInstant ? new Date(value as string).toISOString() : value) };
  }
  const linked = linkOf(context.catalogue, type, column);
  const translate: Translate = (parts) =>
    (parts as Record<string, unknown>[]).map((part) =>
      linked === undefined ? withFieldNames(part) : encodeId(linked.to.tag, part[linked.column] as string),
    );
  return { field: column, translate };
}

/** Where the parts of a field link to, if they are links. */
function linkOf(catalogue: Catalogue, type: RecordType, field: string): { to: RecordType; column: string } | undefined {
  const relation = catalogue.relationsFrom(type).find(({ name }) => name === field);
  if (relation?.kind !== "joined" || relation.join.fromColumn !== "recordId") return undefined;
  return { to: relation.to, column: snakeCase(relation.join.toColumn) };
}

function withFieldNames(part: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(part).map(([column, value]) => [camelCase(column), value]));
}

// Also of a record that is gone: its head stays.
async function idOfAnyType({ catalogue, records }: RequestContext, uuid: string): Promise<string> {
  const { type } = await records.headById.load(uuid);
  return encodeId(catalogue.getByName(type).tag, uuid);
}
