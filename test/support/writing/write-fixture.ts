// A server for tests of all mutations, keys of each role, and what shows that nothing was written.
import "reflect-metadata";
import sql, { raw } from "sql-template-tag";
import { catalogue } from "../../../src/catalogue";
import { makeToken } from "../../../src/access/api-key";
import { createKey, revokeKey } from "../../../src/access/key-store";
import { schemaOf } from "../../../src/graph/schema";
import { decodeId, encodeId } from "../../../src/kernel/ids";
import { SCOPED_ROLES, type ScopedRole } from "../../../src/kernel/viewer";
import { postGraphql, startApi, type UntypedAnswer, type TestApi, type TestApiOptions } from "../api";
import { bearing, makeKey } from "../keys";
import { addTo } from "../records";
import type { StoredRow } from "../who-sees";
import { documentOf, mutationsOf, type Mutation } from "./mutations";

export const MUTATIONS: readonly Mutation[] = mutationsOf(schemaOf(catalogue));
export const EACH_MUTATION = MUTATIONS.map((mutation) => [mutation.name, mutation] as const);

/** A city, a network or an organization with a key. */
export interface Party {
  role: ScopedRole;
  uuid: string;
  /** the record's global id */
  id: string;
  token: string;
}

/** What a mutation answered: its payload, or the code of the error. */
export interface Answer {
  status: number;
  /** UNAUTHENTICATED, FORBIDDEN and so on; undefined where there is a payload */
  code: string | undefined;
  reason: string | undefined;
  // Tests know the payload of what they ask.
  done: any;
}

export class WriteFixture {
  private count = 0;
  private countries = 0;
  private goals = 17;
  readonly tokens = { secretariat: "", secondSecretariat: "", reader: "" };
  /** headers of keys that are not good, by the reason that they are refused with */
  readonly badKeys: Record<string, string> = {};
  private readonly strangers = new Map<ScopedRole, Party>();

  private constructor(readonly api: TestApi) {}

  static async open(options: TestApiOptions = {}): Promise<WriteFixture> {
    const fixture = new WriteFixture(await startApi(options));
    const { database } = fixture.api;
    fixture.tokens.secretariat = await makeKey(database, "SECRETARIAT");
    fixture.tokens.secondSecretariat = await makeKey(database, "SECRETARIAT");
    fixture.tokens.reader = await makeKey(database, "READER");
    await fixture.makeBadKeys();
    for (const role of Object.keys(SCOPED_ROLES) as ScopedRole[])
      fixture.strangers.set(role, await fixture.party(role));
    return fixture;
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** A number that no other value of this server has. */
  number(): number {
    this.count += 1;
    return this.count;
  }

  /** A code that ISO 3166-1 leaves to its users, so that no country has it: there are 40. */
  countryCode(): string {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const n = this.countries++;
    if (n >= 40) throw new Error("no code is left for another country");
    return n < 26 ? `X${letters[n]}` : `Q${letters[n - 14]}`;
  }

  /** The number of a goal that is no more; never 11, which inputs name. */
  async freeGoal(): Promise<number> {
    const number = this.goals--;
    if (number === 11) return this.freeGoal();
    await this.api.database.write("test", async (session) => {
      const goal = sql`(SELECT id FROM sustainable_development_goal WHERE number = ${number})`;
      await session.query(sql`DELETE FROM project_goal WHERE goal_id = ${goal}`);
      await session.query(sql`DELETE FROM sustainable_development_goal WHERE number = ${number}`);
    });
    return number;
  }

  /** Somebody who has nothing to do with what is written. */
  stranger(role: ScopedRole): Party {
    return this.strangers.get(role)!;
  }

  async party(role: ScopedRole): Promise<Party> {
    const slug = `party-${this.number()}`;
    const { id: uuid } = await addTo(this.api.database, (add): Promise<{ id: string }> => {
      const addParty = { CITY: add.city, NETWORK: add.network, ORGANIZATION: add.organization }[role];
      return addParty({ slug });
    });
    const { tag } = catalogue.getByName(SCOPED_ROLES[role]);
    return { role, uuid, id: encodeId(tag, uuid), token: await makeKey(this.api.database, role, uuid) };
  }

  /** Asks for one mutation. @param authorization a token, a whole header, or null for none */
  async ask(mutation: Mutation, input: object, authorization: string | null, selection?: string): Promise<Answer> {
    const body = { query: documentOf(mutation, selection), variables: { input } };
    return toAnswer(await postGraphql(this.api.url, body, headersOf(authorization)));
  }

  /** Asks whatever it is. */
  query(token: string | null, query: string, variables?: object): Promise<UntypedAnswer> {
    return postGraphql(this.api.url, { query, variables }, headersOf(token));
  }

  async row(id: string): Promise<StoredRow | undefined> {
    const { tag, uuid } = decodeId(id);
    const type = catalogue.findByTag(tag);
    const [found] = await this.api.database.query<{ row: StoredRow }>(
      sql`SELECT to_jsonb(t) AS row FROM ${raw(`"${type?.table}"`)} t WHERE id = ${uuid}::uuid`,
    );
    return found?.row;
  }

  /** Lets a column of one record name another one. */
  async refer(id: string, column: string, toId: string): Promise<void> {
    const { tag, uuid } = decodeId(id);
    const table = raw(`"${catalogue.findByTag(tag)?.table}"`);
    await this.api.database.write("test", (session) =>
      session.query(
        sql`UPDATE ${table} SET ${raw(`"${column}"`)} = ${decodeId(toId).uuid}::uuid WHERE id = ${uuid}::uuid`,
      ),
    );
  }

  async giveExternalId(id: string, value: string): Promise<void> {
    const { uuid } = decodeId(id);
    await addTo(this.api.database, (add) => add.externalId(uuid, "TESTS", value));
  }

  async revision(): Promise<string> {
    const [row] = await this.api.database.query<{ revision: string }>(sql`SELECT revision FROM revision_counter`);
    return row?.revision ?? "";
  }

  /** The revision of a record's last change. */
  async revisionOf(id: string): Promise<string> {
    const { uuid } = decodeId(id);
    const [row] = await this.api.database.query<{ revision: string }>(
      sql`SELECT revision FROM record WHERE id = ${uuid}::uuid`,
    );
    return row?.revision ?? "";
  }

  /** What every write changes: the revision, the log, the kept answers, the keys. */
  async traces(): Promise<object | undefined> {
    const [row] = await this.api.database.query<object>(sql`
      SELECT (SELECT revision FROM revision_counter) AS revision, (SELECT count(*) FROM change_log) AS log,
        (SELECT count(*) FROM idempotent_write) AS answers, (SELECT count(*) FROM api_key) AS keys,
        (SELECT count(*) FROM api_key WHERE revoked_at IS NOT NULL) AS revoked`);
    return row;
  }

  /** The rows of every table, as one digest each. */
  async digests(): Promise<Record<string, string>> {
    const tables = await this.api.database.query<{ name: string }>(sql`
      SELECT table_name::text AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name`);
    const digests: Record<string, string> = {};
    for (const { name } of tables) {
      // When a key was last used is written by and by, and is nobody's write.
      const [row] = await this.api.database.query<{ digest: string }>(sql`
        SELECT md5(coalesce(string_agg(line, E'\n' ORDER BY line), '')) AS digest
        FROM (SELECT (to_jsonb(t) - 'last_used_at')::text AS line FROM ${raw(`"${name}"`)} t) lines`);
      digests[name] = row?.digest ?? "";
    }
    return digests;
  }

  private async makeBadKeys(): Promise<void> {
    const make = async (expiresAt: string | null): Promise<{ name: string; token: string }> => {
      const name = `bad key ${this.number()}`;
      const wish = { name, role: "SECRETARIAT" as const, scope: null, expiresAt, createdBy: "test" };
      const made = await this.api.database.write("test", (session) => createKey(session, wish, new Date("2020-01-01")));
      return { name, token: made.token };
    };
    const revoked = await make(null);
    await this.api.database.write("test", (session) => revokeKey(session, { name: revoked.name }, new Date()));
    this.badKeys.BAD_AUTHORIZATION = "Basic c2VjcmV0YXJpYXQ6c2VjcmV0";
    this.badKeys.UNKNOWN_KEY = `Bearer ${makeToken()}`;
    this.badKeys.EXPIRED_KEY = `Bearer ${(await make("2020-06-01T00:00:00Z")).token}`;
    this.badKeys.REVOKED_KEY = `Bearer ${revoked.token}`;
  }
}

function headersOf(authorization: string | null): Record<string, string> {
  if (authorization === null) return {};
  return authorization.startsWith("ccg_") ? bearing(authorization) : { authorization };
}

function toAnswer({ status, data, errors }: UntypedAnswer): Answer {
  const [error] = errors ?? [];
  return { status, code: error?.extensions.code, reason: error?.extensions.reason, done: data?.done };
}
