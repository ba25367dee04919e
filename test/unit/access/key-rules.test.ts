// What a key may be called, and when it is good.
import { endOfKey, keptName, KeyProblem, refuseBadExpiry, refuseBadName, stateOf } from "../../../src/access/key.rules";

const NOW = new Date("2026-11-20T12:00:00.000Z");

function problemOf(work: () => void): KeyProblem | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof KeyProblem) return error;
    throw error;
  }
}

describe("the name of a key", () => {
  it.each(["Kraków", "a", "x".repeat(100), "😀".repeat(100), "city of Łódź, 2026", "consoles", "datasets"])(
    "may be %j",
    (name) => {
      expect(problemOf(() => refuseBadName(name))).toBeUndefined();
    },
  );

  it.each([
    ["", "must not be blank"],
    ["x".repeat(101), "must have 100 characters at most"],
    ["a\nb", "must not hold invisible characters"],
    ["a\u202eb", "must not hold invisible characters"],
    ["a\u200bb", "must not hold invisible characters"],
    ["a\ud800b", "must not hold invisible characters"],
    ["a\u2028b", "must not hold invisible characters"],
    ["a\u3164b", "must not hold invisible characters"],
    ["a\ufe0fb", "must not hold invisible characters"],
    ["a\u2800b", "must not hold invisible characters"],
  ])("may not be %j", (name, why) => {
    expect(problemOf(() => refuseBadName(name))).toMatchObject({
      code: "BAD_NAME",
      field: "name",
      message: `the name of a key ${why}`,
    });
  });

  it("is kept composed, without white space around it", () => {
    expect(keptName(" Krako\u0301w\t")).toBe("Krak\u00f3w");
    expect(keptName("\u3000")).toBe("");
  });
});

describe("the end of a key", () => {
  it("must be later than now", () => {
    expect(problemOf(() => refuseBadExpiry(null, NOW))).toBeUndefined();
    expect(problemOf(() => refuseBadExpiry("2026-11-20T12:00:00.001Z", NOW))).toBeUndefined();
    expect(problemOf(() => refuseBadExpiry("2026-11-20T12:00:00Z", NOW))).toMatchObject({
      code: "BAD_EXPIRY",
      field: "expiresAt",
      message: "a key must expire later than now, but got 2026-11-20T12:00:00Z",
    });
  });

  it.each([
    ["2026-12-31", "2027-01-01T00:00:00.000Z"],
    ["2028-02-28", "2028-02-29T00:00:00.000Z"],
    ["2026-12-31T12:00:00+02:00", "2026-12-31T10:00:00.000Z"],
    ["9999-12-30", "9999-12-31T00:00:00.000Z"],
  ])("is for %s at %s", (text, end) => {
    expect(endOfKey(text)).toBe(end);
  });

  it.each(["2026-02-30", "9999-12-31", "9999-12-31T23:00:00-02:00", "soon", "2026", "2026-02-28T10:00:00", ""])(
    "may not be %j",
    (text) => {
      expect(problemOf(() => endOfKey(text))).toMatchObject({
        code: "BAD_EXPIRY",
        field: "expiresAt",
        message: `the end of a key must be a day such as 2027-12-31 or an instant such as 2027-12-31T18:00:00Z, but got "${text}"`,
      });
    },
  );

  it.each([
    [{ expiresAt: null }, "ACTIVE"],
    [{ expiresAt: "2026-11-20T12:00:00.001Z" }, "ACTIVE"],
    [{ expiresAt: "2026-11-20T12:00:00.000Z" }, "EXPIRED"],
    [{ isOrphaned: true }, "ORPHANED"],
    [{ isOrphaned: true, expiresAt: "2026-11-19T00:00:00.000Z" }, "EXPIRED"],
    [{ isOrphaned: true, expiresAt: "2026-11-19T00:00:00.000Z", revokedAt: "2026-11-18T00:00:00.000Z" }, "REVOKED"],
  ])("makes of %j what is %s", (lifecycle, state) => {
    expect(stateOf({ revokedAt: null, expiresAt: null, isOrphaned: false, ...lifecycle }, NOW)).toBe(state);
  });
});
