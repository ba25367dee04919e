// What people read for the values that statistics count.
import type { RequestContext } from "../graph/context";
import type { Labels } from "./dimension";

/**
 * What a value is called, in a language where its record has a name in it, else in English.
 * One statement for all values of a type in a request, and one more for names in other languages.
 */
export async function labelOf(
  labels: Labels,
  value: string,
  language: string,
  { records }: RequestContext,
): Promise<string> {
  if (labels === "asItIs") return value;
  if ("words" in labels) return labels.words[value] ?? value;
  const row = await records.byUniqueColumn(labels.of, labels.by, value);
  if (row === undefined) return value;
  const inEnglish = row[labels.called] as string;
  if (labels.of.named === undefined || language === "en") return inEnglish;
  const names = await records.namesById.load(row.id);
  return names.find((candidate) => candidate.language === language)?.name ?? inEnglish;
}

/** The argument of a label, as labelOf takes it. */
export function languageIn(args: Readonly<Record<string, unknown>>): string {
  return ((args.language as string | null) ?? "EN").toLowerCase();
}
