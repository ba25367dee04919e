// The one file that reads the environment. Every variable is declared here with what it means; a wrong one is refused
// with its name before anything starts. `ccg configuration` prints this list.
import { resolve } from "node:path";
import { isAddressRange } from "./http/caller-address";

export interface Configuration {
  databaseUrl: string | undefined;
  dataDirectory: string;
  host: string;
  port: number;
  logLevel: string;
  corsOrigins: "*" | string[];
  trustedProxies: string[];
  connectionsAtMost: number;
  connectionsPerAddressAtMost: number;
  poolSize: number;
  statementTimeoutMs: number;
  queryCostLimit: number;
  costAtOnceLimit: number;
  operationTimeoutMs: number;
  budgetPerMinuteAnonymous: number;
  budgetPerMinuteKey: number;
  wrongKeysPerMinute: number;
  redisUrl: string | undefined;
  shutdownTimeoutMs: number;
}

export interface Variable {
  name: string;
  /** as text, shown in the documentation; empty means "not set" */
  byDefault: string;
  description: string;
}

export const VARIABLES = {
  DATABASE_URL: {
    byDefault: "",
    description:
      "A PostgreSQL server, 15 or later, as postgresql://user:password@host:port/database. Not set: an embedded one in DATA_DIR.",
  },
  DATA_DIR: { byDefault: "./.data", description: "The directory of the embedded database. One process at a time." },
  HOST: { byDefault: "localhost", description: "The address to listen on; 0.0.0.0 for all of IPv4, :: for all." },
  PORT: { byDefault: "4000", description: "The port to listen on, 0 to 65535; 0 takes a free one." },
  LOG_LEVEL: { byDefault: "info", description: "How much to log: fatal, error, warn, info, debug, trace or silent." },
  CORS_ORIGINS: {
    byDefault: "*",
    description: "Which web origins may call the API: * for all, or a list set apart by commas.",
  },
  TRUSTED_PROXIES: {
    byDefault: "",
    description:
      "The addresses and ranges, set apart by commas, of proxies that say in X-Forwarded-For who asks, such as 10.0.0.0/8. Not set: none is believed.",
  },
  MAX_CONNECTIONS: {
    byDefault: "1000",
    description: "Connections of clients at most, 10 to 100000; see docs/limits.md.",
  },
  MAX_CONNECTIONS_PER_ADDRESS: {
    byDefault: "200",
    description: "The same of one address, 1 to 100000, but for TRUSTED_PROXIES. An IPv6 /64 is one address.",
  },
  DATABASE_POOL_SIZE: {
    byDefault: "10",
    description:
      "Sessions on the PostgreSQL server at most, 2 to 1000, beside one that listens. Not used by the embedded one.",
  },
  STATEMENT_TIMEOUT_MS: {
    byDefault: "10000",
    description:
      "How long one statement may run, 100 to 600000 milliseconds. One that runs longer is ended; the embedded database is then opened anew, and others wait meanwhile.",
  },
  QUERY_COST_LIMIT: {
    byDefault: "200000",
    description:
      "The greatest cost of an operation, in units of 10 microseconds of CPU, 1000 or more: 200000 are 2 seconds; see docs/limits.md.",
  },
  COST_AT_ONCE_LIMIT: {
    byDefault: "50000",
    description:
      "The cost of all operations that run at once, 1000 or more; the others wait, and one caller has half of it at most.",
  },
  OPERATION_TIMEOUT_MS: {
    byDefault: "15000",
    description: "How long an operation may take with all its statements and waits, 100 to 600000 milliseconds.",
  },
  BUDGET_PER_MINUTE_ANONYMOUS: {
    byDefault: "2000000",
    description:
      "The cost that callers without a key may ask for in a minute, for each address; 0 for no budget. See docs/limits.md.",
  },
  BUDGET_PER_MINUTE_KEY: {
    byDefault: "10000000",
    description: "The cost that each key may ask for in a minute; 0 for no budget.",
  },
  WRONG_KEYS_PER_MINUTE: {
    byDefault: "20",
    description: "How many wrong keys an address may show in a minute before it is told to wait; 0 for any number.",
  },
  REDIS_URL: {
    byDefault: "",
    description:
      "A Redis that the budgets of all processes are kept in, as redis://user:password@host:port/number, or rediss:// for TLS. Not set: each process keeps its own.",
  },
  SHUTDOWN_TIMEOUT_MS: {
    byDefault: "10000",
    description: "How long running requests may take to end at a stop, 1 to 600000 milliseconds.",
  },
} as const satisfies Record<string, Omit<Variable, "name">>;

type VariableName = keyof typeof VARIABLES;

/** Every wrong variable, all at once. */
export class ConfigurationProblem extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ConfigurationProblem";
  }
}

/** What the API can tell of a budget: GraphQL's Int ends a little above. */
const BUDGET_AT_MOST = 2_000_000_000;

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

/** @throws ConfigurationProblem */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Configuration {
  const problems: string[] = [];
  // An empty variable counts as not set: that is how compose files and shells clear one.
  const text = (name: VariableName): string => environment[name] || VARIABLES[name].byDefault;
  const whole = (name: VariableName, least: number, most: number): number => {
    const given = text(name);
    const value = Number(given);
    if (!/^\d+$/.test(given) || value < least || value > most) {
      problems.push(`${name} must be a whole number from ${least} to ${most}, but is "${given}"`);
    }
    return value;
  };

  const databaseUrl = text("DATABASE_URL") || undefined;
  if (databaseUrl !== undefined && !/^postgres(ql)?:$/.test(protocolOf(databaseUrl))) {
    // The value is not repeated: it may hold a password.
    problems.push("DATABASE_URL must be a URL that begins with postgresql://");
  }
  const redisUrl = text("REDIS_URL") || undefined;
  if (redisUrl !== undefined && !/^rediss?:$/.test(protocolOf(redisUrl))) {
    problems.push("REDIS_URL must be a URL that begins with redis:// or rediss://");
  }
  const logLevel = text("LOG_LEVEL");
  if (!LOG_LEVELS.includes(logLevel))
    problems.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(", ")}, but is "${logLevel}"`);
  const origins =
    text("CORS_ORIGINS") === "*"
      ? "*"
      : text("CORS_ORIGINS")
          .split(",")
          .map((origin) => origin.trim());
  for (const origin of origins === "*" ? [] : origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      problems.push(`CORS_ORIGINS must be * or origins such as https://example.org, but holds "${origin}"`);
    }
  }
  const trustedProxies = text("TRUSTED_PROXIES")
    .split(",")
    .map((range) => range.trim())
    .filter((range) => range !== "");
  for (const range of trustedProxies.filter((one) => !isAddressRange(one))) {
    problems.push(`TRUSTED_PROXIES must be addresses and ranges such as 10.0.0.0/8, but holds "${range}"`);
  }
  const configuration: Configuration = {
    databaseUrl,
    dataDirectory: resolve(text("DATA_DIR")),
    host: text("HOST"),
    port: whole("PORT", 0, 65_535),
    logLevel,
    corsOrigins: origins,
    trustedProxies,
    connectionsAtMost: whole("MAX_CONNECTIONS", 10, 100_000),
    connectionsPerAddressAtMost: whole("MAX_CONNECTIONS_PER_ADDRESS", 1, 100_000),
    poolSize: whole("DATABASE_POOL_SIZE", 2, 1_000),
    statementTimeoutMs: whole("STATEMENT_TIMEOUT_MS", 100, 600_000),
    queryCostLimit: whole("QUERY_COST_LIMIT", 1_000, Number.MAX_SAFE_INTEGER),
    costAtOnceLimit: whole("COST_AT_ONCE_LIMIT", 1_000, Number.MAX_SAFE_INTEGER),
    operationTimeoutMs: whole("OPERATION_TIMEOUT_MS", 100, 600_000),
    budgetPerMinuteAnonymous: whole("BUDGET_PER_MINUTE_ANONYMOUS", 0, BUDGET_AT_MOST),
    budgetPerMinuteKey: whole("BUDGET_PER_MINUTE_KEY", 0, BUDGET_AT_MOST),
    wrongKeysPerMinute: whole("WRONG_KEYS_PER_MINUTE", 0, BUDGET_AT_MOST),
    redisUrl,
    shutdownTimeoutMs: whole("SHUTDOWN_TIMEOUT_MS", 1, 600_000),
  };
  if (problems.length > 0) throw new ConfigurationProblem(problems);
  return configuration;
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : "";
}
