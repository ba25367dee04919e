// Errors of the embedded database. They cross a thread as plain data, with what PostgreSQL says of them, and without the statement and its
// values, which PGlite adds and no log should have.

/** The fields are those of PostgreSQL's error message (protocol-error-fields in its documentation). */
export interface RaisedError {
  message: string;
  /** SQLSTATE; undefined where the fault is not the database's */
  code?: string | undefined;
  severity?: string | undefined;
  detail?: string | undefined;
  hint?: string | undefined;
  position?: string | undefined;
  where?: string | undefined;
  schema?: string | undefined;
  table?: string | undefined;
  column?: string | undefined;
  dataType?: string | undefined;
  constraint?: string | undefined;
}

const FIELDS = [
  "code",
  "severity",
  "detail",
  "hint",
  "position",
  "where",
  "schema",
  "table",
  "column",
  "dataType",
  "constraint",
] as const;

/** The error as it crosses a thread. */
export function raisedError(error: unknown): RaisedError {
  const raised: RaisedError = { message: error instanceof Error ? error.message : String(error) };
  for (const field of FIELDS) {
    const said = (error as Partial<Record<string, unknown>>)[field];
    if (typeof said === "string") raised[field] = said;
  }
  return raised;
}

/** The error as its caller gets it: with the fields as properties of its own, as the server's driver has them. */
export class EmbeddedDatabaseError extends Error {
  constructor({ message, ...fields }: RaisedError, options?: ErrorOptions) {
    super(message, options);
    this.name = "EmbeddedDatabaseError";
    Object.assign(this, fields);
  }
}

/** query_canceled: it ran past its limit, or its caller left. */
export function canceled(why: string, cause?: unknown): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError({ code: "57014", message: `the statement was canceled: ${why}` }, { cause });
}

/** connection_failure: the thread ended, and nothing is known of what it did last. */
export function threadLost(cause?: unknown): EmbeddedDatabaseError {
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  return new EmbeddedDatabaseError(
    { code: "08006", message: `the embedded database ended before it answered${why}` },
    { cause },
  );
}
