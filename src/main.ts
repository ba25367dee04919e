// The server process: configuration, database, HTTP, and an orderly end.
import "reflect-metadata";
import type { AddressInfo } from "node:net";
import { getHeapStatistics } from "node:v8";
import type { Logger } from "pino";
import { Budgets } from "./access/budgets/budgets";
import { openBuckets } from "./access/budgets/open-buckets";
import { KeyRing } from "./access/viewer-of-request";
import { WrongKeys } from "./access/wrong-keys";
import { catalogue } from "./catalogue";
import { Collaboration } from "./collaboration/collaboration";
import { loadPrisma } from "./database/client/prisma";
import { RevisionWatch } from "./database/revision-watch";
import { TableSizes } from "./database/table-sizes";
import { Vitals } from "./database/vitals";
import { readConfiguration, type Configuration } from "./configuration";
import { schemaOf } from "./graph/schema";
import { listen } from "./http/listen";
import { makeLog } from "./http/log";
import { memoryLimits } from "./http/operations";
import { buildServer } from "./http/server";
import { EXAMPLES_FOLDER, GRAPH_WORKER_FILE, GRAPHIQL_FOLDER, openDatabase } from "./installation";
import { systemClock } from "./kernel/clock";
import { operatorMessage } from "./operator-message";

/** How long an operation waits for room beside those that run; a client that hears nothing for longer asks again anyway. */
const WAIT_FOR_ROOM_MS = 5_000;

const STOP_SIGNALS = ["SIGINT", "SIGTERM"] as const;
const stopAtOnce = (): void => process.exit(0);

async function main(): Promise<void> {
  const configuration = readConfiguration();
  const log = makeLog(configuration.logLevel);
  // Until there are requests to finish, a stop is at once: migrations and the first load are transactions.
  for (const signal of STOP_SIGNALS) process.on(signal, stopAtOnce);
  const isPrismaLoaded = loadPrisma();
  // Waited for below, where its failure closes the database.
  isPrismaLoaded.catch(() => undefined);
  const { database: unwatched, ...opened } = await openDatabase(configuration);
  const vitals = new Vitals(systemClock);
  const database = vitals.over(unwatched);
  log.info({ backend: database.backend, ...opened }, "database is open");
  try {
    await isPrismaLoaded;
    const buckets = await openBuckets(configuration.redisUrl, log);
    const wrongKeys = new WrongKeys(buckets, configuration.wrongKeysPerMinute);
    const keyRing = new KeyRing(database, systemClock, wrongKeys, (error) => {
      log.warn({ err: error }, "last uses of keys were not written: they are tried again with the next ones");
    });
    const revisionWatch = await RevisionWatch.start(database);
    const tableSizes = await TableSizes.start(database, catalogue, (error) => {
      log.warn({ err: error }, "the sizes of the tables were not counted: costs are told from the last ones");
    });
    const collaboration = new Collaboration({
      database,
      revisionWatch,
      workerFile: GRAPH_WORKER_FILE,
      onFailure: (error) => {
        log.error({ err: error }, "the graph of collaboration could not be read: it is tried again");
      },
    });
    collaboration.start();
    const app = await buildServer({
      log,
      schema: schemaOf(catalogue),
      database,
      catalogue,
      clock: systemClock,
      queryCostLimit: configuration.queryCostLimit,
      operationLimits: {
        costAtOnce: configuration.costAtOnceLimit,
        waitMs: WAIT_FOR_ROOM_MS,
        timeoutMs: configuration.operationTimeoutMs,
        ...memoryLimits(getHeapStatistics().heap_size_limit),
      },
      sizes: () => tableSizes.current,
      authenticate: keyRing.authenticate,
      budgets: new Budgets(buckets, {
        anonymousPerMinute: configuration.budgetPerMinuteAnonymous,
        keyPerMinute: configuration.budgetPerMinuteKey,
      }),
      revisionWatch,
      services: { collaboration },
      corsOrigins: configuration.corsOrigins,
      trustedProxies: configuration.trustedProxies,
      connections: {
        atMost: configuration.connectionsAtMost,
        perAddressAtMost: configuration.connectionsPerAddressAtMost,
      },
      vitals,
      graphiqlDirectory: GRAPHIQL_FOLDER,
      examplesDirectory: EXAMPLES_FOLDER,
    });
    const listening = listen(app, configuration.host, configuration.port);
    endOnSignal(log, configuration, async () => {
      // Fastify cannot be closed while it binds a name that has several addresses.
      await listening.catch(() => undefined);
      await app.close();
      await buckets.close();
      await keyRing.close();
      await collaboration.close();
      await tableSizes.close();
      await revisionWatch.close();
      await database.close();
    });
    await listening;
    if (process.stdout.isTTY) tellThePerson(app.addresses());
  } catch (error) {
    await database.close();
    throw error;
  }
}

// Running requests may end, new ones are refused; a second signal or the timeout ends the process at once.
function endOnSignal(log: Logger, { shutdownTimeoutMs }: Configuration, close: () => Promise<void>): void {
  let ending = false;
  const end = (signal: NodeJS.Signals): void => {
    if (ending) process.exit(1);
    ending = true;
    log.info({ signal }, "stopping");
    setTimeout(() => {
      log.error({ shutdownTimeoutMs }, "requests did not end in time");
      process.exit(1);
    }, shutdownTimeoutMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  for (const signal of STOP_SIGNALS) process.off(signal, stopAtOnce).on(signal, end);
}

function tellThePerson(addresses: readonly (AddressInfo | string)[]): void {
  const port = addresses.find((address) => typeof address !== "string")?.port;
  if (port === undefined) return;
  process.stdout.write(
    `\nThe Creative Cities Graph is at http://localhost:${port}/graphql - open it in a browser.\n\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${operatorMessage(error)}\n`);
  process.exit(1);
});
