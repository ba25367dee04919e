// The command line of an installation, as its user runs it.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import type { Installation } from "./installation";

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export type RunCommand = (...words: string[]) => CommandResult;

/** @param environment all that the command gets besides PATH */
export function commandOf({ main }: Installation, environment: Readonly<Record<string, string>>): RunCommand {
  return (...words) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(dirname(main), "cli.js"), ...words], {
      env: { PATH: process.env.PATH ?? "", ...environment },
      encoding: "utf8",
    });
    return { code: status, stdout, stderr };
  };
}

/** What `ccg key list --json` says. */
export function listedKeys(ccg: RunCommand): Record<string, string | null>[] {
  return JSON.parse(ccg("key", "list", "--json").stdout) as Record<string, string | null>[];
}
