// Runs the tests on a PostgreSQL server. The role in DATABASE_URL must be able to create databases: each test file gets
// one of its own, made from a template and dropped afterwards.
import { spawnSync } from "node:child_process";

const url = process.env.DATABASE_URL;
if (!url) {
  process.stderr.write("test:postgres needs DATABASE_URL, such as postgresql://postgres@127.0.0.1:5432/postgres\n");
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ["scripts/jest.mjs", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, DATABASE_URL: "", CCG_TEST_SERVER: url },
});
process.exit(status ?? 1);
