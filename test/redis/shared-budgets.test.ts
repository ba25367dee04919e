// Servers that share a Redis share their callers' budgets, and serve callers without it while it is away.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { makeLog } from "../../src/http/log";
import { postGraphql, startApi, type UntypedAnswer, type TestApi } from "../support/api";
import { copyTemplateTo } from "../support/test-database";
import { makeInstallation } from "../support/installation";
import { RedisProxy } from "../support/redis-proxy";
import { killServers, ServerProcess } from "../support/server-process";
import { asTheySay, headerOf, viewerAs } from "../support/viewers";

const REDIS_URL = process.env.REDIS_URL ?? "";
const BUDGET = 1_000_000;
const SMALL_BUDGET = 20_000;
const LIMITS = { BUDGET_PER_MINUTE_ANONYMOUS: String(SMALL_BUDGET), WRONG_KEYS_PER_MINUTE: "3" };
const QUERY = "{ viewer { budget { remaining } } }";

function remainingOf(answer: UntypedAnswer): number {
  expect(answer.status).toBe(200);
  return answer.extensions?.cost.remaining ?? -1;
}

describe("while the Redis is away", () => {
  const proxy = new RedisProxy(REDIS_URL);
  const lines: string[] = [];
  // A key that nobody else has, so that nobody else spends its budget.
  const headers = headerOf({ ...viewerAs("READER"), keyId: randomUUID() });
  let api: TestApi;
  beforeAll(async () => {
    await proxy.open();
    api = await startApi({
      authenticate: asTheySay,
      log: makeLog("info", { write: (line) => void lines.push(line) }),
      budgets: { keyPerMinute: BUDGET, redisUrl: proxy.url },
    });
  });
  beforeEach(async () => {
    await expect(ask()).resolves.toMatchObject({ status: 200 });
    lines.length = 0;
  });
  afterAll(async () => {
    await api.close();
    await proxy.close();
  });

  const ask = (): Promise<UntypedAnswer> => postGraphql(api.url, { query: QUERY }, headers);
  const said = (): string[] => lines.filter((line) => line.includes("the Redis"));

  async function expectServedWithout(): Promise<void> {
    const begun = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(remainingOf(await ask())).toBeGreaterThan(0);
    expect(said()).toEqual([
      expect.stringContaining("the Redis does not answer: this process counts budgets by itself"),
    ]);
  }

  async function expectBack(): Promise<void> {
    for (let i = 0; i < 100 && said().length < 2; i += 1) await wait(100);
    expect(said()).toEqual([expect.anything(), expect.stringContaining("the Redis answers again: budgets are shared")]);
  }

  it("callers are served by each process itself where it falls silent, and it is told when it goes and comes", async () => {
    proxy.fallSilent();
    await expectServedWithout();
    await wait(1_500);
    proxy.speak();
    await expectBack();
  });

  it("and likewise where its connections end", async () => {
    await proxy.close();
    await expectServedWithout();
    await proxy.open();
    await expectBack();
  });

  it("a server starts, and says so without a password", async () => {
    lines.length = 0;
    const url = new URL(REDIS_URL);
    url.username = "nobody";
    url.password = "pass-word-1";
    for (const redisUrl of ["redis://nobody:pass-word-1@127.0.0.1:1", url.href]) {
      const alone = await startApi({
        authenticate: asTheySay,
        log: makeLog("info", { write: (line) => void lines.push(line) }),
        budgets: { keyPerMinute: BUDGET, redisUrl },
      });
      expect((await postGraphql(alone.url, { query: QUERY }, headers)).status).toBe(200);
      await alone.close();
    }
    expect(said()).toHaveLength(2);
    expect(lines.join("")).not.toContain("pass-word-1");
  });
});

describe("two processes", () => {
  const installation = makeInstallation();
  const redis = new Redis(REDIS_URL);
  afterEach(killServers);
  afterAll(async () => {
    await redis.quit();
    installation.remove();
  });

  it("share the budget of an address, and its wrong keys", async () => {
    await redis.del("ccg:budget:anonymous:address:127.0.0.1", "ccg:budget:wrong-key:127.0.0.1");
    const [one, other] = ["one", "other"].map((name) => {
      const DATA_DIR = join(installation.folder, name);
      copyTemplateTo(DATA_DIR);
      return new ServerProcess(installation.main, { DATA_DIR, REDIS_URL, ...LIMITS });
    }) as [ServerProcess, ServerProcess];
    const pages = "cities(first: 100) { nodes { id networks(first: 20) { nodes { id } } } }";
    const query = `{ a: ${pages} b: ${pages} }`;
    await Promise.all([one.url(), other.url()]);
    // The first answer makes ready what the others are answered from, which takes a while on a busy machine.
    for (const server of [one, other]) await postGraphql(await server.url(), { query });
    await redis.del("ccg:budget:anonymous:address:127.0.0.1");

    const begun = performance.now();
    let taken = 0;
    let granted = 0;
    let answer = await postGraphql(await one.url(), { query });
    while (answer.status === 200) {
      granted += 1;
      taken += answer.extensions?.cost.estimated ?? 0;
      answer = await postGraphql(await (granted % 2 === 0 ? one : other).url(), { query });
    }
    const refilled = (SMALL_BUDGET / 60_000) * (performance.now() - begun);
    expect(granted).toBeGreaterThanOrEqual(2);
    expect(taken).toBeLessThanOrEqual(SMALL_BUDGET + refilled);
    expect(answer).toMatchObject({ status: 429, errors: [{ extensions: { reason: "BUDGET_SPENT" } }] });

    const wrong = async (server: ServerProcess): Promise<number> =>
      (await postGraphql(await server.url(), { query: QUERY }, { authorization: "Bearer wrong" })).status;
    expect([await wrong(one), await wrong(one), await wrong(other)]).toEqual([401, 401, 401]);
    expect([await wrong(one), await wrong(other)]).toEqual([429, 429]);
    expect((await Promise.all([one.stop(), other.stop()])).map(({ code }) => code)).toEqual([0, 0]);
  });
});
