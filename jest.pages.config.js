// Tests of pages in a browser: Debian's Chromium, or the one that CHROMIUM_PATH names.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  roots: ["<rootDir>/test/pages"],
  testPathIgnorePatterns: ["/node_modules/"],
  globalSetup: undefined,
  globalTeardown: undefined,
};
