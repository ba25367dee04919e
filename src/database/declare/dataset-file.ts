// How a record type is read from its file of the reference dataset.

/** One row of a file: the text of a cell, "" where it is empty. Asking for a column that the file lacks is a mistake in the code. */
export type Cells = (header: string) => string;

/** Where the value of a column comes from: a header, or a function of the row. "" means unknown, stored as null. */
export type CellSource = string | ((cell: Cells) => string);

/** @typeParam Type the record types that links lead to */
export interface DatasetFile<Type> {
  file: string;
  /**
   * Several records for one row of a file that another type is loaded from as well: for each, cells that come beside the
   * row's own.
   */
  records?: (cell: Cells) => readonly Readonly<Record<string, string>>[];
  /** the columns and references that say which row is meant; the database holds them unique */
  key: readonly string[];
  /** the one column that references to the type go by, where the key has several */
  referredBy?: string;
  /**
   * every loaded column with its source, but for copies (see RecordType.copied) that no file has; a reference takes the
   * target's own key (`PL`, `krakow`), and a source for each value of it where the key has several
   */
  columns: Readonly<Record<string, CellSource | readonly CellSource[]>>;
  /** scheme of an external id → the header that holds it */
  externalIds?: Readonly<Record<string, string>>;
  /** headers that list other records by their single keys, set apart by semicolons */
  links?: readonly LinkSource<Type>[];
  /** headers whose text says where the row's facts come from, several titles set apart by "; " */
  sources?: readonly { header: string; license?: string }[];
  /** headers that are read by nothing, with the reason */
  unused?: Readonly<Record<string, string>>;
  /** what else makes a row wrong: answers the header and what is wrong with it */
  check?: (cell: Cells, lookUp: LookUp) => { header: string; problem: string } | undefined;
}

/** A header that fills a table of links: rows of the record's id and another's. */
export interface LinkSource<Type> {
  header: string;
  table: string;
  /** the column of the link that names the other record */
  column: string;
  to: () => Type;
}

/** A cell of an earlier file's row, by that row's single key; undefined when there is no such row. */
export type LookUp = (file: string, key: string, header: string) => string | undefined;

/** A file of further names for a record type: owner, language (BCP 47, empty if unknown) and name. */
export interface NameFile {
  file: string;
  ownerHeader: string;
}
