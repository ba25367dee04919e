// Create, update and delete of every record type, from its declaration.
import { Field, ID, InputType, type ClassType } from "type-graphql";
import { holdersInWords, toCreate, toDelete, toUpdate, type Permission } from "../../access/permissions";
import type { Catalogue } from "../../database/declare/catalogue";
import type { RecordType } from "../../database/declare/record-type";
import { refusal } from "../../kernel/user-errors";
import { addInput, addMutation, OneOfInput } from "../declare-field";
import { refOf, type ReferenceInput } from "../references";
import { ExternalIdInput } from "../shared-types";
import { changeRecord, createRecord, removeRecord } from "./record-writes";
import { addIdempotencyKey, addTarget, targetOf, type TargetInput } from "./target";
import { deletePayload, payloadOf } from "./payloads";
import { writableFields, type WritableField, type Written } from "./writable-fields";
import { runWrite, type WriteAtWork, type WriteInput } from "./write";

@OneOfInput("RecordRef", "Says which record is meant, in exactly one way.")
class RecordRef {
  @Field(() => ID, { nullable: true, description: "By its id." })
  id?: string | null;

  @Field(() => String, { nullable: true, description: "By its slug, where records of the type have one." })
  slug?: string | null;

  @Field(() => ExternalIdInput, { nullable: true, description: "By a key in another registry." })
  externalId?: ExternalIdInput | null;
}

@InputType("DeleteRecordInput", { description: "Which record is to be deleted." })
class DeleteRecordInput {}
addTarget(DeleteRecordInput, RecordRef, "Which one.");

export function addRecordMutations(catalogue: Catalogue): void {
  for (const type of catalogue.records) {
    const fields = writableFields(catalogue, type);
    addCreate(catalogue, type, fields);
    addUpdate(catalogue, type, fields);
    addDelete(catalogue, type);
  }
}

function addCreate(catalogue: Catalogue, type: RecordType, fields: readonly WritableField[]): void {
  const permission = toCreate(type);
  class CreateInput {}
  InputType(`Create${type.name}Input`, { description: `A new ${type.name}.` })(CreateInput);
  for (const { name, description, required, type: graphType } of fields) {
    addInput(CreateInput, { name, description, required, type: graphType });
  }
  addIdempotencyKey(CreateInput);
  addWrite(permission, payloadOf(type), CreateInput, `Makes a ${type.name}.`, (input: WriteInput, context) =>
    runWrite(context, permission, type, input, async (write) =>
      createRecord(write, catalogue, permission, type, await readFields(fields, input, write)),
    ),
  );
}

function addUpdate(catalogue: Catalogue, type: RecordType, fields: readonly WritableField[]): void {
  const permission = toUpdate(type);
  class UpdateInput {}
  InputType(`Update${type.name}Input`, {
    description: `What is to change in a ${type.name}: what is left out is kept, null clears, and lists take set, add or remove.`,
  })(UpdateInput);
  addTarget(UpdateInput, refOf(type), `Which ${type.name}.`);
  for (const { name, description, type: graphType, changeType } of fields) {
    addInput(UpdateInput, { name, description, type: changeType ?? graphType });
  }
  addWrite(permission, payloadOf(type), UpdateInput, `Changes a ${type.name}.`, (input: TargetInput, context) =>
    runWrite(context, permission, type, input, async (write) => {
      const before = await targetOf(write, permission, type, input);
      return changeRecord(write, catalogue, permission, type, before, await readFields(fields, input, write));
    }),
  );
}

function addDelete(catalogue: Catalogue, type: RecordType): void {
  const permission = toDelete(type);
  const description = `Deletes a ${type.name}, with the parts that are its own; refused while other records refer to it.`;
  addWrite(permission, deletePayload(), DeleteRecordInput, description, async (input: TargetInput, context) => {
    const outcome = await runWrite(context, permission, type, input, async (write) => {
      const before = await targetOf(write, permission, type, { ...input, by: bySlug(type, input.by) });
      return removeRecord(write, catalogue, type, before);
    });
    return { ...outcome, tag: type.tag };
  });
}

function bySlug(type: RecordType, by: ReferenceInput): ReferenceInput {
  if (typeof by.slug === "string" && type.columns.slug === undefined) {
    throw refusal("INVALID", `${type.plural} have no slug: name it by its id`, "by", "slug");
  }
  return by;
}

/** What is given, read by its fields; a field that is left out is not. */
export async function readFields(
  fields: readonly WritableField[],
  input: object,
  { records }: WriteAtWork,
): Promise<Written> {
  const written: Written = { values: {}, links: [], ownedLists: [] };
  for (const field of fields) {
    const given = (input as Readonly<Record<string, unknown>>)[field.name];
    if (given !== undefined) await field.read(given, written, records);
  }
  return written;
}

/** What is said of the one argument that every mutation takes. */
export const INPUT_DESCRIPTION = "What is to be written.";

/** The description of a mutation says who may. */
export function forWhom(description: string, permission: Permission): string {
  return `${description} For ${holdersInWords(permission)}.`;
}

/**
 * A mutation with one input, that says in its description who may.
 * @param write takes what the input type makes of the argument
 */
export function addWrite(
  permission: Permission,
  payload: ClassType,
  input: ClassType,
  description: string,
  write: (input: never, context: Parameters<typeof runWrite>[0]) => Promise<unknown>,
): void {
  addMutation(
    permission.mutation,
    {
      type: () => payload,
      description: forWhom(description, permission),
      arg: { name: "input", type: () => input, description: INPUT_DESCRIPTION, required: true },
    },
    (input: never, context) => write(input, context),
  );
}
