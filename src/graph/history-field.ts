// The field history of every record: its entries in the log, in the words of the graph.
import { Args, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import { historyBeyond, historyCounts, historyPages, type LogEntry } from "../database/read/history";
import type { Slice } from "../database/read/keyset";
import type { RecordRow } from "../database/read/row";
import { Connection, PageArgs } from "./connection";
import { connectionType } from "./connection-types";
import type { RequestContext } from "./context";
import { ChangeOperation } from "./enums";
import { fieldChanges, type FieldChange } from "./field-changes";
import { Cost } from "./prices/field-cost";
import { STATEMENT } from "./prices/units";
import { RecordInterface } from "./record-objects";
import { DateTimeScalar, JsonScalar, RevisionScalar } from "./scalars";

@ObjectType("FieldChange", {
  simpleResolvers: true,
  description: "One field of a record that a change gave another value.",
})
class FieldChangeObject implements FieldChange {
  @Field(() => String, { description: "The field, by its name in this API." })
  field!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      "What it was; null where there was nothing. Records stand as their ids; of a list, what was taken away.",
  })
  before!: unknown;

  @Field(() => JsonScalar, {
    nullable: true,
    description: "What it became; null where nothing is left. Records stand as their ids; of a list, what was added.",
  })
  after!: unknown;
}

@ObjectType("RecordVersion", {
  simpleResolvers: true,
  description: "One change of a record: who changed what, and when.",
})
class RecordVersion {
  @Field(() => RevisionScalar, { description: "The revision of the change." })
  revision!: string;

  @Field(() => ChangeOperation, { description: "What became of the record." })
  operation!: LogEntry["operation"];

  @Field(() => String, {
    description: "Who made the change: the name of a key, a command such as dataset, or console: and a database role.",
  })
  actor!: string;

  @Field(() => DateTimeScalar, { description: "When it was committed." })
  committedAt!: string;
}

const { connection: versions } = connectionType(
  "RecordVersion",
  "A page of the changes of a record, the newest first.",
  () => RecordVersion,
);

@Resolver(() => RecordVersion)
export class VersionFields {
  @FieldResolver(() => [FieldChangeObject], { description: "The fields that got another value, by their names." })
  @Cost({ listSize: 5 })
  changes(@Root() entry: LogEntry, @Ctx() context: RequestContext): Promise<FieldChange[]> {
    return fieldChanges(context, entry);
  }
}

@Resolver(() => RecordInterface)
export class HistoryField {
  @FieldResolver(() => versions, {
    nullable: true,
    description:
      "Its changes, the newest first: who changed which field from what to what. Shown to its authority and to the Secretariat; null to others.",
  })
  @Cost({
    listSize: "page",
    // Versions are found by an index; the most that one record has are not known, and are few.
    price: ({ times, selected }) => (selected.has("totalCount") ? 3 : 2) * STATEMENT + times,
  })
  async history(
    @Root() row: RecordRow,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<LogEntry> | null> {
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
  }
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
