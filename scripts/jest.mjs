// Starts Jest with what it needs: PGlite and Prisma's schema engine load their parts with import(), which Jest allows only behind this flag of
// Node's. `--in=unit,api` takes these projects of jest.config.js, whatever else follows; without it, all that there are services for.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

/** The environment variables without which there is no such project. */
const SERVICES = { server: "DATABASE_URL", redis: "REDIS_URL" };

const IN = "--in=";
const given = process.argv.slice(2);
const projects = given.filter((word) => word.startsWith(IN)).flatMap((word) => word.slice(IN.length).split(","));
for (const project of projects) {
  const variable = SERVICES[project];
  if (variable === undefined || process.env[variable]) continue;
  process.stderr.write(`The tests of the project ${project} need ${variable}: see "Tests" in CONTRIBUTING.md.\n`);
  process.exit(1);
}
const words = given.filter((word) => !word.startsWith(IN));
// At the end, because Jest takes whatever comes after it for another project.
if (projects.length > 0) words.push("--selectProjects", ...projects);

const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
const flags = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning", "--enable-source-maps"];
const { status } = spawnSync(process.execPath, [...flags, jest, ...words], { stdio: "inherit" });
process.exit(status ?? 1);
