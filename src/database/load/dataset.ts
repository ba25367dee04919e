// Reads the dataset's files by their declarations and checks every row before anything is written: values, keys that
// stand twice, references that lead nowhere. What is wrong comes out all at once.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Catalogue } from "../declare/catalogue";
import type { Cells, LookUp } from "../declare/dataset-file";
import { columnNamed, type RecordType } from "../declare/record-type";
import type { CellValue } from "../declare/codec";
import { cellValue } from "./cell-values";
import { keySources, keyText, keyValues, singleKey } from "./keys";
import { exploded, headersOf, headersOfKey, sourcesIn, textsOf } from "./rows-of-files";
import { DatasetProblem, readCsv, type CsvFile, type CsvRow } from "./csv";

/** A row as it is written: columns, references by the target's key (a list where it has several values), and parts. */
export interface LoadedRow {
  line: number;
  values: Record<string, CellValue>;
  externalIds: { scheme: string; value: string }[];
  sources: { title: string; license: string | null }[];
  /** the keys of linked records, by the link's header */
  links: Record<string, string[]>;
}

export interface LoadedType {
  type: RecordType;
  file: string;
  rows: LoadedRow[];
}

export interface LoadedNames {
  type: RecordType;
  file: string;
  rows: { line: number; owner: string; language: string | null; name: string }[];
}

export interface Dataset {
  types: LoadedType[];
  names: LoadedNames[];
  problems: DatasetProblem[];
}

/** The keys of records that are in the database already, for references to them. */
export type StoredKeys = (type: RecordType) => ReadonlySet<string>;

export function readDataset(folder: string, catalogue: Catalogue, storedKeys: StoredKeys): Dataset {
  return new DatasetReader(folder, storedKeys).read(catalogue);
}

class DatasetReader {
  private readonly problems: DatasetProblem[] = [];
  private readonly files = new Map<string, ReadonlyMap<string, CsvRow>>();
  private readonly keys = new Map<RecordType, Set<string>>();

  constructor(
    private readonly folder: string,
    private readonly storedKeys: StoredKeys,
  ) {}

  read(catalogue: Catalogue): Dataset {
    const types = catalogue.records.flatMap((type) => this.readType(type) ?? []);
    const names = catalogue.records.flatMap((type) => this.readNames(type) ?? []);
    return { types, names, problems: this.problems };
  }

  // A folder may hold some of the files only: a partner's corrections, say. One without any of them is a mistake.
  private open(name: string): CsvFile | undefined {
    const path = join(this.folder, name);
    if (!existsSync(path)) return undefined;
    const file = readCsv(path, name);
    if (!Array.isArray(file)) return file;
    this.problems.push(...file);
    return undefined;
  }

  private readType(type: RecordType): LoadedType | undefined {
    const declared = type.dataset;
    const opened = declared === undefined ? undefined : this.open(declared.file);
    if (declared === undefined || opened === undefined) return undefined;
    const file = declared.records === undefined ? opened : exploded(opened, declared.records);
    if (declared.records === undefined) this.checkHeaders(type, file);
    const keyHeader = declared.columns[declared.key[0] ?? ""];
    if (typeof keyHeader === "string" && declared.records === undefined) {
      this.files.set(file.name, new Map(file.rows.map((row) => [row.cells[keyHeader] ?? "", row])));
    }
    this.collectKeys(type, file);
    const seen = new Map<string, number>();
    const rows = file.rows.map((row) => this.readRow(type, file, row, seen));
    return { type, file: file.name, rows };
  }

  private checkHeaders(type: RecordType, file: CsvFile): void {
    const declared = type.dataset;
    if (declared === undefined) return;
    const asked = new Set<string>(Object.keys(declared.unused ?? {}));
    for (const header of Object.values(declared.columns).flatMap(headersOf)) asked.add(header);
    for (const header of Object.values(declared.externalIds ?? {})) asked.add(header);
    for (const { header } of [...(declared.sources ?? []), ...(declared.links ?? [])]) asked.add(header);
    this.hasHeaders(file, asked);
  }

  /** Whether the file has these headers and no others; complains of each that is missing or too many. */
  private hasHeaders(file: CsvFile, asked: ReadonlySet<string>): boolean {
    const missing = [...asked].filter((header) => !file.headers.includes(header));
    const unknown = file.headers.filter((header) => !asked.has(header));
    this.problems.push(
      ...missing.map((header) => new DatasetProblem(file.name, 1, header, "is missing in the header")),
      ...unknown.map((header) => new DatasetProblem(file.name, 1, header, `is no column of ${file.name}`)),
    );
    return missing.length + unknown.length === 0;
  }

  // Before the rows are read, because a row may refer to a later one of its own file.
  private collectKeys(type: RecordType, file: CsvFile): void {
    const sources = keySources(type);
    const keys = new Set(this.storedKeys(type));
    for (const row of file.rows) keys.add(keyText(textsOf(sources, (header) => row.cells[header] ?? "")));
    this.keys.set(type, keys);
  }

  private readRow(type: RecordType, file: CsvFile, row: CsvRow, seen: Map<string, number>): LoadedRow {
    const declared = type.dataset as NonNullable<RecordType["dataset"]>;
    const cell: Cells = (header) => row.cells[header] ?? "";
    const complain = (header: string, why: string): void => {
      this.problems.push(new DatasetProblem(file.name, row.line, header, why));
    };
    const values: Record<string, CellValue> = {};
    for (const [column, source] of Object.entries(declared.columns)) {
      const read = this.valueOf(type, column, textsOf(source, cell));
      if ("problem" in read) complain(headersOf(source).join(" or "), read.problem);
      else values[column] = read.value;
    }
    const key = declared.key.map((column) => values[column]);
    if (!key.includes(undefined)) {
      const first = seen.get(JSON.stringify(key));
      if (first === undefined) seen.set(JSON.stringify(key), row.line);
      else complain(headersOfKey(type).join(", "), `stands already in line ${first}`);
    }
    const found = declared.check?.(cell, this.lookUp);
    if (found !== undefined) complain(found.header, found.problem);
    return {
      line: row.line,
      values,
      externalIds: Object.entries(declared.externalIds ?? {}).flatMap(([scheme, header]) =>
        cell(header) === "" ? [] : [{ scheme, value: cell(header) }],
      ),
      links: Object.fromEntries(
        (declared.links ?? []).map(({ header, to }) => [
          header,
          this.linksIn(cell(header), to(), (why) => complain(header, why)),
        ]),
      ),
      sources: (declared.sources ?? []).flatMap(({ header, license }) => sourcesIn(cell(header), license ?? null)),
    };
  }

  private readonly lookUp: LookUp = (file, key, header) => this.files.get(file)?.get(key)?.cells[header];

  private valueOf(
    type: RecordType,
    column: string,
    texts: readonly string[],
  ): { value: CellValue } | { problem: string } {
    const reference = type.references[column];
    const text = keyText(texts);
    if (reference === undefined) return cellValue(columnNamed(type, column), text);
    if (text.trim() === "") return reference.nullable ? { value: null } : { problem: "must not be empty" };
    const target = reference.to();
    if (!this.isKey(target, text)) return { problem: `no ${target.name} is called "${text.slice(0, 60)}"` };
    return keyValues(target).length > 1
      ? { value: [...texts] }
      : cellValue(columnNamed(target, singleKey(target)), text);
  }

  private linksIn(text: string, to: RecordType, complain: (why: string) => void): string[] {
    const keys = [
      ...new Set(
        text
          .split(";")
          .map((key) => key.trim())
          .filter((key) => key !== ""),
      ),
    ];
    for (const key of keys) if (!this.isKey(to, key)) complain(`no ${to.name} is called "${key.slice(0, 60)}"`);
    return keys;
  }

  private isKey(type: RecordType, text: string): boolean {
    return (this.keys.get(type) ?? this.storedKeys(type)).has(text);
  }

  private readNames(type: RecordType): LoadedNames | undefined {
    const declared = type.nameFile;
    const file = declared === undefined ? undefined : this.open(declared.file);
    if (declared === undefined || file === undefined) return undefined;
    // Without its headers every row would be wrong, or worse, a name of no language.
    if (!this.hasHeaders(file, new Set([declared.ownerHeader, "language", "name"]))) return undefined;
    const seen = new Map<string, number>();
    const rows = file.rows.flatMap(({ line, cells }) => {
      const owner = cells[declared.ownerHeader] ?? "";
      const language = cells.language ?? "";
      const name = cells.name ?? "";
      const before = this.problems.length;
      const complain = (header: string, why: string): void => {
        this.problems.push(new DatasetProblem(file.name, line, header, why));
      };
      if (!this.isKey(type, owner)) complain(declared.ownerHeader, `no ${type.name} is called "${owner.slice(0, 60)}"`);
      if (language !== "" && !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language))
        complain("language", "must be a BCP 47 tag, such as fr");
      if (name === "") complain("name", "must not be empty");
      const key = JSON.stringify([owner, language, name]);
      const first = seen.get(key);
      if (first !== undefined) complain("name", `stands already in line ${first}`);
      seen.set(key, line);
      return this.problems.length > before ? [] : [{ line, owner, language: language || null, name }];
    });
    return { type, file: file.name, rows };
  }
}
