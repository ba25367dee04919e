// Every way in which a database can fail: by its class, a code of the closed list and a reason that docs/limits.md explains.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { failureOf } from "../../../src/database/failures";
import { ERROR_CODES } from "../../../src/kernel/errors";

const LIMITS = readFileSync(join(__dirname, "../../../docs/limits.md"), "utf8");

const withCode = (code: string): Error => Object.assign(new Error("in words of its own"), { code });
const meaning = (error: unknown): string | undefined => {
  const failure = failureOf(error);
  return failure === undefined ? undefined : `${failure.code} ${failure.reason}`;
};

const UNREACHABLE = "OVERLOADED DATABASE_UNREACHABLE";
const CODES: Record<string, string[]> = {
  [UNREACHABLE]: [
    ...["08000", "08001", "08003", "08004", "08006", "08007", "08P01"],
    ...["28000", "28P01", "3D000", "40003", "F0000", "F0001"],
    ...["57000", "57P01", "57P02", "57P03", "57P04", "57P05"],
    ...["ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "EPIPE"],
    ...["ENETUNREACH", "ENETDOWN", "EPROTO", "CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ...["SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ],
  "OVERLOADED READ_ONLY": ["25006", "EROFS"],
  "OVERLOADED DISK_FULL": ["53100", "ENOSPC", "EDQUOT"],
  "OVERLOADED DISK_FAULT": ["58030", "EIO"],
  "OVERLOADED OUT_OF_MEMORY": ["53200"],
  "OVERLOADED OUT_OF_RESOURCES": ["53000", "EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"],
  "OVERLOADED TOO_MANY_SESSIONS": ["53300"],
  "OVERLOADED LOCKED": ["55P03"],
  "OVERLOADED WRITE_TOO_SLOW": ["25P03"],
  "OVERLOADED CONCURRENT_CHANGE": ["40000", "40001", "40002", "40P01", "55006", "72000"],
  "TIMEOUT STATEMENT_TIMEOUT": ["57014"],
  "TIMEOUT TRANSACTION_TIMEOUT": ["25P04"],
  "QUERY_TOO_COMPLEX DATABASE_LIMIT": ["53400", "54000", "54001", "54011", "54023"],
  "BAD_USER_INPUT BAD_VALUE": ["22001", "22003", "22007", "22008", "22021", "22P02", "22P05", "2201B", "22025"],
  "BAD_USER_INPUT CONSTRAINT": ["23000", "23001", "23502", "23503", "23505", "23514", "23P01", "44000"],
  "INTERNAL_SERVER_ERROR DATA_DAMAGED": ["XX001", "XX002", "58P01"],
};

describe.each(Object.entries(CODES))("%s", (expected, codes) => {
  it.each(codes)("is what %s means", (code) => {
    expect(meaning(withCode(code))).toBe(expected);
  });

  it("has a code of the closed list, a reason that is documented, and says what to do", () => {
    const [code = "", reason = ""] = expected.split(" ");
    expect(ERROR_CODES).toContain(code);
    expect(LIMITS).toContain(`\`${reason}\``);
    expect(failureOf(withCode(codes[0] ?? ""))?.message).toMatch(
      /try again|ask for less|out of range|nothing was written|report/,
    );
  });
});

it.each([
  ...["0A000", "21000", "22004", "22012", "2201W", "25001", "25P02", "26000", "42501", "42601", "42P01", "42703"],
  ...["55000", "P0001", "XX000", "HV000", "ENOENT", "ERR_INVALID_ARG_TYPE", "", "OVERLOADED"],
])('"%s" is a bug, or a mistake in how the server was set up', (code) => {
  expect(meaning(withCode(code))).toBeUndefined();
});

it.each([
  ["timeout exceeded when trying to connect", "OVERLOADED DATABASE_BUSY"],
  ["Connection terminated unexpectedly", UNREACHABLE],
  ["Connection terminated due to connection timeout", UNREACHABLE],
  ["Client has encountered a connection error and is not queryable", UNREACHABLE],
  ["Client was closed and is not queryable", UNREACHABLE],
  ["Cannot use a pool after calling end on the pool", UNREACHABLE],
  ["Cannot read properties of undefined", undefined],
])("%s is known by its words: %s", (words, expected) => {
  expect(meaning(new Error(words))).toBe(expected);
});

it("a full pool is told from a server that is away, also where both came with one code", () => {
  const full = Object.assign(new Error("timeout exceeded when trying to connect"), { code: "ECONNRESET" });
  expect(meaning(full)).toBe("OVERLOADED DATABASE_BUSY");
});

it("what caused an error is looked at, but not without end", () => {
  expect(meaning(new Error("outer", { cause: withCode("53100") }))).toBe("OVERLOADED DISK_FULL");
  const endless = new Error("its own cause");
  endless.cause = endless;
  expect(meaning(endless)).toBeUndefined();
  expect([null, undefined, "53100", { code: "53100" }].map(meaning)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
