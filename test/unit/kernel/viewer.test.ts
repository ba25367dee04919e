// The roles that keys have.
import { KEY_ROLES, scopeTypeOf } from "../../../src/kernel/viewer";

it("knows the roles of keys, and the type of record that each belongs to", () => {
  expect(KEY_ROLES.map((role) => [role, scopeTypeOf(role)])).toEqual([
    ["READER", null],
    ["CITY", "City"],
    ["NETWORK", "Network"],
    ["ORGANIZATION", "Organization"],
    ["SECRETARIAT", null],
  ]);
  expect(scopeTypeOf("ANONYMOUS")).toBeNull();
});
