import fc from "fast-check";
import { constantCase, snakeCase, upperFirst } from "../../../src/kernel/names";

const lowerFirst = fc.stringMatching(/^[a-z]{1,6}([A-Z][a-z]{1,6}){0,3}$/);

it.each([
  ["name", "name", "NAME"],
  ["countryId", "country_id", "COUNTRY_ID"],
  ["statedMemberCount", "stated_member_count", "STATED_MEMBER_COUNT"],
  ["CreativeField", "creative_field", "CREATIVE_FIELD"],
])("spells %s as %s in the database and %s in an enum", (camel, snake, constant) => {
  expect([snakeCase(camel), constantCase(camel)]).toEqual([snake, constant]);
});

it("spells two names alike only when they are one", () => {
  fc.assert(
    fc.property(lowerFirst, lowerFirst, (a, b) => {
      expect(snakeCase(a) === snakeCase(b)).toBe(a === b);
    }),
  );
});

it("leaves what is spelled so already", () => {
  expect([snakeCase("country_id"), constantCase("country_id")]).toEqual(["country_id", "COUNTRY_ID"]);
});

it("begins a word with an upper-case letter and leaves the rest", () => {
  expect(["cities", "creativeFields", "", "City"].map(upperFirst)).toEqual(["Cities", "CreativeFields", "", "City"]);
});
