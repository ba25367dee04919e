// What every mutation answers with: the record, the revision, and what the caller can mend.
import { Field, ID, ObjectType, type ClassType } from "type-graphql";
import type { RecordType } from "../../database/declare/record-type";
import type { WriteOutcome } from "../../database/write/idempotency";
import { encodeId } from "../../kernel/ids";
import { lowerFirst } from "../../kernel/names";
import { USER_ERROR_CODES, type UserError } from "../../kernel/user-errors";
import { addField } from "../declare-field";
import { enumOf } from "../enums";
import { objectOf, RecordInterface } from "../record-objects";
import { RevisionScalar } from "../scalars";

const UserErrorCode = enumOf({
  name: "UserErrorCode",
  description: "What is wrong with an input, for programs.",
  values: USER_ERROR_CODES,
});

@ObjectType("UserError", {
  simpleResolvers: true,
  description: "Something in a mutation's input that the caller can mend. Where there is one, nothing was written.",
})
class UserErrorObject implements UserError {
  @Field(() => UserErrorCode, { description: "What is wrong, for programs." })
  code!: UserError["code"];

  @Field(() => String, { description: "What is wrong and what would be right, for people." })
  message!: string;

  @Field(() => [String], {
    description:
      "Where in the arguments it lies, from `input` on: names of fields, and places in lists, counted from 0.",
  })
  path!: string[];
}

/** What a payload is resolved from. */
export type Payload = WriteOutcome;

const payloads = new Map<string, ClassType>();

/** ProjectPayload: the record as it is after the write, and as it stands where nothing was written. */
export function payloadOf(type: RecordType): ClassType {
  const name = `${type.name}Payload`;
  const known = payloads.get(name);
  if (known !== undefined) return known;
  const payload = newPayload(name, `What came of writing a ${type.name}.`);
  addField(
    () => payload,
    lowerFirst(type.name),
    {
      type: () => objectOf(type),
      nullable: true,
      description:
        "The record as it is now. Null where there is none: it was not made, or not found. With the error CONFLICT, where the mutation is done to such a record: the one that stands there instead of the one that you knew.",
    },
    async ({ recordId }: Payload, _args, { records }) => {
      const row = recordId === null ? undefined : await records.currentById.load(recordId);
      return row?.__typename === type.name ? row : null;
    },
  );
  return payload;
}

export function deletePayload(): ClassType {
  const known = payloads.get("DeletePayload");
  if (known !== undefined) return known;
  const payload = newPayload("DeletePayload", "What came of deleting a record.");
  addField(
    () => payload,
    "deletedId",
    { type: () => ID, nullable: true, description: "The id of the record that was deleted; null where none was." },
    ({ recordId, errors, tag }: Payload & { tag: string }) =>
      recordId === null || errors.length > 0 ? null : encodeId(tag, recordId),
  );
  addField(
    () => payload,
    "referrers",
    {
      type: () => [RecordInterface],
      listSize: 100,
      description: "With the error IN_USE: what refers to the record, as far as you may see it, the first hundred.",
    },
    async ({ referrers }: Payload, _args, { records }) => {
      const rows = await Promise.all(referrers.map((id) => records.currentById.load(id)));
      return rows.filter((row) => row !== undefined);
    },
  );
  return payload;
}

export function newPayload(name: string, description: string): ClassType {
  class PayloadObject {}
  payloads.set(name, PayloadObject);
  ObjectType(name, { description })(PayloadObject);
  addField(
    () => PayloadObject,
    "revision",
    {
      type: () => RevisionScalar,
      description: "The revision that the write made; where it changed nothing, the newest one.",
    },
    ({ revision }: Payload) => revision,
  );
  addField(
    () => PayloadObject,
    "userErrors",
    {
      type: () => [UserErrorObject],
      description: "What is wrong with the input. Empty: the write is done. Else nothing was written.",
    },
    ({ errors }: Payload) => errors,
  );
  return PayloadObject;
}
