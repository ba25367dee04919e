// Operations under way: how much one may read, how long it may take, and that it ends when its caller has left.
import type { Claim } from "../../src/database/claim";
import type { Database } from "../../src/database/database";
import { startApi, type UntypedAnswer, type TestApi } from "../support/api";

const CITIES = "{ cities(first: 100) { nodes { name country { name } } } }";
const POINT = '{ city(by: { slug: "krakow" }) { name } }';

const until = async (holds: () => boolean): Promise<void> => {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error("it never came to hold");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

const kindsOf = ({ errors = [] }: UntypedAnswer): unknown[] =>
  errors.map(({ extensions: { code, reason } }) => [code, reason]);

/** A database that answers nobody until it is told to, and remembers who asks. */
class HeldDatabase {
  readonly claims: Claim[] = [];
  /** the claims under which statements came */
  readonly asked = new Set<Claim>();
  private letGo: () => void = () => undefined;
  private readonly held = new Promise<void>((resolve) => (this.letGo = resolve));

  readonly over = (database: Database): Database => ({
    ...database,
    onBehalfOf: (claim) => {
      const inner = database.onBehalfOf(claim);
      this.claims.push(claim);
      return {
        ...inner,
        query: async (statement) => {
          this.asked.add(claim);
          await Promise.race([
            this.held,
            new Promise((_, reject) => {
              claim.cancellation.listen(() => {
                reject(claim.cancellation.reason ?? new Error("it was canceled"));
              });
            }),
          ]);
          return inner.query(statement);
        },
      };
    },
  });

  release(): void {
    this.letGo();
  }
}

let api: TestApi;
afterEach(() => api.close());

it("refuses an operation that reads more than one may, and answers the next one", async () => {
  api = await startApi({ operationLimits: { bytesOfOne: 50_000 } });
  expect(kindsOf(await api.askUntyped(CITIES))).toEqual([["QUERY_TOO_COMPLEX", "ANSWER_SIZE"]]);
  expect(await api.untypedData(POINT)).toEqual({ city: { name: "Krakow" } });
});

it("refuses what reads more than all may at once, and forgets what is answered", async () => {
  api = await startApi({ operationLimits: { bytesAtOnce: 50_000 } });
  expect(kindsOf(await api.askUntyped(CITIES))).toEqual([["OVERLOADED", "ANSWERS_AT_ONCE"]]);
  for (let i = 0; i < 100; i++) expect(await api.untypedData(POINT)).toEqual({ city: { name: "Krakow" } });
});

it("ends an operation that takes longer than it may", async () => {
  const held = new HeldDatabase();
  api = await startApi({ operationLimits: { timeoutMs: 300 }, wrap: held.over });
  const began = Date.now();
  expect(kindsOf(await api.askUntyped(POINT))).toEqual([["TIMEOUT", "OPERATION_TIME"]]);
  expect(Date.now() - began).toBeLessThan(5_000);
});

it("ends what runs for a caller that has left", async () => {
  const held = new HeldDatabase();
  api = await startApi({ wrap: held.over });
  const leaving = new AbortController();
  const asked = fetch(`${api.url}/graphql?query=${encodeURIComponent(POINT)}`, { signal: leaving.signal });
  await until(() => held.claims.length > 0);
  expect(held.claims[0]?.cancellation.isCanceled).toBe(false);
  leaving.abort();
  await expect(asked).rejects.toThrow();
  await until(() => held.claims[0]?.cancellation.isCanceled === true);
});

it("ends what still runs for an operation that is answered", async () => {
  const held = new HeldDatabase();
  api = await startApi({ wrap: held.over });
  const answered = api.askUntyped(POINT);
  await until(() => held.claims.length > 0);
  held.release();
  expect(kindsOf(await answered)).toEqual([]);
  expect(held.claims[0]?.cancellation.isCanceled).toBe(true);
});

it("lets operations run at once up to a cost, and the others when those are answered", async () => {
  const held = new HeldDatabase();
  api = await startApi({ operationLimits: { costAtOnce: 400 }, wrap: held.over });
  const asked = Array.from({ length: 5 }, () => api.askUntyped(CITIES));
  await until(() => held.claims.length === 5 && held.asked.size > 0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(held.asked.size).toBe(1);
  held.release();
  for (const answer of await Promise.all(asked)) expect(answer.errors).toBeUndefined();
  expect(held.asked.size).toBe(5);
});

it("refuses an operation for which there is no room in time, and says when to come again", async () => {
  const held = new HeldDatabase();
  api = await startApi({ operationLimits: { costAtOnce: 400, waitMs: 100 }, wrap: held.over });
  const first = api.askUntyped(CITIES);
  await until(() => held.asked.size > 0);
  const refused = await fetch(`${api.url}/graphql?query=${encodeURIComponent(CITIES)}`);
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(kindsOf((await refused.json()) as UntypedAnswer)).toEqual([["OVERLOADED", "TOO_MUCH_AT_ONCE"]]);
  held.release();
  expect(kindsOf(await first)).toEqual([]);
});
