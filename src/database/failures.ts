// What a failure of the database means to a caller, by the codes that it and the way to it give. What stands here is no
// bug of ours, or says more than that there is one; everything else is.
import type { ErrorCode } from "../kernel/errors";

export interface Failure {
  code: ErrorCode;
  /** the finer word, stable: docs/limits.md lists them */
  reason: string;
  message: string;
}

const failure = (code: ErrorCode, reason: string, message: string): Failure => ({ code, reason, message });

export const UNREACHABLE = failure(
  "OVERLOADED",
  "DATABASE_UNREACHABLE",
  "the database cannot be reached just now: try again; whether a write was done is not known, so repeat it with its idempotencyKey",
);
const BUSY = failure("OVERLOADED", "DATABASE_BUSY", "the database had no free session in time: try again");
const READ_ONLY = failure("OVERLOADED", "READ_ONLY", "the database takes no writes just now: try again later");
const DISK_FULL = failure("OVERLOADED", "DISK_FULL", "the database's disk is full: try again later");
const DISK_FAULT = failure("OVERLOADED", "DISK_FAULT", "the database's disk fails: try again later");
const OUT_OF_MEMORY = failure(
  "OVERLOADED",
  "OUT_OF_MEMORY",
  "the database is out of memory: ask for less, or try again",
);
const OUT_OF_RESOURCES = failure("OVERLOADED", "OUT_OF_RESOURCES", "the server is out of resources: try again");
const CONCURRENT_CHANGE = failure("OVERLOADED", "CONCURRENT_CHANGE", "another change came in between: try again");
const DATABASE_LIMIT = failure(
  "QUERY_TOO_COMPLEX",
  "DATABASE_LIMIT",
  "this takes more than the database allows: ask for less",
);
const BAD_VALUE = failure(
  "BAD_USER_INPUT",
  "BAD_VALUE",
  "a value cannot be what it stands for: a number or a date is out of range, or a text is malformed",
);
const CONSTRAINT = failure(
  "BAD_USER_INPUT",
  "CONSTRAINT",
  "this contradicts what the database holds: nothing was written",
);
const DATA_DAMAGED = failure(
  "INTERNAL_SERVER_ERROR",
  "DATA_DAMAGED",
  "the database reports damaged data: quote the requestId when you report it",
);

/** Reasons that the operator must mend: they last, and whoever asks again in a second asks in vain. */
export const LASTING_REASONS: ReadonlySet<string> = new Set(
  [READ_ONLY, DISK_FULL, DISK_FAULT, DATA_DAMAGED].map(({ reason }) => reason),
);

// SQLSTATE (PostgreSQL 17, appendix A). A class that is in neither table is a mistake in our SQL, or in how the server was
// set up.
const BY_SQLSTATE: Readonly<Record<string, Failure>> = {
  // Of a class of mistakes (22) those that a value of a caller can bring about.
  "22001": BAD_VALUE,
  "22003": BAD_VALUE,
  "22007": BAD_VALUE,
  "22008": BAD_VALUE,
  "22009": BAD_VALUE,
  "22015": BAD_VALUE,
  "22021": BAD_VALUE,
  "22025": BAD_VALUE,
  "2201B": BAD_VALUE,
  "22P02": BAD_VALUE,
  "22P05": BAD_VALUE,
  "25006": READ_ONLY,
  "25P03": failure("OVERLOADED", "WRITE_TOO_SLOW", "the write took too long and was taken back: try again"),
  "25P04": failure("TIMEOUT", "TRANSACTION_TIMEOUT", "the database did not finish in time: ask for less"),
  "40003": UNREACHABLE,
  "53100": DISK_FULL,
  "53200": OUT_OF_MEMORY,
  "53300": failure("OVERLOADED", "TOO_MANY_SESSIONS", "the database takes no more sessions: try again"),
  // Such as temp_file_limit.
  "53400": DATABASE_LIMIT,
  "55006": CONCURRENT_CHANGE,
  "55P03": failure("OVERLOADED", "LOCKED", "what is asked for is locked by a write that takes long: try again"),
  "57014": failure("TIMEOUT", "STATEMENT_TIMEOUT", "the database did not answer in time: ask for less"),
  "58030": DISK_FAULT,
  // A file of the database that is not there.
  "58P01": DATA_DAMAGED,
  XX001: DATA_DAMAGED,
  XX002: DATA_DAMAGED,
};

const BY_SQLSTATE_CLASS: Readonly<Record<string, Failure>> = {
  "08": UNREACHABLE,
  "23": CONSTRAINT,
  // A password or a role that is good no longer, a database that is gone, a server that another one guards.
  "28": UNREACHABLE,
  "3D": UNREACHABLE,
  "40": CONCURRENT_CHANGE,
  "44": CONSTRAINT,
  "53": OUT_OF_RESOURCES,
  "54": DATABASE_LIMIT,
  "57": UNREACHABLE,
  "72": CONCURRENT_CHANGE,
  F0: UNREACHABLE,
};

// Node's own codes, where there is no session to say anything (https://nodejs.org/api/errors.html#common-system-errors).
const BY_NODE_CODE: Readonly<Record<string, Failure>> = {
  EADDRNOTAVAIL: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  EAI_FAIL: UNREACHABLE,
  EAI_NODATA: UNREACHABLE,
  ECONNABORTED: UNREACHABLE,
  ECONNREFUSED: UNREACHABLE,
  ECONNRESET: UNREACHABLE,
  EHOSTDOWN: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETDOWN: UNREACHABLE,
  ENETRESET: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ENOTCONN: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EPIPE: UNREACHABLE,
  EPROTO: UNREACHABLE,
  ERR_SOCKET_CLOSED: UNREACHABLE,
  ERR_STREAM_DESTROYED: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  EDQUOT: DISK_FULL,
  ENOSPC: DISK_FULL,
  EIO: DISK_FAULT,
  EROFS: READ_ONLY,
  EMFILE: OUT_OF_RESOURCES,
  ENFILE: OUT_OF_RESOURCES,
  ENOBUFS: OUT_OF_RESOURCES,
  ENOMEM: OUT_OF_RESOURCES,
};

/** Of certificates and handshakes (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;

// pg and its pool say in words alone that they have no session to give, or lost one.
const POOL_FULL = /^timeout exceeded when trying to connect$/;
const NO_SESSION =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool after|Query read timeout|The server does not support SSL)/;

const CAUSES_LOOKED_AT = 3;

/** What an error of the database, or of the way to it, means; undefined for every other error, which is a bug. */
export function failureOf(error: unknown): Failure | undefined {
  let looked: unknown = error;
  for (let depth = 0; depth < CAUSES_LOOKED_AT && looked instanceof Error; depth++, looked = looked.cause) {
    const found = failureOfOne(looked);
    if (found !== undefined) return found;
  }
  return undefined;
}

function failureOfOne(error: Error): Failure | undefined {
  if (POOL_FULL.test(error.message)) return BUSY;
  const code = "code" in error ? String(error.code) : "";
  const byCode = BY_NODE_CODE[code] ?? BY_SQLSTATE[code];
  if (byCode !== undefined) return byCode;
  if (code.length === 5 && BY_SQLSTATE_CLASS[code.slice(0, 2)] !== undefined)
    return BY_SQLSTATE_CLASS[code.slice(0, 2)];
  return TLS_CODE.test(code) || NO_SESSION.test(error.message) ? UNREACHABLE : undefined;
}
