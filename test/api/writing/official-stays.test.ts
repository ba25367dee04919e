// Whatever a key that is not the Secretariat's sends, what is official stays to the letter: random inputs of every mutation that
// such a key may do, to records that hold all that can be official, and to new ones.
import "reflect-metadata";
import fc from "fast-check";
import sql, { raw } from "sql-template-tag";
import { catalogue } from "../../../src/catalogue";
import { withPrisma } from "../../../src/database/client/prisma";
import { decodeId, encodeId } from "../../../src/kernel/ids";
import type { ScopedRole } from "../../../src/kernel/viewer";
import { records } from "../../support/records";
import { RIGHTS } from "../../support/rights-document";
import { MutationCase } from "../../support/writing/mutation-case";
import type { Mutation } from "../../support/writing/mutations";
import { officialFacts, type Fact } from "../../support/writing/official";
import { someFieldsOf, type Pools } from "../../support/writing/random-inputs";
import { MUTATIONS, WriteFixture } from "../../support/writing/write-fixture";

const REACHABLE = MUTATIONS.filter(({ name }) => (RIGHTS[name] ?? []).length > 0);

interface Reached {
  mutation: Mutation;
  targetId: string | undefined;
  token: string;
  role: ScopedRole;
  /** an input with which it can be done */
  input: Record<string, unknown>;
}

let fixture: WriteFixture;
const reached: Reached[] = [];
let ownSchemes: string[];
let pools: Pools;

beforeAll(async () => {
  fixture = await WriteFixture.open();
  for (const mutation of REACHABLE) {
    const mutationCase = await MutationCase.of(fixture, mutation);
    const token = await mutationCase.token();
    const { role } = (await fixture.query(token, "{ viewer { role } }")).data.viewer;
    reached.push({ mutation, targetId: mutationCase.targetId, token, role, input: mutationCase.input });
    if (mutationCase.targetId !== undefined) await makeOfficial(mutationCase.targetId);
  }
  ownSchemes = await texts(sql`
    SELECT slug AS text FROM city UNION ALL SELECT slug FROM network UNION ALL SELECT slug FROM organization`);
  pools = await poolsOfNow();
}, 120_000);
afterAll(() => fixture.close());

async function texts(statement: ReturnType<typeof sql>): Promise<string[]> {
  return (await fixture.api.database.query<{ text: string }>(statement)).map(({ text }) => text);
}

/** What the Secretariat may have said of a record, by its table. */
const SAID: Readonly<Record<string, string>> = {
  city: "subdivision = 'Region', latitude = 50, longitude = 20",
  network:
    "acronym = 'NET', note = 'Noted.', confidence = 'HIGH', parent_id = (SELECT id FROM network WHERE slug = 'uccn')",
  organization: "city_id = (SELECT id FROM city WHERE slug = 'lyon')",
  network_membership: "confidence = 'HIGH'",
  project: "confidence = 'HIGH', note = 'Noted.'",
};

/** Gives a record all that can be official in it. */
async function makeOfficial(id: string): Promise<void> {
  const { tag, uuid } = decodeId(id);
  const { table, named } = catalogue.findByTag(tag)!;
  const said = SAID[table];
  await fixture.api.database.write("test", async (session) => {
    if (said !== undefined) await session.execute(`UPDATE "${table}" SET ${said} WHERE id = '${uuid}'`);
    const add = records(session);
    await add.externalId(uuid, "WIKIDATA", `Q9000000${fixture.number()}`);
    const source = { recordId: uuid, title: "A source", license: "CC BY 4.0" };
    await withPrisma(session, (prisma) => prisma.recordSource.createMany({ data: source, skipDuplicates: true }));
    if (named !== undefined) await add.recordName(uuid, { language: "fr", name: "Un nom" });
  });
}

async function poolsOfNow(): Promise<Pools> {
  const ids: Record<string, string[]> = {};
  for (const { name, table, tag } of catalogue.records) {
    const made = reached.flatMap(({ targetId }) => (targetId?.startsWith(tag) ? [targetId] : []));
    const uuids = await texts(sql`SELECT id AS text FROM ${raw(`"${table}"`)} ORDER BY id DESC LIMIT 3`);
    ids[name] = [...made, ...uuids.map((uuid) => encodeId(tag, uuid))];
  }
  ids.Record = reached.flatMap(({ targetId }) => targetId ?? []);
  const stored = await fixture.api.database.query<{ scheme: string; value: string }>(sql`
    SELECT scheme, value FROM external_id ORDER BY id DESC LIMIT 60`);
  const own = ownSchemes.filter((slug) => slug.startsWith("party-"));
  return {
    ids,
    externalIds: [
      ...stored,
      ...own.flatMap((scheme) => [scheme, scheme.toUpperCase()].map((one) => ({ scheme: one, value: "1" }))),
      { scheme: "GEONAMES", value: "1" },
    ],
    names: [
      { language: "fr", name: "Un nom" },
      { language: "fr", name: "Paris" },
    ],
    sources: [{ title: "A source" }, { title: "A source", license: "CC BY 4.0" }, { title: "Another" }],
    slugs: own,
  };
}

const lineOf = ({ recordId, by, said }: Fact): string => `${recordId} ${by} ${said}`;

/** Short enough to be shown where it is a counterexample. */
interface Sent {
  mutation: string;
  sent: object;
}

/** A write of a kind by a role, with something random in its input. */
function writeOf(role: ScopedRole, kind: Mutation["kind"]): fc.Arbitrary<Sent> {
  const ones = reached.filter((one) => one.role === role && one.mutation.kind === kind);
  return fc.nat({ max: ones.length - 1 }).chain((i) => {
    const one = ones[i]!;
    const random = someFieldsOf(one.mutation.input, pools, ["by", "ifRevision", "idempotencyKey"]);
    return fc
      .tuple(random, fc.nat())
      .map(([some, n]) => ({ mutation: one.mutation.name, sent: { ...rightOf(one, n), ...some } }));
  });
}

/** What is given beside what is random: which record, or what a new one must have. */
function rightOf({ mutation, targetId, input }: Reached, n: number): object {
  if (mutation.kind === "update") return { by: { id: targetId } };
  return mutation.kind === "create" && "slug" in input ? { ...input, slug: `random-${n}` } : input;
}

const KINDS = ["update", "update", "update", "create", "create", "command", "delete"] as const;
const ROLES: readonly ScopedRole[] = ["CITY", "NETWORK", "ORGANIZATION"];

it("stays to the letter", async () => {
  const { database } = fixture.api;
  const revision = await fixture.revision();
  const stood = new Map<string, Set<string>>();
  for (const fact of await officialFacts(database, ownSchemes, "0")) {
    stood.set(fact.recordId, (stood.get(fact.recordId) ?? new Set()).add(lineOf(fact)));
  }
  const outcomes: Record<string, number> = {};

  const kindsOf = (role: ScopedRole): readonly Mutation["kind"][] =>
    KINDS.filter((kind) => reached.some((one) => one.role === role && one.mutation.kind === kind));
  const write = fc
    .constantFrom(...ROLES)
    .chain((role) => fc.constantFrom(...kindsOf(role)).chain((kind) => writeOf(role, kind)));
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 10, maxLength: 10 }), async (writes) => {
      for (const { mutation, sent } of writes) {
        const one = reached.find((each) => each.mutation.name === mutation)!;
        const { code, done } = await fixture.ask(one.mutation, sent, one.token);
        const outcome = `${one.role} ${code ?? done.userErrors[0]?.code ?? "DONE"}`;
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      }
      const now = await officialFacts(database, ownSchemes, revision);
      const stands = new Set(now.map(lineOf));
      const touched = await texts(sql`SELECT id AS text FROM record WHERE revision > ${revision}::int8`);
      expect(touched.flatMap((id) => [...(stood.get(id) ?? [])]).filter((line) => !stands.has(line))).toEqual([]);
      // What came besides is a source, or what whoever makes a record says once.
      const came = now.filter(
        (fact) => fact.by !== "sources" && !(stood.get(fact.recordId)?.has(lineOf(fact)) ?? false),
      );
      expect(came.filter(({ recordId, onceSaid }) => !onceSaid || stood.has(recordId)).map(lineOf)).toEqual([]);
    }),
    { numRuns: 30, endOnFailure: true },
  );
  // It would say nothing if nothing had been written, or nothing official had been tried.
  for (const role of ROLES) {
    expect({ role, done: (outcomes[`${role} DONE`] ?? 0) > 2 }).toEqual({ role, done: true });
    expect({ role, forbidden: (outcomes[`${role} FORBIDDEN`] ?? 0) > 2 }).toEqual({ role, forbidden: true });
  }
  expect(Object.keys(outcomes).filter((outcome) => outcome.endsWith("INTERNAL_SERVER_ERROR"))).toEqual([]);
});
