// One record made, changed or deleted, within a write: rights over it, its rules, its values, links and owned lists.
import type { Permission } from "../../access/permissions";
import { authorizeParties } from "../../access/rights";
import type { Catalogue } from "../../database/declare/catalogue";
import type { RecordType } from "../../database/declare/record-type";
import { recordsById } from "../../database/read/records";
import type { RecordRow } from "../../database/read/row";
import { partiesToRow } from "../../database/write/parties";
import { changeLinks, changeOwnedRows, type ListChange } from "../../database/write/owned-rows";
import { keepFormerSlug } from "../../database/write/merge";
import { deleteParts, referrersOf } from "../../database/write/referrers";
import { ITEMS_AT_MOST } from "../../database/declare/codecs";
import { deleteRecord, insertRecord, updateRecord, type Values } from "../../database/write/write-record";
import { refusal, userError } from "../../kernel/user-errors";
import { RefusedRecord, type WriteAtWork } from "./write";
import { refuseOfficial, refuseOfficialGone } from "./official-values";
import type { Written } from "./writable-fields";

export async function createRecord(
  write: WriteAtWork,
  catalogue: Catalogue,
  permission: Permission,
  type: RecordType,
  written: Written,
): Promise<string> {
  const nothing = withoutNothing(type);
  const said = settled(written.values);
  const given = { ...nothing, ...said, ...(await copiesOf(write, type, written.values)) };
  await authorizeRow(write, permission, type, given);
  await refuseOfficial(write, catalogue, type, nothing, said, written);
  const rules = catalogue.rulesOf(type);
  const values = { ...given, ...rules?.begin?.(write, given) };
  await rules?.check?.(write, { after: values, values });
  const id = await insertRecord(write.session, type, values);
  await changeLists(write, id, written);
  await rules?.created?.(write, id);
  return id;
}

export async function changeRecord(
  write: WriteAtWork,
  catalogue: Catalogue,
  permission: Permission,
  type: RecordType,
  before: RecordRow,
  written: Written,
): Promise<string> {
  const given = settled(written.values, before);
  const values = { ...given, ...(await copiesOf(write, type, given)) };
  const after = { ...before, ...values };
  // Whose it is follows from what it refers to. Who may write it before must be allowed to after it too: nobody gives away
  // what is theirs, or puts what is theirs upon another. Asked before anything is written, so that no constraint tells of
  // records that the caller does not see.
  const isMoved = Object.keys(values).some((column) => type.references[column] !== undefined);
  if (isMoved) await authorizeRow(write, permission, type, after);
  await refuseOfficial(write, catalogue, type, before, given, written);
  await catalogue.rulesOf(type)?.check?.(write, { before, after, values });
  if (type.mergeable) await keepFormerSlug(write.session, type, before, values.slug);
  await updateRecord(write.session, type, before.id, values);
  await changeLists(write, before.id, written);
  return before.id;
}

/** @throws ApiError FORBIDDEN for callers that do not hold the right over the record as it will be */
async function authorizeRow(
  { session, read }: WriteAtWork,
  permission: Permission,
  type: RecordType,
  row: Values,
): Promise<void> {
  if (read.viewer.role === "SECRETARIAT") return;
  authorizeParties(read.viewer, permission, await partiesToRow(session, type, row, permission.right));
}

export async function removeRecord(
  write: WriteAtWork,
  catalogue: Catalogue,
  type: RecordType,
  before: RecordRow,
): Promise<string> {
  await refuseOfficialGone(write, catalogue, type, before);
  await catalogue.rulesOf(type)?.check?.(write, { before, values: {} });
  const referrers = await referrersOf(write.session, write.read, catalogue, type, before.id);
  if (referrers.counts.size > 0 || referrers.others) {
    throw new RefusedRecord([userError("IN_USE", inUse(referrers), "by")], before.id, referrers.shown);
  }
  await deleteParts(write.session, catalogue, type, before.id);
  await deleteRecord(write.session, type, before.id);
  return before.id;
}

function inUse({ counts, others }: Awaited<ReturnType<typeof referrersOf>>): string {
  const kinds = [...counts].map(([type, count]) => `${count} ${count === 1 ? type.name : type.plural}`);
  if (others) kinds.push("records that you may not see");
  return `it is referred to by ${kinds.join(", ")}: change or delete those first`;
}

async function changeLists({ session }: WriteAtWork, id: string, { links, ownedLists }: Written): Promise<void> {
  for (const { link, change } of links) await changeLinks(session, id, link.join.table, link.join.toColumn, change);
  for (const { name, change } of ownedLists) await changeOwnedRows(session, id, name, change);
}

/** What a new record has where nothing is said: empty lists, and what is not true. */
function withoutNothing(type: RecordType): Values {
  const values: Record<string, unknown> = {};
  for (const [name, { nullable, codec }] of Object.entries(type.columns)) {
    if (!nullable && codec.unsaid !== undefined) values[name] = codec.unsaid;
  }
  return values;
}

/** List columns that come as a change, by what stands in them. */
function settled(values: Values, before?: RecordRow): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      isListChange(value) ? changedList(name, before?.[name], value) : value,
    ]),
  );
}

function isListChange(value: unknown): value is ListChange<string> {
  return value !== null && typeof value === "object" && "kind" in value && "items" in value;
}

function changedList(name: string, before: unknown, { kind, items }: ListChange<string>): string[] {
  const stands = (before ?? []) as string[];
  const changed =
    kind === "remove" ? stands.filter((item) => !items.includes(item)) : [...new Set([...stands, ...items])];
  if (kind === "add" && changed.length > ITEMS_AT_MOST) {
    throw refusal("INVALID", `${name} holds ${ITEMS_AT_MOST} at most`, name, "add");
  }
  return changed;
}

/** Columns that copy what stands in the record that a reference names. */
async function copiesOf({ session, read }: WriteAtWork, type: RecordType, values: Values): Promise<Values> {
  const copies: Record<string, unknown> = {};
  for (const [column, copy] of Object.entries(type.copied)) {
    const id = values[copy.of];
    const target = type.references[copy.of]?.to();
    if (typeof id !== "string" || target === undefined) continue;
    const [row] = await recordsById(session, read, target, [id]);
    copies[column] = row?.[copy.column] ?? null;
  }
  return copies;
}
