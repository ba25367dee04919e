// A copy of a part of the project in a folder of its own, to plant faults in, and the commands of the gates run there.
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const PROJECT = join(__dirname, "..", "..");

export interface ProjectCopy {
  folder: string;
  remove: () => Promise<void>;
}

/** @param parts files and folders of the project; its packages are always there */
export async function copyProject(parts: readonly string[]): Promise<ProjectCopy> {
  const folder = await mkdtemp(join(tmpdir(), "ccg-gate-"));
  for (const part of parts) await cp(join(PROJECT, part), join(folder, part), { recursive: true });
  await symlink(join(PROJECT, "node_modules"), join(folder, "node_modules"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface Outcome {
  status: number | null;
  /** what it printed, to either stream */
  output: string;
}

/** @param script a JavaScript file, from the project's root */
export function runNode(
  script: string,
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, script), ...args], {
    cwd: folder,
    encoding: "utf8",
    // Nothing else of this process: a database that the tests may use is none that a copy may be loaded into.
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      ...environment,
    },
  });
  return { status, output: stdout + stderr };
}

/** A copy that is built from the sources of this moment, like dist/. */
export async function buildProjectCopy(parts: readonly string[]): Promise<ProjectCopy> {
  const copy = await copyProject(["src", "package.json", ".swcrc", ...parts]);
  const { status, output } = runNode(
    "node_modules/@swc/cli/bin/swc.js",
    ["src", "--out-dir", "dist", "--strip-leading-paths", "--quiet"],
    copy.folder,
  );
  if (status !== 0) throw new Error(`the copy does not build: ${output}`);
  return copy;
}
