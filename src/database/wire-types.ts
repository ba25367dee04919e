// How values come out of both backends alike. PGlite and pg have parsers of their own that differ (int8 as BigInt or
// text, dates as Date or text): one table by type OID makes them the same. Everything not named here is text.

import { parse as parseTextArray } from "postgres-array";

// As RFC 3339 has it: what Date makes of PostgreSQL's own form is up to it, and in the first century it is another year.
function instantOf(text: string): string {
  return new Date(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00")).toISOString();
}

/** OIDs from PostgreSQL's pg_type.dat, which are fixed for built-in types. */
export const WIRE_PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === "t" || text === "true", // bool
  20: (text) => text, // int8: does not fit a number
  21: Number, // int2
  23: Number, // int4
  700: Number, // float4
  701: Number, // float8
  114: (text) => JSON.parse(text) as unknown, // json
  3802: (text) => JSON.parse(text) as unknown, // jsonb
  1082: (text) => text, // date
  1114: (text) => text, // timestamp
  1184: instantOf, // timestamptz
  1009: (text) => parseTextArray(text), // text[]
  1700: (text) => text, // numeric: does not fit a number
};
