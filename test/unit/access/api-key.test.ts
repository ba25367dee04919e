// How tokens of keys are made, recognised and hashed.
import { hashOfToken, isToken, makeToken, TOKENS_IN_TEXT } from "../../../src/access/api-key";

const TOKEN = `ccg_${"A".repeat(43)}`;

describe("a token", () => {
  it("is a prefix and 32 random bytes in base64url", () => {
    const token = makeToken();
    expect(token).toMatch(/^ccg_[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(token.slice(4), "base64url")).toHaveLength(32);
  });

  it("is never made twice, and is recognised", () => {
    const tokens = Array.from({ length: 1_000 }, makeToken);
    expect(new Set(tokens).size).toBe(1_000);
    expect(tokens.filter((token) => !isToken(token))).toEqual([]);
  });

  it.each([
    ["nothing", ""],
    ["the prefix alone", "ccg_"],
    ["one character less", TOKEN.slice(0, -1)],
    ["one character more", `${TOKEN}A`],
    ["another prefix", TOKEN.replace("ccg", "abc")],
    ["a prefix in another case", TOKEN.replace("ccg", "CCG")],
    ["white space before", ` ${TOKEN}`],
    ["a line's end after", `${TOKEN}\n`],
    ["a character of plain base64", `${TOKEN.slice(0, -2)}+A`],
    ["bits that 32 bytes do not have", `${TOKEN.slice(0, -1)}B`],
  ])("is not %s", (_what, text) => {
    expect(isToken(TOKEN)).toBe(true);
    expect(isToken(text)).toBe(false);
  });

  it("is found wherever it stands in a text", () => {
    const [one, other] = [makeToken(), makeToken()];
    expect(`a=${one}&b="${other}"`.replace(TOKENS_IN_TEXT, "-")).toBe('a=-&b="-"');
  });
});

it("hashes a token as SHA-256 of its text", () => {
  // By sha256sum of coreutils.
  expect(hashOfToken(TOKEN)).toBe("116bcd9011d499e5754f3b5c7e4c3639399ebd2750f547603d541fc7243f6018");
});
