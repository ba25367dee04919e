// The projects of the tests. `npm test` runs unit and api; `npm run test:all` runs every project, with the PostgreSQL server in DATABASE_URL, the
// Redis in REDIS_URL and Debian's Chromium or the one in CHROMIUM_PATH.
//
// Tests that ask a database run on an embedded one. Those of the project server run on the server in DATABASE_URL as well, and those of matrix there
// instead, if it is set. A file *.server.test.ts is about a server and a file *.embedded.test.ts about the embedded database: neither runs elsewhere.
const { availableParallelism } = require("node:os");

// Of what is refused before a database is asked, and of plain questions, whose SQL the project matrix puts to the server for every type, column and
// relation. What depends on collations and extensions (orders, texts, search) is asked of both.
const embeddedIsEnough = [
  "test/api/(bad-|documents|examples|http|too-large)",
  "test/api/(connections|distances|filter-trees|filters-of-related-records|nodes)\\.",
  "test/api/(registry|knowledge|projects|statistics)/",
  "test/api/collaboration/wrong-questions",
  "test/processes/(wrong-configuration|graph-worker)",
  "\\.embedded\\.test\\.ts$",
];
const aboutServers = ["\\.server\\.test\\.ts$"];

// Packages that come as ES modules only are transformed with our own code.
const esModules = ["sql-template-tag", "content-disposition", "cookie", "p-limit", "yocto-queue"];

// Packages whose objects tests share with the server, or that take long to load.
const loadedOnce = [
  "@electric-sql",
  "@prisma",
  "csv-parse",
  "fast-check",
  "fastify",
  "graphql",
  "ioredis",
  "pg",
  "reflect-metadata",
  "sql-template-tag",
  "type-graphql",
];

const server = process.env.DATABASE_URL || undefined;

const foldersOf = (names) => names.map((name) => `<rootDir>/test/${name}`);
const sourcesIn = (folder) => `^${__dirname.replace(/[^\w/]/g, "\\$&")}/${folder}/.+\\.ts$`;

/** A project whose files get their own copy of every module. */
function plain(displayName) {
  return {
    displayName,
    roots: foldersOf([displayName]),
    transform: { "\\.[cm]?[jt]s$": "@swc/jest" },
    transformIgnorePatterns: [`/node_modules/(?!(${esModules.join("|")})/)`],
  };
}

/** A project whose files share the modules of the program, which each worker of Jest loads once. */
function withProgram(displayName, { folders = [displayName], without = [], server }) {
  const loadOnce = "<rootDir>/test/support/jest/load-once.cjs";
  return {
    displayName,
    roots: foldersOf(folders),
    testPathIgnorePatterns: without,
    testEnvironment: "<rootDir>/test/support/jest/environment.ts",
    transform: {
      [sourcesIn("(test|bench)")]: "@swc/jest",
      [sourcesIn("src")]: loadOnce,
      [`/node_modules/(${loadedOnce.join("|")})/`]: loadOnce,
    },
    transformIgnorePatterns: [],
    globalSetup: `<rootDir>/test/support/jest/${server === undefined ? "embedded" : "server"}-set-up.ts`,
    globalTeardown: "<rootDir>/test/support/jest/tear-down.ts",
    globals: { TEST_SERVER: server },
  };
}

const onServer = [
  withProgram("server", { folders: ["api", "database", "processes"], without: embeddedIsEnough, server }),
];

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    plain("unit"),
    withProgram("api", { folders: ["api", "database"], without: aboutServers }),
    withProgram("matrix", { server }),
    ...(server === undefined ? [] : onServer),
    withProgram("processes", { without: aboutServers }),
    ...(process.env.REDIS_URL ? [withProgram("redis", {})] : []),
    plain("gates"),
    plain("clients"),
    plain("pages"),
    plain("benchmarks"),
  ],
  testTimeout: 60_000,
  // Workers take a while to give back the memory of their databases, at their end.
  workerGracefulExitTimeout: 10_000,
  // A database works beside each test file.
  maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
};
