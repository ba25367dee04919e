// Unit tests and API tests, on the embedded home unless CCG_TEST_SERVER says otherwise (see scripts/test-postgres.mjs).
// Packages that come as ES modules only are transformed with our own code.
const esModules = ["sql-template-tag", "content-disposition", "cookie"];

// Tests that no database is asked in: a second run on a server would say nothing new.
const homeless = ["<rootDir>/test/unit/", "<rootDir>/test/gates/", "<rootDir>/test/clients/"];

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/pages/", ...(process.env.CCG_TEST_SERVER ? homeless : [])],
  transform: { "^.+\\.[cm]?[jt]sx?$": "@swc/jest" },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join("|")})/)`],
  globalSetup: "<rootDir>/test/support/global-setup.ts",
  globalTeardown: "<rootDir>/test/support/global-teardown.ts",
  testTimeout: 60_000,
  maxWorkers: 2,
};
