// Whom a request counts for: its key, or the address that it comes from.
import type { FastifyRequest } from "fastify";
import type { Viewer } from "../kernel/viewer";
import { addressOf } from "./caller-address";

/** `key:` and the key's UUID, or `address:` and the address. A key is one caller from wherever it is used. */
export function callerOf(viewer: Viewer, request: FastifyRequest): string {
  return viewer.keyId === null ? `address:${addressOf(request)}` : `key:${viewer.keyId}`;
}
