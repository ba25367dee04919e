// CSV files of the dataset (RFC 4180, UTF-8, header row) with the line of each row, for messages.
import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";

export interface CsvRow {
  line: number;
  cells: Readonly<Record<string, string>>;
}

export interface CsvFile {
  name: string;
  headers: readonly string[];
  rows: readonly CsvRow[];
}

/** One thing that is wrong with the dataset, in the form `file:line: column: why`. */
export class DatasetProblem {
  constructor(
    readonly file: string,
    readonly line: number,
    readonly column: string,
    readonly why: string,
  ) {}

  toString(): string {
    return `${this.file}:${this.line}: ${this.column}: ${this.why}`;
  }
}

/** @returns the file, or what is wrong with it as a whole */
export function readCsv(path: string, name: string): CsvFile | DatasetProblem[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return [new DatasetProblem(name, 1, "file", "cannot be read")];
  }
  if (!isUtf8(bytes)) return [new DatasetProblem(name, 1, "file", "is not UTF-8")];
  // One line end, so that a text is the same whoever saved the file, and lines are counted alike inside quotes and out:
  // csv-parse (7.0) counts a quoted CRLF as two.
  const content = bytes.toString("utf8").replace(/\r\n?/g, "\n");
  try {
    const problems: DatasetProblem[] = [];
    const records = parse(content, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    const [head, ...body] = records;
    if (head === undefined) return [new DatasetProblem(name, 1, "header", "is missing")];
    const headers = head.record;
    const repeated = headers.find((header, i) => headers.indexOf(header) !== i);
    if (repeated !== undefined) return [new DatasetProblem(name, 1, repeated, "stands twice in the header")];
    // csv-parse counts lines at a row's end; a row that spans several lines is named by its first.
    const rows = body.map(({ record, info }) => {
      const line = info.lines - record.join("").split("\n").length + 1;
      if (record.length !== headers.length) {
        problems.push(
          new DatasetProblem(name, line, "row", `must have ${headers.length} cells, but has ${record.length}`),
        );
      }
      record.forEach((cell, i) => {
        if (!cell.includes("\0")) return;
        problems.push(new DatasetProblem(name, line, headers[i] ?? "row", "must not hold a null character"));
      });
      return { line, cells: Object.fromEntries(headers.map((header, i) => [header, (record[i] ?? "").trim()])) };
    });
    return problems.length > 0 ? problems : { name, headers, rows };
  } catch (error) {
    const line = error instanceof CsvError && typeof error.lines === "number" ? error.lines : 1;
    return [new DatasetProblem(name, line, "row", error instanceof Error ? error.message : String(error))];
  }
}
