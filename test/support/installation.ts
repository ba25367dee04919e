// An installation of its own for tests that start processes: the sources as they were at the beginning of the run, compiled, in a folder
// that no build and no other test file writes to.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compiledIn, install, runFolder } from "./jest/run-folder";

export interface Installation {
  main: string;
  /** a folder for the tests' own files */
  folder: string;
  remove: () => void;
}

export function makeInstallation(): Installation {
  const folder = mkdtempSync(join(tmpdir(), "ccg-installed-"));
  install(compiledIn(runFolder()), folder);
  return {
    main: join(folder, "dist", "main.js"),
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
