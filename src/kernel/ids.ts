// Global ids: a type's tag and the record's UUID, written as 22 characters of base64url (RFC 4648, section 5).
// Clients treat them as opaque; the tag lets a reference of the wrong type be refused without a look-up.
import { badInput } from "./errors";

export interface DecodedId {
  tag: string;
  uuid: string;
}

const GLOBAL_ID = /^([a-z]+(?:-[a-z]+)*)_([A-Za-z0-9_-]{22})$/;

export function encodeId(tag: string, uuid: string): string {
  return `${tag}_${Buffer.from(uuid.replaceAll("-", ""), "hex").toString("base64url")}`;
}

/** @throws BAD_USER_INPUT with reason BAD_ID for anything that this server never wrote */
export function decodeId(id: string): DecodedId {
  const [, tag, encoded] = GLOBAL_ID.exec(id) ?? [];
  if (tag === undefined || encoded === undefined) throw badId(id);
  const bytes = Buffer.from(encoded, "base64url");
  // 22 characters hold four bits more than a UUID: only the one canonical spelling is an id.
  if (bytes.toString("base64url") !== encoded) throw badId(id);
  const hex = bytes.toString("hex");
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  return { tag, uuid };
}

function badId(id: string): Error {
  return badInput("BAD_ID", `an id must be one that this API gave, but got "${id.slice(0, 60)}"`);
}
