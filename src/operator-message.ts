// What a person at a terminal is told when the program ends with an error: for what is theirs to mend the plain
// message, for a bug the stack.
import { KeyProblem } from "./access/key.rules";
import { ConfigurationProblem } from "./configuration";
import { DatabaseProblem } from "./database/database";
import { BadDataset } from "./database/load/guarded-writes";
import { StillReferredTo } from "./database/load/remove-marked";

const FILE_CODES = new Set(["ENOENT", "EACCES", "EISDIR", "ENOTDIR", "EROFS", "ENOSPC"]);
const ADDRESS_CODES = new Set(["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND"]);

export function operatorMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isTheirs = [ConfigurationProblem, DatabaseProblem, BadDataset, StillReferredTo, KeyProblem].some(
    (kind) => error instanceof kind,
  );
  if (isTheirs) return error.message;
  if (
    "syscall" in error &&
    ["listen", "getaddrinfo"].includes(String(error.syscall)) &&
    "code" in error &&
    ADDRESS_CODES.has(String(error.code))
  ) {
    return `the server cannot listen at that HOST and PORT: ${error.message}`;
  }
  if ("syscall" in error && "code" in error && FILE_CODES.has(String(error.code))) return error.message;
  return error.stack ?? error.message;
}
