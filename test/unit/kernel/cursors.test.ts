import fc from "fast-check";
import {
  canonicalJson,
  cursorBinding,
  decodeCursor,
  encodeCursor,
  type CursorValue,
} from "../../../src/kernel/cursors";
import { ApiError } from "../../../src/kernel/errors";

const BINDING = cursorBinding(["City", { orderBy: "name" }]);
const anything = (): boolean => true;
const isText = (value: unknown): boolean => typeof value === "string";
const isNumber = (value: unknown): boolean => typeof value === "number";

/** What a cursor may hold. JSON has one zero and no infinity, and neither has any value of a column. */
const value: fc.Arbitrary<CursorValue> = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.boolean(),
  fc.constant(null),
);

function reasonFor(cursor: string, tests: ((value: unknown) => boolean)[], binding = BINDING): string | undefined {
  try {
    decodeCursor(cursor, binding, tests);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "BAD_USER_INPUT") throw error;
    return error.reason;
  }
}

it("gives back the values that it was made of, nulls and every script among them", () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 6 }), (values) => {
      const cursor = encodeCursor(BINDING, values);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(
        decodeCursor(
          cursor,
          BINDING,
          values.map(() => anything),
        ),
      ).toEqual(values);
    }),
  );
});

it("refuses a cursor of another view", () => {
  const cursor = encodeCursor(BINDING, ["Kraków", null]);
  expect(reasonFor(cursor, [anything, anything], cursorBinding(["City", { orderBy: "slug" }]))).toBe("BAD_CURSOR");
});

it("refuses a cursor that was cut off anywhere", () => {
  const cursor = encodeCursor(BINDING, ["Kraków", 50.06, null, "0192f3a4-5b6c-7d8e-9f01-23456789abcd"]);
  for (let length = 0; length < cursor.length; length++) {
    expect([length, reasonFor(cursor.slice(0, length), [isText, isNumber, anything, isText])]).toEqual([
      length,
      "BAD_CURSOR",
    ]);
  }
});

it.each([
  ["too few values", ["a"], [isText, isText]],
  ["too many values", ["a", "b"], [isText]],
  ["a number for a text", ["a", 1], [isText, isText]],
  ["a null where none may be", [null, "b"], [isText, isText]],
])("refuses %s", (_what, values, tests) => {
  expect(reasonFor(encodeCursor(BINDING, values), tests)).toBe("BAD_CURSOR");
});

it("refuses an object or a list in place of a value", () => {
  for (const inner of [{ a: 1 }, ["a"]]) {
    const forged = Buffer.from(JSON.stringify([BINDING, inner])).toString("base64url");
    expect(reasonFor(forged, [isText])).toBe("BAD_CURSOR");
  }
});

it("answers foreign text with BAD_CURSOR and nothing else", () => {
  const json = fc.json().map((text) => Buffer.from(text).toString("base64url"));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.base64String(), json), fc.nat(3), (text, arity) => {
      expect(
        reasonFor(
          text,
          Array.from({ length: arity }, () => isText),
        ),
      ).toBe("BAD_CURSOR");
    }),
  );
});

it("binds equal views alike, in whatever order their members stand, and others apart", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (view, other) => {
      const turned = Object.fromEntries(Object.entries(view).reverse());
      expect(cursorBinding(turned)).toBe(cursorBinding(view));
      expect(cursorBinding(view) === cursorBinding(other)).toBe(canonicalJson(view) === canonicalJson(other));
    }),
  );
});

it("writes canonical JSON with sorted keys and without undefined members, lists as they are", () => {
  expect(canonicalJson({ b: [2, 1, { d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[2,1,{"d":1}]}');
});
