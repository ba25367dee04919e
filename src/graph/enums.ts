// Enums of the graph: those of the machinery, and one for each declared list of words.
import { registerEnumType } from "type-graphql";
import type { Enumeration } from "../database/declare/codec";
import { ROLES } from "../kernel/viewer";

type EnumObject = Readonly<Record<string, string>>;

const registered = new Map<string, EnumObject>();

/** The enum of a declared list; the same object for the same name, so that it is registered once. */
export function enumOf({ name, description, values }: Enumeration): EnumObject {
  const known = registered.get(name);
  if (known !== undefined) return known;
  const words = Object.fromEntries(Object.keys(values).map((word) => [word, word]));
  registerEnumType(words, {
    name,
    description,
    valuesConfig: Object.fromEntries(Object.entries(values).map(([word, meaning]) => [word, { description: meaning }])),
  });
  registered.set(name, words);
  return words;
}

export const OrderDirection = enumOf({
  name: "OrderDirection",
  description: "From the least to the greatest, or the other way.",
  values: { ASC: "From the least to the greatest.", DESC: "From the greatest to the least." },
});

export const NullsOrder = enumOf({
  name: "NullsOrder",
  description: "Where rows without a value stand, whatever the direction.",
  values: { FIRST: "Before all others.", LAST: "After all others." },
});

export const Language = enumOf({
  name: "Language",
  description: "The languages in which names are kept, by their ISO 639-1 codes.",
  values: {
    DE: "German, Deutsch.",
    EN: "English, which every name is known in.",
    ES: "Spanish, español.",
    FR: "French, français.",
    PT: "Portuguese, português.",
    RU: "Russian, русский.",
    ZH: "Chinese, 中文.",
  },
});

export const ChangeOperation = enumOf({
  name: "ChangeOperation",
  description: "What a change made of a record.",
  values: { UPSERT: "It was made or changed: it is there.", DELETE: "It was deleted: it is gone." },
});

export const Role = enumOf({ name: "Role", description: "What a caller may do.", values: ROLES });

export const SearchedField = enumOf({
  name: "SearchedField",
  description: "Which of a record's texts a search found.",
  values: {
    NAME: "What it is called.",
    ACRONYM: "Its acronym.",
    OTHER_NAME: "A name in another language, a former name or another spelling.",
  },
});

export const MatchKind = enumOf({
  name: "MatchKind",
  description: "How a text agrees with what was searched for, case, accents and punctuation aside.",
  values: {
    EXACT: "It is the same.",
    LEADING: "It begins with it.",
    SIMILAR: "It is near: a misspelling, another order of words, or a part.",
  },
});
