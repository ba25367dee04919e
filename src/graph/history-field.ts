// The field history of every record: its entries in the log, in the words of the graph.
import { ObjectType, type ClassType } from "type-graphql";
import { historyBeyond, historyCounts, historyPages, type LogEntry } from "../database/read/history";
import type { Slice } from "../database/read/keyset";
import type { RecordRow } from "../database/read/row";
import { Connection } from "./connection";
import { connectionType, PAGE_ARGS } from "./connection-types";
import type { RequestContext } from "./context";
import { addField, addProperty } from "./declare-field";
import { ChangeOperation } from "./enums";
import { fieldChanges } from "./field-changes";
import { STATEMENT } from "./prices/units";
import { DateTimeScalar, JsonScalar, RevisionScalar } from "./scalars";

class FieldChange {}
ObjectType("FieldChange", { description: "One field of a record that a change gave another value." })(FieldChange);
addProperty(FieldChange, "field", { type: () => String, description: "The field, by its name in this API." });
addProperty(FieldChange, "before", {
  type: () => JsonScalar,
  nullable: true,
  description: "What it was; null where there was nothing. Records stand as their ids; of a list, what was taken away.",
});
addProperty(FieldChange, "after", {
  type: () => JsonScalar,
  nullable: true,
  description: "What it became; null where nothing is left. Records stand as their ids; of a list, what was added.",
});

class RecordVersion {}
ObjectType("RecordVersion", { description: "One change of a record: who changed what, and when." })(RecordVersion);
addProperty(RecordVersion, "revision", { type: () => RevisionScalar, description: "The revision of the change." });
addProperty(RecordVersion, "operation", { type: () => ChangeOperation, description: "What became of the record." });
addProperty(RecordVersion, "actor", {
  type: () => String,
  description: "Who made the change: the name of a key, a command such as dataset, or console: and a database role.",
});
addProperty(RecordVersion, "committedAt", { type: () => DateTimeScalar, description: "When it was committed." });

/** @param target the interface whose field it is */
export function addHistory(target: () => ClassType): void {
  const { connection } = connectionType(
    "RecordVersion",
    "A page of the changes of a record, the newest first.",
    () => RecordVersion,
  );
  addField<LogEntry>(
    "RecordVersion",
    () => RecordVersion,
    "changes",
    { type: () => [FieldChange], description: "The fields that got another value, by their names.", listSize: 5 },
    (entry, _args, context) => fieldChanges(context, entry),
  );
  addField<RecordRow>(
    "Record",
    target,
    "history",
    {
      type: () => connection,
      nullable: true,
      description:
        "Its changes, the newest first: who changed which field from what to what. Shown to its authority and to the Secretariat; null to others.",
      listSize: "page",
      // Versions are found by an index; the most that one record has are not known, and are few.
      price: ({ times, selected }) => (selected.has("totalCount") ? 3 : 2) * STATEMENT + times,
      args: PAGE_ARGS,
    },
    async (row, args, context) => {
      if (!(await mayRead(row, context))) return null;
      return new Connection(
        {
          page: (slice) => context.loadWith(pages, slice, row.id),
          count: () => context.load(counts, row.id),
          standsBeyond: (cursor, side) => context.loadWith(beyond, { cursor, side }, row.id),
        },
        args,
        undefined,
      );
    },
  );
}

async function mayRead(row: RecordRow, { viewer, records }: RequestContext): Promise<boolean> {
  if (viewer.role === "SECRETARIAT") return true;
  return viewer.scope !== null && (await records.headById.load(row.id)).authority === viewer.scope;
}

const pages = ({ database }: RequestContext, slice: Slice, ids: readonly string[]): ReturnType<typeof historyPages> =>
  historyPages(database, ids, slice);
const counts = ({ database }: RequestContext, ids: readonly string[]): Promise<number[]> =>
  historyCounts(database, ids);
const beyond = (
  { database }: RequestContext,
  { cursor, side }: { cursor: string; side: "before" | "after" },
  ids: readonly string[],
): Promise<boolean[]> => historyBeyond(database, ids, cursor, side);
