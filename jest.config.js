// Unit tests and API tests, on the embedded home unless CCG_TEST_SERVER says otherwise (see scripts/test-postgres.mjs). Most run in both;
// CCG_TEST_ALL=1 lets all.
// Packages that come as ES modules only are transformed with our own code.
const esModules = ["sql-template-tag", "content-disposition", "cookie", "p-limit", "yocto-queue"];

// Tests that no database is asked in, of what is refused before it is asked, and of plain questions whose SQL others put to both homes:
// a second run on a server would say nothing new.
const embeddedOnly = [
  "test/unit/",
  "test/gates/",
  "test/clients/",
  "test/api/(bad-|documents|examples|http|too-large)",
  "test/api/(registry|knowledge|projects)/",
  "test/api/collaboration/wrong-questions",
  "test/api/statistics/limits-of-groups",
  "test/database/embedded",
  "test/processes/slow-statement",
  "test/processes/cost-bench",
];

// How many rows a plan reads is the planner's affair, which is the same PostgreSQL's embedded; there it takes a minute to write the
// thousands of rows that it has to do with. What a load and the example write, they write by the same SQL; embedded, test/processes
// shows them as commands, and test/database/load.test.ts and load-faults.test.ts from within.
const serverOnly = [
  "test/api/rows-read",
  "test/processes/restored-database",
  "test/database/(example|load-composite-keys)",
];

// Of budgets that processes share: where REDIS_URL names a Redis, which may hold anything else besides. One home will do.
const redisOnly = ["test/redis/"];

const isServer = process.env.CCG_TEST_SERVER !== undefined;
const elsewhere = process.env.CCG_TEST_ALL === "1" ? [] : isServer ? embeddedOnly : serverOnly;
const withoutRedis = process.env.REDIS_URL && !isServer ? [] : redisOnly;

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: ["/node_modules/", "test/pages/", ...elsewhere, ...withoutRedis].map((path) =>
    path.startsWith("/") ? path : `<rootDir>/${path}`,
  ),
  transform: { "^.+\\.[cm]?[jt]sx?$": "@swc/jest" },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join("|")})/)`],
  globalSetup: "<rootDir>/test/support/global-setup.ts",
  globalTeardown: "<rootDir>/test/support/global-teardown.ts",
  testTimeout: 60_000,
  maxWorkers: 2,
};
