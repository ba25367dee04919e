// The record that a mutation is done to: found as the caller sees it, at the revision that the caller knows.
import type { ClassType } from "type-graphql";
import type { Permission } from "../../access/permissions";
import { authorizeParties } from "../../access/rights";
import type { RecordType } from "../../database/declare/record-type";
import type { RecordRow } from "../../database/read/row";
import { partiesTo } from "../../database/write/parties";
import { refusal, userError } from "../../kernel/user-errors";
import { addInput } from "../declare-field";
import { findReferred, type ReferenceInput } from "../references";
import { RevisionScalar } from "../scalars";
import { RefusedRecord, type WriteAtWork, type WriteInput } from "./write";

export interface TargetInput extends WriteInput {
  by: ReferenceInput;
  ifRevision?: string | null;
}

/**
 * @throws Refused where there is none, or where it was changed since
 * @throws ApiError FORBIDDEN for callers that do not hold the right over it
 */
export async function targetOf(
  write: WriteAtWork,
  permission: Permission,
  type: RecordType,
  input: TargetInput,
): Promise<RecordRow> {
  const target = await findReferred(write.records, type, input.by);
  if (target === undefined) throw refusal("NOT_FOUND", `there is no such ${type.name}`, "by");
  const { session, read } = write;
  authorizeParties(read.viewer, permission, await partiesTo(session, type, target.id, permission.right));
  if (typeof input.ifRevision !== "string") return target;
  const { revision } = await write.records.headById.load(target.id);
  if (revision === input.ifRevision) return target;
  const message = `it was changed at revision ${revision}, after ${input.ifRevision}: look at it again before you write`;
  throw new RefusedRecord([userError("CONFLICT", message, "ifRevision")], target.id);
}

/** What every mutation takes that is done to a record: which one, its revision as the caller knows it, and a key of the write. */
export function addTarget(input: ClassType, by: ClassType, description: string): void {
  addInput(input, { name: "by", type: () => by, description, required: true });
  addIfRevision(input);
  addIdempotencyKey(input);
}

function addIfRevision(input: ClassType): void {
  addInput(input, {
    name: "ifRevision",
    type: () => RevisionScalar,
    description:
      "The record's revision as you know it. If it was changed since, nothing is written: the error CONFLICT comes, with the record as it is.",
  });
}

export function addIdempotencyKey(input: ClassType): void {
  addInput(input, {
    name: "idempotencyKey",
    type: () => String,
    description:
      "A text of your own, new for each write, 200 characters at most. Sent again within 24 hours with the same input and the same API key, the write is not done again: its first answer comes.",
  });
}
