// How well the facts of the dataset are supported, and how its files say so.
import { enumeration } from "../database/declare/column";
import type { Cells } from "../database/declare/dataset-file";

export const confidence = enumeration("Confidence", "How well a fact is supported by its sources.", {
  LOW: "One weak source.",
  MEDIUM: "One source, or several that agree in part.",
  HIGH: "Official, or several sources that agree.",
});

/** "high (year medium)" is HIGH: the word for the whole row. */
export function confidenceWord(cell: Cells): string {
  return cell("confidence")
    .replace(/ *\(.*\)$/, "")
    .toUpperCase();
}

/** The row's note, and in it what stands in brackets behind the word: what the confidence does not hold for. */
export function noteWithDoubts(cell: Cells): string {
  const [, exception] = /\((.*)\)$/.exec(cell("confidence")) ?? [];
  const doubt = exception === undefined ? "" : `confidence: ${exception}`;
  return [cell("note"), doubt].filter((part) => part !== "").join("; ");
}
