// The inputs for what stands beside every record: names in other languages and sources. (External ids: shared-types.ts.)
import { Field, InputType } from "type-graphql";
import type { OwnedRow } from "../../database/write/owned-rows";
import { DateScalar, UrlScalar } from "../scalars";

@InputType("LocalizedNameInput", { description: "A name in a language, a former name or another spelling." })
export class LocalizedNameInput {
  @Field(() => String, {
    nullable: true,
    description: "The language as a BCP 47 tag, such as fr; null for a spelling of no certain language.",
  })
  language?: string | null;

  @Field(() => String, { description: "The name as it is written, 300 characters at most." })
  name!: string;
}

@InputType("SourceInput", { description: "Where facts of a record come from; a record has each title once." })
export class SourceInput {
  @Field(() => String, { description: "What the source is called, 300 characters at most." })
  title!: string;

  @Field(() => UrlScalar, { nullable: true, description: "Where it can be read." })
  url?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it was read." })
  retrievedAt?: string | null;

  @Field(() => String, { nullable: true, description: "The licence that its content comes under." })
  license?: string | null;
}

const LENGTH_AT_MOST = 300;
const URL_LENGTH_AT_MOST = 2_000;

/** BCP 47, as far as its shape goes. */
const LANGUAGE_TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/;

/** What is wrong with a name, an external id or a source; undefined where nothing is. */
export function ownedRowProblem(row: OwnedRow): string | undefined {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value !== "string") continue;
    const atMost = name === "url" ? URL_LENGTH_AT_MOST : LENGTH_AT_MOST;
    if (value.trim() === "") return `${name} must not be blank`;
    if (value.length > atMost) return `${name} must be ${atMost} characters long at most`;
    if (name === "language" && !LANGUAGE_TAG.test(value)) return "language must be a BCP 47 tag, such as fr";
  }
  return undefined;
}
