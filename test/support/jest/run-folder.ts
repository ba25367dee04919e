// What the set-up of a run of tests leaves for its test files: a folder with the project as it was at the beginning of the run, compiled,
// and filled databases to copy. Jest's main process reads this file as well, so it imports nothing of src/ and no package.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const PROJECT = join(__dirname, "..", "..", "..");
const RUN_FOLDER_VARIABLE = "CCG_TEST_RUN_FOLDER";

/** The filled database on the server; one for each run, so that two runs on one server keep out of each other's way. */
export const TEMPLATE_DATABASE = (process.env.CCG_TEST_TEMPLATE_DATABASE ??= `ccg_test_template_${process.pid}`);

/** @throws where Jest was started without a set-up */
export function runFolder(): string {
  const folder = process.env[RUN_FOLDER_VARIABLE];
  if (folder === undefined) throw new Error("no set-up ran: jest.config.js must name one for the project of this test");
  return folder;
}

/** Of the folder of the run: what src/ compiles to. */
export const compiledIn = (folder: string): string => join(folder, "dist");
/** The data directory of the filled embedded database, and a dump of it. */
export const templateDirectoryIn = (folder: string): string => join(folder, "data-directory");
export const templateFileIn = (folder: string): string => join(folder, "template.tar");

/** What an installation has besides the compiled sources. */
const COMES_WITH_IT = ["data", "examples", "node_modules", "package.json", "prisma"];

/** Makes an installation in the folder. @param compiled what src/ compiles to, which is copied: gates build anew while tests run */
export function install(compiled: string, folder: string): void {
  for (const name of COMES_WITH_IT) symlinkSync(join(PROJECT, name), join(folder, name));
  cpSync(compiled, compiledIn(folder), { recursive: true });
}

export function fillEmbeddedDatabase(): void {
  const folder = compiledRunFolder();
  inProcess("fill-embedded", folder, templateDirectoryIn(folder), templateFileIn(folder));
}

export function fillServerDatabase(): void {
  inProcess("fill-server", compiledRunFolder(), TEMPLATE_DATABASE);
}

/** Takes away what the run left. */
export function removeRunFolder(): void {
  inProcess("drop-from-server", runFolder(), TEMPLATE_DATABASE);
  rmSync(runFolder(), { recursive: true, force: true });
}

/** The folder of the run, made by the first set-up that needs it. */
function compiledRunFolder(): string {
  if (process.env[RUN_FOLDER_VARIABLE] !== undefined) return runFolder();
  execFileSync("npm", ["run", "--silent", "build:server"], { cwd: PROJECT, stdio: "inherit" });
  const folder = mkdtempSync(join(tmpdir(), "ccg-test-"));
  install(compiledIn(PROJECT), folder);
  process.env[RUN_FOLDER_VARIABLE] = folder;
  return folder;
}

function inProcess(action: string, folder: string, ...rest: string[]): void {
  execFileSync(process.execPath, [join(__dirname, "template-databases.mjs"), action, folder, ...rest], {
    stdio: "inherit",
  });
}
