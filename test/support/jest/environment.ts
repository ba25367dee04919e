// Where tests run that use the server: modules that load-once.ts stands for are loaded here, outside of the test file.
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { TestEnvironment } from "jest-environment-node";
import { compiledIn, PROJECT, runFolder } from "./run-folder";

const SOURCES = join(PROJECT, "src");
const requireOutside = createRequire(__filename);

/** Sources are taken as they are compiled in the folder of the run, where threads and processes find them too. */
function loadOnce(file: string): unknown {
  const inSources = relative(SOURCES, file);
  if (inSources.startsWith("..")) return requireOutside(file);
  return requireOutside(join(compiledIn(runFolder()), inSources.replace(/\.ts$/, ".js")));
}

export default class SharedModulesEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    // Tests compare what they make of these classes with what the modules make.
    Object.assign(this.global, { loadOnce, Map, Set, Error });
  }
}
