// The keys in the database. Each function is a few statements on the session that it is given, a writing transaction's
// too. A key is no record: making or revoking one mints no revision. Keys are read by SQL: their names are compared by a function of the
// database, their records are followed through merges, and every request looks one up, which Prisma Client takes 0.4 ms for and SQL 0.06.
import sql, { empty, type Sql } from "sql-template-tag";
import { withPrisma } from "../database/client/prisma";
import type { Session } from "../database/database";
import { MERGES_FOLLOWED } from "../database/read/records";
import { scopeTypeOf, type KeyRole } from "../kernel/viewer";
import { hashOfToken, makeToken } from "./api-key";
import { keptName, KeyProblem, OTHER_ACTORS, refuseBadExpiry, refuseBadName, type KeyWish } from "./key.rules";

/** A key as it is kept; all instants are RFC 3339. */
export interface StoredKey {
  id: string;
  name: string;
  role: KeyRole;
  /** the record that the key belongs to, or the one that it was merged into; null for other roles and for one that is gone */
  scope: string | null;
  /** the record that the key belongs to was deleted */
  isOrphaned: boolean;
  createdAt: string;
  createdBy: string;
  /** the first instant at which it is good no longer */
  expiresAt: string | null;
  revokedAt: string | null;
  /** up to a minute behind: see last-uses.ts */
  lastUsedAt: string | null;
}

/** A key by its name, or one that looks like it where none is spelled so, or by its UUID. */
export type KeyReference = { name: string } | { id: string };

/**
 * Makes a key.
 * @param session in a writing transaction the key is there when that commits
 * @returns the key's UUID and its token, which is kept nowhere and cannot be had again
 * @throws KeyProblem; nothing is written then, and the transaction is still good
 */
export async function createKey(session: Session, wish: KeyWish, now: Date): Promise<{ id: string; token: string }> {
  const name = keptName(wish.name);
  refuseBadName(name);
  refuseBadExpiry(wish.expiresAt, now);
  await refuseOtherActors(session, name);
  await refuseBadScope(session, wish);
  const token = makeToken();
  const { role, scope, createdBy, expiresAt } = wish;
  const data = { hash: hashOfToken(token), name, role, scope, createdAt: now, createdBy, expiresAt };
  // A name that is taken is no error of the database, which the transaction would not outlive.
  const [made] = await withPrisma(session, (prisma) =>
    prisma.apiKey.createManyAndReturn({ data, skipDuplicates: true, select: { id: true } }),
  );
  if (made === undefined) {
    const taken = (await findKey(session, { name }))?.name ?? name;
    const like = taken === name ? "" : `, which "${name}" looks like`;
    throw new KeyProblem(
      "NAME_TAKEN",
      "name",
      `there is, or was, a key called "${taken}"${like}: names are not given again`,
    );
  }
  return { id: made.id, token };
}

async function refuseOtherActors(session: Session, name: string): Promise<void> {
  const [found] = await session.query<{ isOther: boolean }>(sql`
    SELECT folded_key_name(${name}) IN (SELECT folded_key_name(actor) FROM unnest(${OTHER_ACTORS}::text[]) AS o(actor))
      OR folded_key_name(${name}) ~ '^console[^a-z0-9]' AS "isOther"`);
  if (!(found?.isOther ?? false)) return;
  throw new KeyProblem("BAD_NAME", "name", `the name of a key must not be ${name}: the log calls somebody else so`);
}

async function refuseBadScope(session: Session, { role, scope }: KeyWish): Promise<void> {
  const refuse = (message: string): never => {
    throw new KeyProblem("BAD_SCOPE", "scope", message);
  };
  const wanted = scopeTypeOf(role);
  if (wanted === null) {
    if (scope !== null) refuse(`a key of role ${role} belongs to no record`);
    return;
  }
  if (scope === null) return refuse(`a key of role ${role} must belong to a ${wanted}`);
  const head = await withPrisma(session, (prisma) =>
    prisma.record.findUnique({ where: { id: scope, operation: "UPSERT" }, select: { type: true } }),
  );
  if (head === null) refuse(`the ${wanted} that the key shall belong to is not there`);
  else if (head.type !== wanted) refuse(`a key of role ${role} must belong to a ${wanted}, but got a ${head.type}`);
}

/** All keys, revoked ones too, in the order in which they were made. There are as many as people made by hand. */
export function listKeys(session: Session): Promise<StoredKey[]> {
  return selectKeys(session, empty);
}

export async function findKey(session: Session, reference: KeyReference): Promise<StoredKey | undefined> {
  const [key] = await selectKeys(session, sql`WHERE ${isKey(reference)}`);
  return key;
}

/** The key of a token, good or not. One statement, by an index. */
export async function findKeyByHash(session: Session, hash: string): Promise<StoredKey | undefined> {
  const [key] = await selectKeys(session, sql`WHERE k.hash = ${hash}`);
  return key;
}

/**
 * Revokes a key for ever, in every process from the next request on. One that is revoked stays as it is.
 * @returns the key, and whether it was revoked now
 * @throws KeyProblem NO_SUCH_KEY
 */
export async function revokeKey(
  session: Session,
  reference: KeyReference,
  now: Date,
): Promise<{ key: StoredKey; changed: boolean }> {
  const key = await findKey(session, reference);
  if (key === undefined) {
    const called = "name" in reference ? ` called "${keptName(reference.name)}"` : "";
    throw new KeyProblem("NO_SUCH_KEY", "name", `there is no key${called}`);
  }
  const { count } = await withPrisma(session, (prisma) =>
    prisma.apiKey.updateMany({ where: { id: key.id, revokedAt: null }, data: { revokedAt: now } }),
  );
  return count === 0 ? { key, changed: false } : { key: { ...key, revokedAt: now.toISOString() }, changed: true };
}

function isKey(reference: KeyReference): Sql {
  if ("id" in reference) return sql`k.id = ${reference.id}::uuid`;
  const name = keptName(reference.name);
  return sql`k.id = (
    SELECT id FROM api_key WHERE name = ${name} OR folded_name = folded_key_name(${name})
    ORDER BY name = ${name} DESC LIMIT 1)`;
}

// A key goes with its record: where that was merged, to the record that it was merged into, if that is of the same type.
async function selectKeys(session: Session, where: Sql): Promise<StoredKey[]> {
  return session.query<StoredKey>(sql`
    SELECT k.id, k.name, k.role, survivor.id AS scope, k.scope IS NOT NULL AND survivor.id IS NULL AS "isOrphaned",
      k.created_at AS "createdAt", k.created_by AS "createdBy", k.expires_at AS "expiresAt",
      k.revoked_at AS "revokedAt", k.last_used_at AS "lastUsedAt"
    FROM api_key k
    LEFT JOIN LATERAL (
      WITH RECURSIVE reached AS (
        SELECT r.id, r.type, r.operation, r.merged_into, 0 AS depth FROM record r WHERE r.id = k.scope
        UNION ALL
        SELECT r.id, r.type, r.operation, r.merged_into, reached.depth + 1
        FROM reached JOIN record r ON r.id = reached.merged_into AND r.type = reached.type
        WHERE reached.depth < ${MERGES_FOLLOWED}
      )
      SELECT reached.id FROM reached WHERE reached.operation = 'UPSERT'
    ) survivor ON true
    ${where}
    ORDER BY k.created_at, k.id`);
}
