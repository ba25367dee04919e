// CSV files of the dataset (RFC 4180, UTF-8, header row) with the line of each row, for messages.
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
  let content: string;
  try {
    content = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const why = error instanceof TypeError ? "is not UTF-8" : "cannot be read";
    return [new DatasetProblem(name, 1, "file", why)];
  }
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
      return { line, cells: Object.fromEntries(headers.map((header, i) => [header, (record[i] ?? "").trim()])) };
    });
    return problems.length > 0 ? problems : { name, headers, rows };
  } catch (error) {
    const line = error instanceof CsvError && typeof error.lines === "number" ? error.lines : 1;
    return [new DatasetProblem(name, line, "row", error instanceof Error ? error.message : String(error))];
  }
}
