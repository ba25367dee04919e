// Who may import whom. Above the rooms stand the files directly in src/ and the command line in src/cli/: they put the
// rooms together, and no room knows them. Beside src/ stands bench/generate/, a program over the server that the server does not know.
const { readdirSync } = require("node:fs");
const { join } = require("node:path");
const rooms = require("./rooms.cjs");

const folders = readdirSync(join(__dirname, "src"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "cli")
  .map(({ name }) => name);
const missing = rooms.filter((room) => !folders.includes(room));
const unlisted = folders.filter((folder) => !rooms.includes(folder));
if (missing.length > 0) throw new Error(`rooms.cjs names rooms that src/ does not have: ${missing.join(", ")}`);
if (unlisted.length > 0) throw new Error(`src/ has folders that rooms.cjs does not name: ${unlisted.join(", ")}`);

const anyOf = (names) => `(${names.join("|")})`;

const directionOfRooms = rooms.map((room, place) => ({
  name: `${room}-imports-only-what-stands-before-it`,
  comment: `${room} may import itself${place === 0 ? "" : ` and ${rooms.slice(0, place).join(", ")}`}: see rooms.cjs.`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: "^src/", pathNot: `^src/${anyOf(rooms.slice(0, place + 1))}/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...directionOfRooms,
    {
      name: "the-server-knows-no-benchmark",
      comment: "What measures the server stands outside it: bench/ imports src/, never the other way.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^bench/" },
    },
    {
      name: "the-graph-is-pure",
      comment:
        "src/collaboration/graph/ is algorithms over plain values: it imports the kernel and itself, no SQL, no GraphQL, no package.",
      severity: "error",
      from: { path: "^src/collaboration/graph/" },
      to: { pathNot: "^src/(kernel|collaboration/graph)/" },
    },
    {
      name: "no-circle",
      comment: "Modules that import each other are one module; a circle of types counts.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-module-that-nothing-starts",
      comment: "Neither main.ts nor cli.ts reaches it: it is dead code, or its room does not name it yet.",
      severity: "error",
      from: { path: "^src/(main|cli)\\.ts$" },
      to: { path: "^src/", pathNot: "^src/(main|cli)\\.ts$", reachable: false },
    },
    {
      name: "no-module-that-the-generator-does-not-start",
      comment: "bench/generate/cli.ts does not reach it: it is dead code.",
      severity: "error",
      from: { path: "^bench/generate/cli\\.ts$" },
      to: { path: "^bench/", pathNot: "^bench/generate/cli\\.ts$", reachable: false },
    },
    {
      name: "every-import-is-found",
      comment: "The file or the package does not exist.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "only-packages-that-are-installed-with-the-server",
      comment: "An install without development packages would lack it: package.json names it under dependencies.",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^src/database/generated/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
