// What a filter of a type can ask is listed once, and no two of it have one name.
import "reflect-metadata";
import { Catalogue, type Room } from "../../../src/database/declare/catalogue";
import { catalogue } from "../../../src/catalogue";
import { city, countryCities, memberOn } from "../../../src/registry/city.record";
import { country } from "../../../src/registry/country.record";

const room: Room = { records: [city, country], relations: [countryCities], conditions: [memberOn] };

it("knows each field of a filter by its kind", () => {
  const kinds = [...catalogue.filterFieldsOf(city)].map(([name, { kind }]) => [name, kind]);
  expect(Object.fromEntries(kinds)).toMatchObject({
    and: "and",
    id: "id",
    near: "near",
    memberOn: "condition",
    name: "column",
    reportingStatus: "column",
    country: "reference",
    projects: "relation",
  });
  expect(catalogue.filterFieldsOf(city).has("validOn")).toBe(false);
});

it("makes a catalogue of a room whose names are different", () => {
  expect(new Catalogue([room]).filterFieldsOf(country).get("cities")).toEqual({
    kind: "relation",
    relation: countryCities,
  });
});

it.each([
  ["a relation that is called as a column", { relations: [{ ...countryCities, name: "code" }] }, "Country", "code"],
  ["a condition that is called as a column", { conditions: [{ ...memberOn, name: "slug" }] }, "City", "slug"],
  ["a condition that is called as a reference", { conditions: [{ ...memberOn, name: "country" }] }, "City", "country"],
  ["a condition that is called as a word of logic", { conditions: [{ ...memberOn, name: "not" }] }, "City", "not"],
])("refuses %s at the start", (_what, wrong: Partial<Room>, type, name) => {
  expect(() => new Catalogue([{ ...room, ...wrong }])).toThrow(`the filter of ${type} has two fields called ${name}`);
});
