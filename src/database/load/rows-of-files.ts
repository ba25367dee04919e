// The rows of a file as a declaration sees them: cells, the headers that are read, and the records that a row holds.
import type { CellSource, Cells, DatasetFile } from "../declare/dataset-file";
import type { RecordType } from "../declare/record-type";
import type { CsvFile } from "./csv";

/** The file with a row for each record that its rows hold. */
export function exploded(file: CsvFile, records: NonNullable<DatasetFile<RecordType>["records"]>): CsvFile {
  const rows = file.rows.flatMap((row) =>
    records((header) => row.cells[header] ?? "").map((cells) => ({
      line: row.line,
      cells: { ...row.cells, ...cells },
    })),
  );
  return { ...file, rows };
}

type Sources = CellSource | readonly CellSource[];

/** The texts of a column in a row: several where it refers to a record whose key has several values. */
export function textsOf(sources: Sources, cell: Cells): string[] {
  return [sources].flat().map((source) => (typeof source === "string" ? cell(source) : source(cell)));
}

/** The headers that a column is read from. */
export function headersOf(sources: Sources): string[] {
  const asked: string[] = [];
  textsOf(sources, (header) => {
    asked.push(header);
    return "";
  });
  return asked;
}

export function headersOfKey(type: RecordType): string[] {
  return (type.dataset?.key ?? []).flatMap((column) => headersOf(type.dataset?.columns[column] ?? []));
}

export function sourcesIn(text: string, license: string | null): { title: string; license: string | null }[] {
  const titles = text
    .split(";")
    .map((title) => title.trim())
    .filter((title) => title !== "");
  return [...new Set(titles)].map((title) => ({ title, license }));
}
