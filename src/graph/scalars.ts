// The scalars of the contract. graphql-scalars has the common ones; those whose rules are ours are made here.
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { isDate, isInstant, isPartialDate } from "../kernel/dates";

interface TextScalar {
  name: string;
  description: string;
  specifiedByURL?: string;
  accepts: (text: string) => boolean;
  example: string;
}

function textScalar({
  name,
  description,
  specifiedByURL,
  accepts,
  example,
}: TextScalar): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    if (typeof value === "string" && accepts(value)) return value;
    throw new GraphQLError(
      `${name} must be text such as "${example}", but got ${JSON.stringify(value ?? null).slice(0, 80)}`,
    );
  };
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL: specifiedByURL ?? null,
    serialize: (value) => value as string,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

export const DateScalar = textScalar({
  name: "Date",
  description: "A day: RFC 3339 full-date, such as 2018-06-12.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
  accepts: isDate,
  example: "2018-06-12",
});

export const DateTimeScalar = textScalar({
  name: "DateTime",
  description: "An instant in UTC: RFC 3339 date-time with milliseconds, such as 2026-11-20T09:30:00.000Z.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
  accepts: isInstant,
  example: "2026-11-20T09:30:00.000Z",
});

export const PartialDateScalar = textScalar({
  name: "PartialDate",
  description:
    "A date as far as it is known: a year (2016), a month (2015-05) or a day (2016-09-14). It compares by its first day. " +
    "Where it ends something, it is the first day no longer in force.",
  accepts: isPartialDate,
  example: "2016-09",
});

export const RevisionScalar = textScalar({
  name: "Revision",
  description:
    "The number of a committed change, as decimal digits in text: it does not fit a 32-bit Int. Revisions order all changes: " +
    "a greater one was committed later.",
  accepts: (text) => /^(0|[1-9]\d{0,18})$/.test(text),
  example: "4711",
});

export const CountryCodeScalar = textScalar({
  name: "CountryCode",
  description: "An ISO 3166-1 alpha-2 country code in upper case, such as PL.",
  specifiedByURL: "https://www.iso.org/iso-3166-country-codes.html",
  accepts: (text) => /^[A-Z]{2}$/.test(text),
  example: "PL",
});

/** What only goes out: values of fields as they were, of whatever shape. */
export const JsonScalar = new GraphQLScalarType({
  name: "JSON",
  description: "A value of any shape: text, a number, true or false, a list, or an object.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc8259",
  serialize: (value) => value,
});

export const UrlScalar = textScalar({
  name: "URL",
  description: "An absolute http or https URL (WHATWG URL).",
  specifiedByURL: "https://url.spec.whatwg.org/",
  accepts: (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
  example: "https://example.org/",
});
