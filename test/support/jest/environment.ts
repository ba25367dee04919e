// Where tests run that use the server: modules that load-once.ts stands for are loaded here, outside of the test file.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { TestEnvironment } from "jest-environment-node";
import { compiledIn, PROJECT, runFolder, templateFileIn } from "./run-folder";

const SOURCES = join(PROJECT, "src");
const requireOutside = createRequire(__filename);

/** Sources are taken as they are compiled in the folder of the run, where threads and processes find them too. */
function loadOnce(file: string): unknown {
  const inSources = relative(SOURCES, file);
  if (inSources.startsWith("..")) return requireOutside(file);
  return requireOutside(join(compiledIn(runFolder()), inSources.replace(/\.ts$/, ".js")));
}

let dump: Blob | undefined;

/** What a test file's embedded database starts from: read once, because it is large. */
function templateDump(): Blob {
  return (dump ??= new Blob([readFileSync(templateFileIn(runFolder()))]));
}

export default class SharedModulesEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    // Tests compare what they make of these classes with what the modules make.
    Object.assign(this.global, { loadOnce, templateDump, Map, Set, Error });
  }
}
