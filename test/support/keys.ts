// Keys for tests, and requests that show them.
import sql, { raw } from "sql-template-tag";
import { createKey } from "../../src/access/key-store";
import type { Database } from "../../src/database/database";
import { scopeTypeOf, type KeyRole } from "../../src/kernel/viewer";
import { postGraphql, type UntypedAnswer } from "./api";
import { addTo } from "./records";

let made = 0;

/** @param scope the UUID of the record that the key belongs to @returns the token */
export async function makeKey(database: Database, role: KeyRole, scope: string | null = null): Promise<string> {
  made += 1;
  const wish = { name: `key ${made} of the tests`, role, scope, expiresAt: null, createdBy: "test" };
  return (await database.write("test", (session) => createKey(session, wish, new Date()))).token;
}

/** The UUID of the city, the network or the organization with this slug. */
export async function scopeId(database: Database, role: KeyRole, slug: string): Promise<string> {
  const table = raw(`"${(scopeTypeOf(role) ?? "").toLowerCase()}"`);
  const [row] = await database.query<{ id: string }>(sql`SELECT id FROM ${table} WHERE slug = ${slug}`);
  if (row === undefined) throw new Error(`no ${role} is called ${slug}`);
  return row.id;
}

export function bearing(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** Asks with a token, whatever the answer is. */
export function askWith(url: string, token: string, query: string, variables?: object): Promise<UntypedAnswer> {
  return postGraphql(url, { query, variables }, bearing(token));
}

/** What the field viewer says to the bearer of the token, or the reason of the refusal. */
export async function viewerOf(url: string, token: string): Promise<unknown> {
  const { data, errors } = await askWith(url, token, "{ viewer { role keyName city { slug } } }");
  return data?.viewer ?? errors?.[0]?.extensions.reason;
}

/** A city of its own, with nothing that refers to it. @returns its UUID */
export async function makeCity(database: Database, slug: string): Promise<string> {
  return (await addTo(database, (add) => add.city({ slug }))).id;
}

/** @param into the UUID of the record that it is merged into; null deletes it for good */
export async function deleteCity(database: Database, id: string, into: string | null): Promise<void> {
  await database.write("test", async (session) => {
    await session.query(sql`DELETE FROM city WHERE id = ${id}::uuid`);
    await session.query(sql`UPDATE record SET merged_into = ${into}::uuid WHERE id = ${id}::uuid`);
  });
}
