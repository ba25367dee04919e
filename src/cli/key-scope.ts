// The records that keys belong to, by the slugs that a person at a terminal knows them by.
import sql from "sql-template-tag";
import { KeyProblem } from "../access/key.rules";
import type { StoredKey } from "../access/key-store";
import type { Session } from "../database/database";
import type { Catalogue } from "../database/declare/catalogue";
import { identifier } from "../database/sql";
import { SCOPED_ROLES, scopeTypeOf, type KeyRole, type ScopedRole } from "../kernel/viewer";

/**
 * The UUID of the record that a key of this role shall belong to; null for a role that belongs to none.
 * @param slugs as they were given, by the role that each is for
 * @throws KeyProblem BAD_SCOPE, unless exactly the role's own is given and leads to a record
 */
export async function scopeOf(
  session: Session,
  catalogue: Catalogue,
  role: KeyRole,
  slugs: Readonly<Partial<Record<ScopedRole, string>>>,
): Promise<string | null> {
  const other = Object.keys(slugs).find((given) => given !== role);
  if (other !== undefined) throw badScope(`--${other.toLowerCase()} is for keys of role ${other}, not ${role}`);
  const typeName = scopeTypeOf(role);
  if (typeName === null) return null;
  const slug = slugs[role as ScopedRole];
  if (slug === undefined) throw badScope(`a key of role ${role} needs --${role.toLowerCase()} <slug>`);
  const { table } = catalogue.getByName(typeName);
  const [found] = await session.query<{ id: string }>(sql`SELECT id FROM ${identifier(table)} WHERE slug = ${slug}`);
  if (found === undefined) throw badScope(`there is no ${typeName} with the slug "${slug}"`);
  return found.id;
}

/** The slugs of the records that keys belong to, by UUID. */
export async function slugsOfScopes(
  session: Session,
  catalogue: Catalogue,
  keys: readonly StoredKey[],
): Promise<Map<string, string>> {
  const ids = keys.flatMap(({ scope }) => (scope === null ? [] : [scope]));
  const slugs = new Map<string, string>();
  for (const typeName of Object.values(SCOPED_ROLES)) {
    const { table } = catalogue.getByName(typeName);
    const rows = await session.query<{ id: string; slug: string }>(
      sql`SELECT id, slug FROM ${identifier(table)} WHERE id = ANY (${ids}::uuid[])`,
    );
    for (const { id, slug } of rows) slugs.set(id, slug);
  }
  return slugs;
}

function badScope(message: string): KeyProblem {
  return new KeyProblem("BAD_SCOPE", "scope", message);
}
