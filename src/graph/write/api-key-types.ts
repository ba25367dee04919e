// An API key in the graph, and what making and revoking one takes.
import { Field, InputType, ObjectType } from "type-graphql";
import type { StoredKey } from "../../access/key-store";
import type { Catalogue } from "../../database/declare/catalogue";
import type { RecordUnion } from "../../database/declare/record-type";
import { KEY_ROLES, ROLES, SCOPED_ROLES, type KeyRole } from "../../kernel/viewer";
import { addField, addInput } from "../declare-field";
import { enumOf } from "../enums";
import { objectOf } from "../record-objects";
import { unionRefOf, type ReferenceInput } from "../references";
import { DateTimeScalar } from "../scalars";
import { recordUnion } from "../shared-types";
import { addIdempotencyKey } from "./target";
import type { WriteInput } from "./write";

const KeyRoles = enumOf({
  name: "KeyRole",
  description: "What a key lets its holder do.",
  values: Object.fromEntries(KEY_ROLES.map((role) => [role, ROLES[role]])),
});

@ObjectType("ApiKey", {
  simpleResolvers: true,
  description: "An API key: who may do what with it, and until when.",
})
export class ApiKey {
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
export class CreateApiKeyInput implements WriteInput {
  @Field(() => String, {
    description:
      "What it is to be called, 1 to 100 characters; no name is given twice, nor one that looks like another.",
  })
  name!: string;

  @Field(() => KeyRoles, { description: "What its holder may do." })
  role!: KeyRole;

  /** see addKeyOwners() below */
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
export class RevokeApiKeyInput implements WriteInput {
  @Field(() => String, { description: "What it is called; where none is spelled so, one that looks alike." })
  name!: string;

  idempotencyKey?: string | null;
}
addIdempotencyKey(RevokeApiKeyInput);

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
export function ownersIn(catalogue: Catalogue): RecordUnion {
  return {
    name: "KeyOwner",
    description: "The city, the network or the organization that a key belongs to.",
    members: () => Object.values(SCOPED_ROLES).map((name) => catalogue.getByName(name)),
  };
}
