// The whole server on a port of its own, asked over HTTP as a client would.
import "reflect-metadata";
import type { AddressInfo } from "node:net";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { catalogue } from "../../src/catalogue";
import { Budgets, type BudgetSizes } from "../../src/access/budgets/budgets";
import { openBuckets } from "../../src/access/budgets/open-buckets";
import { KeyRing, type Authenticate } from "../../src/access/viewer-of-request";
import { WrongKeys } from "../../src/access/wrong-keys";
import type { Database } from "../../src/database/database";
import { readSizes } from "../../src/database/read/sizes";
import { RevisionWatch } from "../../src/database/revision-watch";
import { Vitals } from "../../src/database/vitals";
import { schemaOf } from "../../src/graph/schema";
import { Collaboration } from "../../src/collaboration/collaboration";
import { memoryLimits, type OperationLimits } from "../../src/http/operations";
import type { ConnectionLimits } from "../../src/http/connections";
import { buildServer } from "../../src/http/server";
import { EXAMPLES_FOLDER, GRAPH_WORKER_FILE, GRAPHIQL_FOLDER } from "../../src/installation";
import type { Clock } from "../../src/kernel/clock";
import type { Document, Given } from "./gql";
import { openTestDatabase } from "./test-database";

/** The day that tests stand on, after the newest date of the dataset. */
export const TODAY = "2026-11-20";
const standingClock: Clock = () => new Date(`${TODAY}T12:00:00Z`);

export interface GraphqlAnswer<Result> {
  status: number;
  data: Result;
  extensions?: { cost: { estimated: number; limit: number | null; remaining: number | null } };
  errors?: { message: string; path?: unknown[]; extensions: { code: string; reason?: string; requestId?: string } }[];
}

/** What a text answers that is made at run time. */
export type UntypedAnswer = GraphqlAnswer<any>;

export interface TestApi {
  url: string;
  database: Database;
  databaseUrl: string | undefined;
  app: FastifyInstance;
  /** Asks, whatever the answer is. */
  ask: <Result, Variables extends object>(
    document: Document<Result, Variables>,
    ...given: Given<Variables>
  ) => Promise<GraphqlAnswer<Result>>;
  /** Asks for data and fails where there are errors. */
  data: <Result, Variables extends object>(
    document: Document<Result, Variables>,
    ...given: Given<Variables>
  ) => Promise<Result>;
  /** Asks with a text that is made at run time, or that is wrong: nobody knows the type of what is answered. */
  askUntyped: (text: string, variables?: object) => Promise<UntypedAnswer>;
  untypedData: (text: string, variables?: object) => Promise<any>;
  close: () => Promise<void>;
}

export interface TestApiOptions {
  /** stands between the server and its database, to watch it */
  wrap?: (database: Database) => Database;
  clock?: Clock;
  /** takes callers for whom they say they are: see asViewer */
  authenticate?: Authenticate;
  log?: FastifyBaseLogger;
  operationLimits?: Partial<OperationLimits>;
  /** none unless given */
  budgets?: Partial<BudgetSizes> & { wrongKeysPerMinute?: number; redisUrl?: string };
  connections?: Partial<ConnectionLimits>;
  trustedProxies?: string[];
  /** false leaves it to the test */
  isListening?: boolean;
}

/** Wide enough for tests that run beside others on a slow machine. */
export const OPERATION_LIMITS: OperationLimits = {
  costAtOnce: 1_000_000,
  waitMs: 30_000,
  timeoutMs: 60_000,
  ...memoryLimits(2 ** 30),
};

export async function startApi(options: TestApiOptions = {}): Promise<TestApi> {
  // The schema first: an open database would keep a run alive that failed to make it.
  const schema = schemaOf(catalogue);
  const backend = await openTestDatabase();
  const clock = options.clock ?? standingClock;
  const { anonymousPerMinute = 0, keyPerMinute = 0, wrongKeysPerMinute = 0, redisUrl } = options.budgets ?? {};
  const buckets = await openBuckets(redisUrl, options.log);
  const vitals = new Vitals(clock);
  const database = vitals.over(options.wrap?.(backend.database) ?? backend.database);
  const keyRing = new KeyRing(database, clock, new WrongKeys(buckets, wrongKeysPerMinute), (error) => {
    throw error;
  });
  // Past the wrap: what it asks by the clock is no request's.
  const revisionWatch = await RevisionWatch.start(backend.database);
  // Not started: it is read when it is first asked for, so that files that never ask do not pay for it.
  const collaboration = new Collaboration({
    database: backend.database,
    revisionWatch,
    workerFile: GRAPH_WORKER_FILE,
    onFailure: (error) => {
      throw error;
    },
  });
  const sizes = await readSizes(backend.database, catalogue);
  const app = await buildServer({
    log: options.log,
    schema,
    database,
    catalogue,
    clock,
    queryCostLimit: 200_000,
    sizes: () => sizes,
    operationLimits: { ...OPERATION_LIMITS, ...options.operationLimits },
    authenticate: options.authenticate ?? keyRing.authenticate,
    budgets: new Budgets(buckets, { anonymousPerMinute, keyPerMinute }),
    revisionWatch,
    services: { collaboration },
    corsOrigins: "*",
    trustedProxies: options.trustedProxies ?? [],
    connections: { atMost: 1_000, perAddressAtMost: 200, ...options.connections },
    vitals,
    graphiqlDirectory: GRAPHIQL_FOLDER,
    examplesDirectory: EXAMPLES_FOLDER,
  });
  if (options.isListening !== false) await app.listen({ host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo | null)?.port ?? 0}`;
  const ask = (query: string, variables?: object): Promise<UntypedAnswer> => postGraphql(url, { query, variables });
  const data = async (query: string, variables?: object): Promise<any> => dataOf(await ask(query, variables));
  return {
    url,
    database: backend.database,
    databaseUrl: backend.url,
    app,
    ask,
    data,
    askUntyped: ask,
    untypedData: data,
    close: async () => {
      await app.close();
      await buckets.close();
      await keyRing.close();
      await collaboration.close();
      await revisionWatch.close();
      await backend.close();
    },
  };
}

export async function postGraphql(
  url: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<UntypedAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    // Plain, because what tests read is not worth compressing.
    headers: { "content-type": "application/json", "accept-encoding": "identity", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as Omit<UntypedAnswer, "status">) };
}

export function postDocument<Result, Variables extends object>(
  url: string,
  document: Document<Result, Variables>,
  headers: Record<string, string>,
  ...[variables]: Given<Variables>
): Promise<GraphqlAnswer<Result>> {
  return postGraphql(url, { query: document, variables }, headers);
}

/** What was asked for. Fails where there are errors. */
export function dataOf<Result>({ data, errors }: GraphqlAnswer<Result>): Result {
  if (errors !== undefined) throw new Error(JSON.stringify(errors, null, 2));
  return data;
}
