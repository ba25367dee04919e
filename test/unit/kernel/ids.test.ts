import fc from "fast-check";
import { ApiError } from "../../../src/kernel/errors";
import { decodeId, encodeId } from "../../../src/kernel/ids";

const KRAKOW = "0192f3a4-5b6c-7d8e-9f01-23456789abcd";
const ID = "city_AZLzpFtsfY6fASNFZ4mrzQ";

const tag = fc.stringMatching(/^[a-z]{1,8}(-[a-z]{1,8}){0,2}$/);
const uuid = fc.uuid({ version: [1, 4, 7] });

function refusal(id: string): ApiError | undefined {
  try {
    decodeId(id);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

it("writes a UUID as 22 characters behind its type's tag", () => {
  expect(encodeId("city", KRAKOW)).toBe(ID);
  expect(decodeId(ID)).toEqual({ tag: "city", uuid: KRAKOW });
});

it("gives back every tag and UUID that it was given", () => {
  fc.assert(
    fc.property(tag, uuid, (tag, uuid) => {
      expect(decodeId(encodeId(tag, uuid))).toEqual({ tag, uuid });
    }),
  );
});

it("gives no two records one id", () => {
  fc.assert(
    fc.property(tag, uuid, tag, uuid, (tag1, uuid1, tag2, uuid2) => {
      expect(encodeId(tag1, uuid1) === encodeId(tag2, uuid2)).toBe(tag1 === tag2 && uuid1 === uuid2);
    }),
  );
});

// 22 characters hold 132 bits and a UUID 128: the last character has four spellings of the same bytes each.
it("refuses every other spelling of an id", () => {
  const last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const accepted = Array.from(last).filter((character) => refusal(`${ID.slice(0, -1)}${character}`) === undefined);
  expect(accepted).toEqual(["A", "Q", "g", "w"]);
});

it.each([
  ["", "nothing"],
  [ID.slice(0, -1), "an id that was cut off"],
  [`${ID}A`, "an id with more at its end"],
  [`${ID}\n`, "an id with a line break"],
  [` ${ID}`, "an id behind a space"],
  [`${ID}==`, "padding"],
  [ID.replace("fY6f", "fY6+"), "plain base64"],
  [ID.replace("city_", "City_"), "a tag in upper case"],
  [ID.replace("city_", "city__"), "a second underscore"],
  [ID.replace("city_", "-city_"), "a tag that begins with a hyphen"],
  [ID.replace("city_", "_"), "no tag"],
  [KRAKOW, "a bare UUID"],
  ["Q31487", "another registry's key"],
])("refuses %j: %s", (id) => {
  expect(refusal(id)).toMatchObject({ code: "BAD_USER_INPUT", reason: "BAD_ID" });
});

it("refuses foreign text and never fails otherwise; what it takes, it would write the same", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[a-z]+_[\w-]{22}$/)), (text) => {
      const refused = refusal(text);
      if (refused !== undefined) expect(refused.reason).toBe("BAD_ID");
      else expect(encodeId(decodeId(text).tag, decodeId(text).uuid)).toBe(text);
    }),
  );
});

it("repeats no more than the beginning of what it refuses", () => {
  expect(refusal("x".repeat(10_000))?.message).toBe(
    `an id must be one that this API gave, but got "${"x".repeat(60)}"`,
  );
});
