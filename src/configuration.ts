// The one file that reads the environment. Every variable is declared here with what it means; a wrong one is refused
// with its name before anything starts. `ccg configuration` prints this list.
import { resolve } from "node:path";

export interface Configuration {
  databaseUrl: string | undefined;
  dataDirectory: string;
  host: string;
  port: number;
  logLevel: string;
  corsOrigins: "*" | string[];
  poolSize: number;
  statementTimeoutMs: number;
  queryCostLimit: number;
  costAtOnceLimit: number;
  operationTimeoutMs: number;
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
    byDefault: "500000",
    description: "The greatest static cost of an operation, 1000 or more; see docs/limits.md.",
  },
  COST_AT_ONCE_LIMIT: {
    byDefault: "400000",
    description:
      "The cost of all operations that run at once, 1000 or more; the others wait, and one caller has half of it at most.",
  },
  OPERATION_TIMEOUT_MS: {
    byDefault: "15000",
    description: "How long an operation may take with all its statements and waits, 100 to 600000 milliseconds.",
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
  const configuration: Configuration = {
    databaseUrl,
    dataDirectory: resolve(text("DATA_DIR")),
    host: text("HOST"),
    port: whole("PORT", 0, 65_535),
    logLevel,
    corsOrigins: origins,
    poolSize: whole("DATABASE_POOL_SIZE", 2, 1_000),
    statementTimeoutMs: whole("STATEMENT_TIMEOUT_MS", 100, 600_000),
    queryCostLimit: whole("QUERY_COST_LIMIT", 1_000, Number.MAX_SAFE_INTEGER),
    costAtOnceLimit: whole("COST_AT_ONCE_LIMIT", 1_000, Number.MAX_SAFE_INTEGER),
    operationTimeoutMs: whole("OPERATION_TIMEOUT_MS", 100, 600_000),
    shutdownTimeoutMs: whole("SHUTDOWN_TIMEOUT_MS", 1, 600_000),
  };
  if (problems.length > 0) throw new ConfigurationProblem(problems);
  return configuration;
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : "";
}
