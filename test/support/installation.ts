// An installation of its own for tests that start processes: the sources as they are, built into a folder that no
// other build and no other test file writes to.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const COMES_WITH_IT = ["data", "examples", "node_modules", "package.json", "prisma"];

export interface Installation {
  main: string;
  /** a folder for the tests' own files */
  folder: string;
  remove: () => void;
}

export function makeInstallation(): Installation {
  const folder = mkdtempSync(join(tmpdir(), "ccg-installed-"));
  for (const name of COMES_WITH_IT) symlinkSync(join(ROOT, name), join(folder, name));
  execFileSync("npm", ["run", "--silent", "build:server", "--", "--out-dir", join(folder, "dist")], { cwd: ROOT });
  return {
    main: join(folder, "dist", "main.js"),
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
