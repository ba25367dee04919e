// Runs after `npm ci`: generates Prisma's client, builds the server, so that `npm start` follows at once, and generates the types of
// what tests ask. An install without development packages has nothing to build with, and is expected to bring dist/ along.
import { execSync } from "node:child_process";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
try {
  require.resolve("@swc/cli/package.json");
} catch {
  process.exit(0);
}
execSync("npm run --silent build && npm run --silent generate:tests", { stdio: "inherit" });
