// API keys, for the Secretariat: listed, made and revoked. (The first one of an installation comes from `ccg key create`.)
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  type ClassType,
} from "type-graphql";
import { findKey, createKey, listKeys, revokeKey, type StoredKey } from "../../access/key-store";
import { KeyProblem, type KeyWish } from "../../access/key.rules";
import { TO_CREATE_KEYS, TO_REVOKE_KEYS } from "../../access/permissions";
import type { Catalogue } from "../../database/declare/catalogue";
import type { RecordUnion } from "../../database/declare/record-type";
import { KEY_ROLES, ROLES, SCOPED_ROLES, type KeyRole } from "../../kernel/viewer";
import { refusal, type UserErrorCode } from "../../kernel/user-errors";
import type { RequestContext } from "../context";
import { addField, addInput } from "../declare-field";
import { enumOf } from "../enums";
import { Cost } from "../prices/field-cost";
import { findReferredOfUnion, unionRefOf, type ReferenceInput } from "../references";
import { recordUnion } from "../shared-types";
import { objectOf } from "../record-objects";
import { DateTimeScalar } from "../scalars";
import { newPayload, type Payload } from "./payloads";
import { forWhom, INPUT_DESCRIPTION } from "./record-mutations";
import { addIdempotencyKey } from "./target";
import { runWrite, type WriteAtWork, type WriteInput } from "./write";

/** The most keys that are listed. */
const KEYS_AT_MOST = 1_000;

const KeyRoles = enumOf({
  name: "KeyRole",
  description: "What a key lets its holder do.",
  values: Object.fromEntries(KEY_ROLES.map((role) => [role, ROLES[role]])),
});

@ObjectType("ApiKey", {
  simpleResolvers: true,
  description: "An API key: who may do what with it, and until when.",
})
class ApiKey {
  @Field(() => String, {
    description: "What it is called: unique for ever. The log names whoever writes with the key so.",
  })
  name!: string;

  @Field(() => KeyRoles, { description: "What its holder may do." })
  role!: KeyRole;

  @Field(() => String, { description: "The key, or the command, that made it." })
  createdBy!: string;

  @Field(() => DateTimeScalar, { description: "When it was made." })
  createdAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "From when it is good no longer; null for one without an end.",
  })
  expiresAt!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was revoked; null for one that was not." })
  revokedAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was last used, up to a minute behind; null for one that never was.",
  })
  lastUsedAt!: string | null;
}

@InputType("CreateApiKeyInput", { description: "A new API key." })
class CreateApiKeyInput implements WriteInput {
  @Field(() => String, {
    description:
      "What it is to be called, 1 to 100 characters; no name is given twice, nor one that looks like another.",
  })
  name!: string;

  @Field(() => KeyRoles, { description: "What its holder may do." })
  role!: KeyRole;

  /** see addKeyOwners() */
  belongsTo?: ReferenceInput | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "From when it is to be good no longer; left out, it has no end.",
  })
  expiresAt?: string | null;

  idempotencyKey?: string | null;
}
addIdempotencyKey(CreateApiKeyInput);

@InputType("RevokeApiKeyInput", { description: "Which API key is to be revoked." })
class RevokeApiKeyInput implements WriteInput {
  @Field(() => String, { description: "What it is called; where none is spelled so, one that looks alike." })
  name!: string;

  idempotencyKey?: string | null;
}
addIdempotencyKey(RevokeApiKeyInput);

const CreateApiKeyPayload = newPayload("CreateApiKeyPayload", "What came of making an API key.");
const RevokeApiKeyPayload = newPayload("RevokeApiKeyPayload", "What came of revoking an API key.");

/** The payload of a new key has its token, this once. */
type KeyPayload = Payload & { token?: string | undefined };

/** The field apiKey of a payload. */
function keyFieldOn(payload: ClassType): ClassType {
  @Resolver(() => payload)
  class KeyField {
    @FieldResolver(() => ApiKey, { nullable: true, description: "The key; null where there is none." })
    async apiKey(@Root() { recordId }: Payload, @Ctx() { database }: RequestContext): Promise<StoredKey | null> {
      return recordId === null ? null : ((await findKey(database, { id: recordId })) ?? null);
    }
  }
  return KeyField;
}

export const keyFields = [CreateApiKeyPayload, RevokeApiKeyPayload].map(keyFieldOn);

@Resolver(() => CreateApiKeyPayload)
export class TokenField {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The key itself, to be sent as `Authorization: Bearer ccg_…`. It is shown this once and kept nowhere: null where no key was made, and in a repeated answer.",
  })
  token(@Root() { token }: KeyPayload): string | null {
    return token ?? null;
  }
}

@Resolver()
export class KeyRoots {
  @Query(() => [ApiKey], {
    nullable: true,
    description: `All API keys, the newest first, ${KEYS_AT_MOST} at most, for the Secretariat; null for others. Of a key only a hash is kept: no token is ever shown again.`,
  })
  @Cost({ listSize: 100 })
  async apiKeys(
    @Arg("revoked", () => Boolean, {
      nullable: true,
      defaultValue: true,
      description: "Whether to list revoked ones too.",
    })
    revoked: boolean | null,
    @Ctx() { viewer, database }: RequestContext,
  ): Promise<StoredKey[] | null> {
    if (viewer.role !== "SECRETARIAT") return null;
    const keys = (await listKeys(database)).reverse();
    return keys.filter((one) => revoked !== false || one.revokedAt === null).slice(0, KEYS_AT_MOST);
  }

  @Mutation(() => CreateApiKeyPayload, { description: forWhom("Makes an API key.", TO_CREATE_KEYS) })
  async createApiKey(
    @Arg("input", () => CreateApiKeyInput, { description: INPUT_DESCRIPTION }) input: CreateApiKeyInput,
    @Ctx() context: RequestContext,
  ): Promise<KeyPayload> {
    let token: string | undefined;
    const outcome = await runWrite(context, TO_CREATE_KEYS, undefined, input, (write) =>
      mendable(async () => {
        const wish = await wishOf(ownersIn(context.catalogue), input, write);
        const made = await createKey(write.session, wish, new Date(write.now));
        token = made.token;
        return made.id;
      }),
    );
    return { ...outcome, token };
  }

  @Mutation(() => RevokeApiKeyPayload, {
    description: forWhom(
      "Revokes an API key for ever: from the next request on it is refused. One that is revoked stays as it is.",
      TO_REVOKE_KEYS,
    ),
  })
  revokeApiKey(
    @Arg("input", () => RevokeApiKeyInput, { description: INPUT_DESCRIPTION }) input: RevokeApiKeyInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload> {
    return runWrite(context, TO_REVOKE_KEYS, undefined, input, (write) =>
      mendable(async () => (await revokeKey(write.session, { name: input.name }, new Date(write.now))).key.id),
    );
  }
}

/** To whom keys belong, as a field and as an input: to records of the types that some roles are of. */
export function addKeyOwners(catalogue: Catalogue): void {
  const owners = ownersIn(catalogue);
  const owner = recordUnion(owners.name, owners.description, () => owners.members().map(objectOf));
  const reference = unionRefOf(owners);
  addField(
    () => ApiKey,
    "belongsTo",
    {
      type: () => owner,
      nullable: true,
      description: "Whose key it is; null for roles that belong to nobody, and for one whose record is gone.",
    },
    async ({ scope }: StoredKey, _args, { records }) => (scope === null ? null : await records.currentById.load(scope)),
  );
  addInput(CreateApiKeyInput, {
    name: "belongsTo",
    type: () => reference,
    description: "Whose key it is: needed for the roles CITY, NETWORK and ORGANIZATION, and for them alone.",
  });
}

// The same that take part in things: see the union Partner.
function ownersIn(catalogue: Catalogue): RecordUnion {
  return {
    name: "KeyOwner",
    description: "The city, the network or the organization that a key belongs to.",
    members: () => Object.values(SCOPED_ROLES).map((name) => catalogue.getByName(name)),
  };
}

async function wishOf(
  owners: RecordUnion,
  { name, role, belongsTo, expiresAt }: CreateApiKeyInput,
  { records, read }: WriteAtWork,
): Promise<KeyWish> {
  const owner = belongsTo ? await findReferredOfUnion(records, owners, belongsTo) : undefined;
  if (belongsTo && owner === undefined) throw refusal("NOT_FOUND", "belongsTo leads to nothing", "belongsTo");
  return { name, role, scope: owner?.id ?? null, expiresAt: expiresAt ?? null, createdBy: read.viewer.keyName ?? "" };
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
