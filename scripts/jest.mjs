// Starts Jest with what it needs: PGlite and Prisma's schema engine load their parts with import(), which Jest allows
// only behind this flag of Node's.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
const flags = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"];
const { status } = spawnSync(process.execPath, [...flags, jest, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(status ?? 1);
