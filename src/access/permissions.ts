// The mutations with the rights that they are under, as the declarations say them.
import { HOLDERS, SECRETARIAT, type Right } from "../database/declare/rights";
import type { Catalogue } from "../database/declare/catalogue";
import type { RecordType } from "../database/declare/record-type";
import type { Command } from "../database/write/command";
import { upperFirst } from "../kernel/names";

export interface Permission {
  mutation: string;
  right: Right;
  /** who may beside the Secretariat, in words */
  others: readonly string[];
}

export function toCreate(type: RecordType): Permission {
  return permission(`create${type.name}`, type.may.create, type);
}

export function toUpdate(type: RecordType): Permission {
  return permission(`update${type.name}`, type.may.update, type);
}

export function toDelete(type: RecordType): Permission {
  return permission(`delete${type.name}`, type.may.delete, type);
}

/** Of a type whose records may turn out to be one. */
export function toMerge(type: RecordType): Permission {
  return permission(`merge${upperFirst(type.plural)}`, SECRETARIAT, type);
}

export function toDo({ name, may, on }: Command): Permission {
  return permission(name, may, on);
}

export const TO_CREATE_KEYS = permission("createApiKey", SECRETARIAT);
export const TO_REVOKE_KEYS = permission("revokeApiKey", SECRETARIAT);

/** Of all mutations, in the order of the types. */
export function permissionsOf({ records, commands: commands }: Catalogue): Permission[] {
  return [
    ...records.flatMap((type) => [
      toCreate(type),
      toUpdate(type),
      toDelete(type),
      ...(type.mergeable ? [toMerge(type)] : []),
      ...commands.filter(({ on }) => on === type).map(toDo),
    ]),
    TO_CREATE_KEYS,
    TO_REVOKE_KEYS,
  ];
}

/** For messages and for the schema: "the Secretariat", or it and those who hold the right. */
export function holdersInWords({ others }: Permission): string {
  return ["the Secretariat", ...others].join(", or ");
}

/** @throws for a holder that is no party to records of the type: a mistake in a declaration */
function permission(mutation: string, right: Right, type?: RecordType): Permission {
  const words: Readonly<Record<string, string>> = HOLDERS;
  const others = right.map((holder) => {
    const inWords = words[holder] ?? type?.parties?.[holder]?.inWords;
    if (inWords === undefined)
      throw new Error(`${mutation} is for ${holder}, which is no party to a ${type?.name ?? "key"}`);
    return inWords;
  });
  return { mutation, right, others };
}
