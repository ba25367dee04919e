// An installation of its own for tests that start processes: the sources as they were at the beginning of the run, compiled, in a folder
// that no build and no other test file writes to.
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compiledIn, runFolder } from "./home";

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
  cpSync(compiledIn(runFolder()), join(folder, "dist"), { recursive: true });
  return {
    main: join(folder, "dist", "main.js"),
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
