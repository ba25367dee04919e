// API keys, for the Secretariat: listed, made and revoked. (The first one of an installation comes from `ccg key create`.)
import { InputType, ObjectType, type ClassType } from "type-graphql";
import { findKey, createKey, listKeys, revokeKey, type StoredKey } from "../../access/key-store";
import { KeyProblem } from "../../access/key.rules";
import { TO_CREATE_KEYS, TO_REVOKE_KEYS } from "../../access/permissions";
import type { Catalogue } from "../../database/declare/catalogue";
import type { RecordUnion } from "../../database/declare/record-type";
import { KEY_ROLES, ROLES, SCOPED_ROLES, type KeyRole } from "../../kernel/viewer";
import { refusal, type UserErrorCode } from "../../kernel/user-errors";
import { addField, addInput, addProperty, addQuery } from "../declare-field";
import { enumOf } from "../enums";
import { findReferredOfUnion, unionRefOf, type ReferenceInput } from "../references";
import { recordUnion } from "../shared-types";
import { objectOf } from "../record-objects";
import { DateTimeScalar } from "../scalars";
import { newPayload, type Payload } from "./payloads";
import { addWrite } from "./record-mutations";
import { addIdempotencyKey } from "./target";
import { runWrite, type WriteAtWork, type WriteInput } from "./write";

/** The most keys that are listed. */
const KEYS_AT_MOST = 1_000;

const KeyRoles = enumOf({
  name: "KeyRole",
  description: "What a key lets its holder do.",
  values: Object.fromEntries(KEY_ROLES.map((role) => [role, ROLES[role]])),
});

interface CreateInput extends WriteInput {
  name: string;
  role: KeyRole;
  belongsTo?: ReferenceInput | null;
  expiresAt?: string | null;
}

interface RevokeInput extends WriteInput {
  name: string;
}

/** The payload of a new key has its token, this once. */
type KeyPayload = Payload & { token?: string };

export function addKeys(catalogue: Catalogue): void {
  // The same that take part in things: see the union Partner.
  const owners: RecordUnion = {
    name: "KeyOwner",
    description: "The city, the network or the organization that a key belongs to.",
    members: () => Object.values(SCOPED_ROLES).map((name) => catalogue.getByName(name)),
  };
  const key = keyObject(owners);
  addQuery(
    "apiKeys",
    {
      type: () => [key],
      nullable: true,
      listSize: 100,
      description: `All API keys, the newest first, ${KEYS_AT_MOST} at most, for the Secretariat; null for others. Of a key only a hash is kept: no token is ever shown again.`,
      args: [
        {
          name: "revoked",
          type: () => Boolean,
          defaultValue: true,
          description: "Whether to list revoked ones too.",
        },
      ],
    },
    async ({ revoked }, { viewer, database }) => {
      if (viewer.role !== "SECRETARIAT") return null;
      const keys = (await listKeys(database)).reverse();
      return keys.filter((one) => revoked !== false || one.revokedAt === null).slice(0, KEYS_AT_MOST);
    },
  );
  addCreate(owners, key);
  addRevoke(key);
}

function keyObject(owners: RecordUnion): ClassType {
  class ApiKeyObject {}
  ObjectType("ApiKey", { description: "An API key: who may do what with it, and until when." })(ApiKeyObject);
  const owner = recordUnion(owners.name, owners.description, () => owners.members().map(objectOf));
  const instant = (name: string, description: string, nullable = true): void =>
    addProperty(ApiKeyObject, name, { type: () => DateTimeScalar, nullable, description });
  addProperty(ApiKeyObject, "name", {
    type: () => String,
    description: "What it is called: unique for ever. The log names whoever writes with the key so.",
  });
  addProperty(ApiKeyObject, "role", { type: () => KeyRoles, description: "What its holder may do." });
  addField<StoredKey>(
    "ApiKey",
    () => ApiKeyObject,
    "belongsTo",
    {
      type: () => owner,
      nullable: true,
      description: "Whose key it is; null for roles that belong to nobody, and for one whose record is gone.",
    },
    async ({ scope }, _args, { records }) => (scope === null ? null : await records.currentById.load(scope)),
  );
  addProperty(ApiKeyObject, "createdBy", { type: () => String, description: "The key, or the command, that made it." });
  instant("createdAt", "When it was made.", false);
  instant("expiresAt", "From when it is good no longer; null for one without an end.");
  instant("revokedAt", "When it was revoked; null for one that was not.");
  instant("lastUsedAt", "When it was last used, up to a minute behind; null for one that never was.");
  return ApiKeyObject;
}

function keyPayload(name: string, description: string, key: ClassType): ClassType {
  const payload = newPayload(name, description);
  addField<Payload>(
    name,
    () => payload,
    "apiKey",
    { type: () => key, nullable: true, description: "The key; null where there is none." },
    ({ recordId }, _args, { database }) => (recordId === null ? null : findKey(database, { id: recordId })),
  );
  return payload;
}

function addCreate(owners: RecordUnion, key: ClassType): void {
  const reference = unionRefOf(owners);
  class CreateApiKeyInput {}
  InputType("CreateApiKeyInput", { description: "A new API key." })(CreateApiKeyInput);
  addInput(CreateApiKeyInput, {
    name: "name",
    type: () => String,
    required: true,
    description:
      "What it is to be called, 1 to 100 characters; no name is given twice, nor one that looks like another.",
  });
  addInput(CreateApiKeyInput, {
    name: "role",
    type: () => KeyRoles,
    required: true,
    description: "What its holder may do.",
  });
  addInput(CreateApiKeyInput, {
    name: "belongsTo",
    type: () => reference,
    description: "Whose key it is: needed for the roles CITY, NETWORK and ORGANIZATION, and for them alone.",
  });
  addInput(CreateApiKeyInput, {
    name: "expiresAt",
    type: () => DateTimeScalar,
    description: "From when it is to be good no longer; left out, it has no end.",
  });
  addIdempotencyKey(CreateApiKeyInput);
  const payload = keyPayload("CreateApiKeyPayload", "What came of making an API key.", key);
  addField<KeyPayload>(
    "CreateApiKeyPayload",
    () => payload,
    "token",
    {
      type: () => String,
      nullable: true,
      description:
        "The key itself, to be sent as `Authorization: Bearer ccg_…`. It is shown this once and kept nowhere: null where no key was made, and in a repeated answer.",
    },
    ({ token }) => token ?? null,
  );
  addWrite(TO_CREATE_KEYS, payload, CreateApiKeyInput, "Makes an API key.", async (input: CreateInput, context) => {
    let token: string | undefined;
    const outcome = await runWrite(context, TO_CREATE_KEYS, undefined, input, (write) =>
      mendable(async () => {
        const made = await createKey(write.session, await wishOf(owners, input, write), new Date(write.now));
        token = made.token;
        return made.id;
      }),
    );
    return { ...outcome, token };
  });
}

async function wishOf(
  owners: RecordUnion,
  input: CreateInput,
  { records, read }: WriteAtWork,
): Promise<Parameters<typeof createKey>[1]> {
  const { name, role, belongsTo, expiresAt } = input;
  const owner = belongsTo ? await findReferredOfUnion(records, owners, belongsTo) : undefined;
  if (belongsTo && owner === undefined) throw refusal("NOT_FOUND", "belongsTo leads to nothing", "belongsTo");
  return { name, role, scope: owner?.id ?? null, expiresAt: expiresAt ?? null, createdBy: read.viewer.keyName ?? "" };
}

function addRevoke(key: ClassType): void {
  class RevokeApiKeyInput {}
  InputType("RevokeApiKeyInput", { description: "Which API key is to be revoked." })(RevokeApiKeyInput);
  addInput(RevokeApiKeyInput, {
    name: "name",
    type: () => String,
    required: true,
    description: "What it is called; where none is spelled so, one that looks alike.",
  });
  addIdempotencyKey(RevokeApiKeyInput);
  const payload = keyPayload("RevokeApiKeyPayload", "What came of revoking an API key.", key);
  const description =
    "Revokes an API key for ever: from the next request on it is refused. One that is revoked stays as it is.";
  addWrite(TO_REVOKE_KEYS, payload, RevokeApiKeyInput, description, (input: RevokeInput, context) =>
    runWrite(context, TO_REVOKE_KEYS, undefined, input, (write) =>
      mendable(async () => (await revokeKey(write.session, { name: input.name }, new Date(write.now))).key.id),
    ),
  );
}

const CODES: Readonly<Record<KeyProblem["code"], UserErrorCode>> = {
  BAD_NAME: "INVALID",
  NAME_TAKEN: "NOT_UNIQUE",
  BAD_SCOPE: "INVALID",
  BAD_EXPIRY: "INVALID",
  NO_SUCH_KEY: "NOT_FOUND",
};

async function mendable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KeyProblem)) throw error;
    throw refusal(CODES[error.code], error.message, error.field === "scope" ? "belongsTo" : error.field);
  }
}
