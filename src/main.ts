// The server process: configuration, database, HTTP, and an orderly end.
import "reflect-metadata";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { catalogue } from "./catalogue";
import { ConfigurationProblem, readConfiguration, type Configuration } from "./configuration";
import { DatabaseProblem } from "./database/database";
import { BadDataset } from "./database/load/load";
import { schemaOf } from "./graph/schema";
import { buildServer } from "./http/server";
import { EXAMPLES_FOLDER, GRAPHIQL_FOLDER, openDatabase } from "./installation";
import { systemClock } from "./kernel/clock";

async function main(): Promise<void> {
  const configuration = readConfiguration();
  const log = pino({ level: configuration.logLevel });
  const { database, migrations, filled } = await openDatabase(configuration);
  log.info({ home: database.home, migrations, filled }, "database is open");
  try {
    const app = await buildServer({
      log,
      schema: schemaOf(catalogue),
      database,
      catalogue,
      clock: systemClock,
      queryCostLimit: configuration.queryCostLimit,
      corsOrigins: configuration.corsOrigins,
      graphiqlDirectory: GRAPHIQL_FOLDER,
      examplesDirectory: EXAMPLES_FOLDER,
    });
    endOnSignal(log, configuration, async () => {
      await app.close();
      await database.close();
    });
    await app.listen({ host: configuration.host, port: configuration.port });
    if (process.stdout.isTTY) tellThePerson(app.addresses());
  } catch (error) {
    await database.close();
    throw error;
  }
}

// Running requests may end, new ones are refused; a second signal or the timeout ends the process at once.
function endOnSignal(log: pino.Logger, { shutdownTimeoutMs }: Configuration, close: () => Promise<void>): void {
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
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}

function tellThePerson(addresses: readonly (AddressInfo | string)[]): void {
  const port = addresses.find((address) => typeof address !== "string")?.port;
  if (port === undefined) return;
  process.stdout.write(
    `\nThe Creative Cities Graph is at http://localhost:${port}/graphql - open it in a browser.\n\n`,
  );
}

main().catch((error: unknown) => {
  const isOperators =
    error instanceof ConfigurationProblem || error instanceof DatabaseProblem || error instanceof BadDataset;
  if (isOperators) process.stderr.write(`${error.message}\n`);
  else if (isAddressProblem(error)) process.stderr.write(`the server cannot listen: ${error.message}\n`);
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});

function isAddressProblem(error: unknown): error is Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EADDRINUSE" || code === "EACCES" || code === "EADDRNOTAVAIL" || code === "ENOTFOUND";
}
