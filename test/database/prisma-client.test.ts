// Prisma Client over units of work: what it asks is theirs, and ends with them.
import sql from "sql-template-tag";
import { withPrisma, type LeasedPrisma } from "../../src/database/client/prisma";
import type { Database, Session } from "../../src/database/database";
import { failureOf } from "../../src/database/failures";
import { readRevision } from "../../src/database/read/revision";
import { openServerBackend } from "../../src/database/server-backend";
import { claimOf } from "../support/claims";
import { openTestDatabase, type TestDatabase } from "../support/test-database";
import { openOwnDatabase } from "../support/own-database";

let backend: TestDatabase;
beforeAll(async () => {
  backend = await openTestDatabase();
});
afterAll(() => backend.close());

const OVER = new Error("the caller has left");

const expertCalled = (slug: string) => (prisma: LeasedPrisma) =>
  prisma.expert.findUnique({ where: { slug }, select: { name: true } });

const addExpert = (slug: string) => (prisma: LeasedPrisma) =>
  prisma.expert.create({ data: { slug, name: slug, languages: ["en"] }, select: { id: true } });

describe("a lease within a transaction", () => {
  it("is part of it: its writes are read by SQL, are in the log, and are there once it commits", async () => {
    const found = await backend.database.write("the writer", async (session) => {
      const { id } = await withPrisma(session, addExpert("committed"));
      return session.query(sql`SELECT actor FROM change_log WHERE record_id = ${id}::uuid`);
    });
    expect(found).toEqual([{ actor: "the writer" }]);
    expect(await withPrisma(backend.database, expertCalled("committed"))).toEqual({ name: "committed" });
  });

  it("is taken back with it", async () => {
    const before = await readRevision(backend.database);
    const lost = backend.database.write("test", async (session) => {
      await withPrisma(session, addExpert("taken-back"));
      throw OVER;
    });
    await expect(lost).rejects.toBe(OVER);
    expect(await withPrisma(backend.database, expertCalled("taken-back"))).toBeNull();
    expect(await readRevision(backend.database)).toEqual(before);
  });

  it("has a savepoint where Prisma begins a transaction", async () => {
    await backend.database.write("test", (session) =>
      withPrisma(session, async (prisma) => {
        await addExpert("before-savepoint")(prisma);
        const within = prisma.$transaction(async (nested) => {
          await addExpert("within-savepoint")(nested);
          await addExpert("before-savepoint")(nested);
        });
        await expect(within).rejects.toMatchObject({ cause: { code: "23505" } });
      }),
    );
    expect(await withPrisma(backend.database, expertCalled("before-savepoint"))).not.toBeNull();
    expect(await withPrisma(backend.database, expertCalled("within-savepoint"))).toBeNull();
  });

  it("tells how many rows were changed", async () => {
    const counts = await backend.database.write("test", (session) =>
      withPrisma(session, async (prisma) => {
        const data = ["one", "two", "one"].map((slug) => ({ slug: `counted-${slug}`, name: slug }));
        const made = await prisma.expert.createMany({ data, skipDuplicates: true });
        const changed = await prisma.expert.updateMany({
          where: { slug: { startsWith: "counted-" } },
          data: { expertise: ["film"] },
        });
        return [made.count, changed.count];
      }),
    );
    expect(counts).toEqual([2, 2]);
  });
});

/** A session that says what it was asked, and begins to answer when it is told to. */
function listened(session: Session): { session: Session; asked: string[]; answer: () => void } {
  const asked: string[] = [];
  let answer = (): void => undefined;
  const told = new Promise<void>((resolve) => (answer = resolve));
  const query: Session["query"] = async (statement) => {
    asked.push(String(statement.values[0]));
    await told;
    return session.query(statement);
  };
  return { session: { ...session, query }, asked, answer };
}

describe("leases at the same time", () => {
  it("ask each their own session, in whatever order they are answered", async () => {
    const [first, second] = [listened(backend.database), listened(backend.database)];
    const called =
      (...slugs: string[]) =>
      async (prisma: LeasedPrisma) => {
        const names: string[] = [];
        for (const slug of slugs) {
          const city = await prisma.city.findUniqueOrThrow({ where: { slug } });
          names.push(city.name);
        }
        return names;
      };
    const ofFirst = withPrisma(first.session, called("krakow", "lviv"));
    const ofSecond = withPrisma(second.session, called("melbourne", "edinburgh"));
    second.answer();
    expect(await ofSecond).toEqual(["Melbourne", "Edinburgh"]);
    first.answer();
    expect(await ofFirst).toEqual(["Krakow", "Lviv"]);
    expect([first.asked, second.asked]).toEqual([
      ["krakow", "lviv"],
      ["melbourne", "edinburgh"],
    ]);
  });

  it("may be many, one within the other too", async () => {
    const cities = await backend.database.query<{ slug: string; name: string }>(
      sql`SELECT slug, name FROM city ORDER BY slug LIMIT 40`,
    );
    const names = await Promise.all(
      cities.map(({ slug }) =>
        withPrisma(backend.database, () =>
          withPrisma(
            backend.database,
            async (prisma) => (await prisma.city.findUniqueOrThrow({ where: { slug } })).name,
          ),
        ),
      ),
    );
    expect(names).toEqual(cities.map(({ name }) => name));
  });
});

describe("the end of a lease", () => {
  it("comes too where the work throws, and the next one begins", async () => {
    await expect(withPrisma(backend.database, () => Promise.reject(OVER))).rejects.toBe(OVER);
    expect(await withPrisma(backend.database, expertCalled("nobody"))).toBeNull();
  });

  it("is the end of its client: what asks later is refused, and has no other session", async () => {
    const kept = await withPrisma(backend.database, (prisma) => Promise.resolve([prisma]));
    const next = withPrisma(backend.database, async () => {
      await expect(expertCalled("nobody")(kept[0]!)).rejects.toThrow(/already closed/);
    });
    await next;
  });
});

describe("what a session throws", () => {
  it("comes out as the database said it", async () => {
    const session = await withPrisma(backend.database, addExpert("twice")).then(() => backend.database);
    const refused = await withPrisma(session, addExpert("twice")).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "23505", constraint: "expert_slug_key" });
    expect(failureOf(refused)).toMatchObject({ reason: "CONSTRAINT" });
  });

  it("is the reason where its claim is canceled", async () => {
    const claim = claimOf("reader");
    const asked = withPrisma(backend.database.onBehalfOf(claim), async (prisma) => {
      await expertCalled("nobody")(prisma);
      claim.cancel(OVER);
      return expertCalled("nobody")(prisma);
    });
    await expect(asked).rejects.toBe(OVER);
  });

  it("is the refusal where its claim has read too much", async () => {
    const tooMuch = new Error("too much");
    const claim = claimOf("reader", () => {
      throw tooMuch;
    });
    const asked = withPrisma(backend.database.onBehalfOf(claim), (prisma) => prisma.city.findMany());
    await expect(asked).rejects.toBe(tooMuch);
  });
});

const LIMIT_MS = 700;
const ENDLESS_UPDATES = `
  CREATE FUNCTION endless() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM count(*) FROM generate_series(1, 2000000000); RETURN NEW; END';
  CREATE TRIGGER endless BEFORE UPDATE ON api_key FOR EACH ROW EXECUTE FUNCTION endless()`;

/** A database whose statements are limited. */
async function openLimited(): Promise<{ database: Database; close: () => Promise<void> }> {
  if (backend.url === undefined) return openOwnDatabase(LIMIT_MS);
  const database = await openServerBackend({ url: backend.url, poolSize: 4, statementTimeoutMs: LIMIT_MS });
  return { database, close: () => database.close() };
}

describe("a statement of Prisma Client that runs too long", () => {
  let limited: Awaited<ReturnType<typeof openLimited>>;
  beforeAll(async () => {
    limited = await openLimited();
    await limited.database.execute(ENDLESS_UPDATES);
    const data = { hash: "0".repeat(64), name: "key", role: "READER", createdBy: "test" } as const;
    await withPrisma(limited.database, (prisma) => prisma.apiKey.create({ data }));
  });
  afterAll(() => limited.close());

  const update = (database: Database): Promise<unknown> =>
    database.write("test", (session) =>
      withPrisma(session, (prisma) => prisma.apiKey.updateMany({ data: { revokedAt: new Date() } })),
    );

  it("is ended at the limit of its session", async () => {
    await expect(update(limited.database)).rejects.toMatchObject({ code: "57014" });
    const keys = await withPrisma(limited.database, (prisma) => prisma.apiKey.findMany());
    expect(keys).toMatchObject([{ name: "key", revokedAt: null }]);
  });

  it("is canceled with its claim", async () => {
    const claim = claimOf("writer");
    const updated = update(limited.database.onBehalfOf(claim));
    setTimeout(() => claim.cancel(OVER), 50);
    await expect(updated).rejects.toBe(OVER);
  });
});
