// What people read for the values that statistics count.
import { Arg } from "type-graphql";
import type { RequestContext } from "../graph/context";
import { Language } from "../graph/enums";
import type { Labels } from "./dimension";

/**
 * What a value is called, in a language where its record has a name in it, else in English.
 * One statement for all values of a type in a request, and one more for names in other languages.
 */
export async function labelOf(
  labels: Labels,
  value: string,
  language: string | null,
  { records }: RequestContext,
): Promise<string> {
  if (labels === "asItIs") return value;
  if ("words" in labels) return labels.words[value] ?? value;
  const row = await records.byUniqueColumn(labels.of, labels.by, value);
  if (row === undefined) return value;
  const inEnglish = row[labels.called] as string;
  const wanted = (language ?? "EN").toLowerCase();
  if (labels.of.named === undefined || wanted === "en") return inEnglish;
  const names = await records.namesById.load(row.id);
  return names.find((candidate) => candidate.language === wanted)?.name ?? inEnglish;
}

/** The argument of a label: a parameter that is null, or a language. */
export function InLanguage(): ReturnType<typeof Arg> {
  return Arg("language", () => Language, {
    nullable: true,
    defaultValue: "EN",
    description: "The language wished for; what has no name in it is called as in English.",
  });
}
