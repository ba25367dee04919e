// API keys, for the Secretariat: listed, made and revoked. (The first one of an installation comes from `ccg key create`.)
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root, type ClassType } from "type-graphql";
import { findKey, createKey, listKeys, revokeKey, type StoredKey } from "../../access/key-store";
import { KeyProblem, type KeyWish } from "../../access/key.rules";
import { TO_CREATE_KEYS, TO_REVOKE_KEYS } from "../../access/permissions";
import type { RecordUnion } from "../../database/declare/record-type";
import { refusal, type UserErrorCode } from "../../kernel/user-errors";
import type { RequestContext } from "../context";
import { Cost } from "../prices/field-cost";
import { findReferredOfUnion } from "../references";
import { ApiKey, CreateApiKeyInput, ownersIn, RevokeApiKeyInput } from "./api-key-types";
import { newPayload, type Payload } from "./payloads";
import { forWhom, INPUT_DESCRIPTION } from "./record-mutations";
import { runWrite, type WriteAtWork } from "./write";

/** The most keys that are listed. */
const KEYS_AT_MOST = 1_000;

const CreateApiKeyPayload = newPayload("CreateApiKeyPayload", "What came of making an API key.");
const RevokeApiKeyPayload = newPayload("RevokeApiKeyPayload", "What came of revoking an API key.");

/** The payload of a new key has its token, this once. */
type KeyPayload = Payload & { token?: string | undefined };

/** The field apiKey of a payload. */
function keyFieldOn(payload: ClassType): ClassType {
  @Resolver(() => payload)
  class KeyField {
    @FieldResolver(() => ApiKey, { nullable: true, description: "The key; null where there is none." })
    async apiKey(@Root() { recordId }: Payload, @Ctx() { database }: RequestContext): Promise<StoredKey | undefined> {
      return recordId === null ? undefined : findKey(database, { id: recordId });
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
