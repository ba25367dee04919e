// One mutation: who may, then one transaction with the work in it, then the answer. What the caller can mend takes back all
// that was done and comes as data; what it cannot ends the transaction with an error.
import { createHash } from "node:crypto";
import type { Permission } from "../../access/permissions";
import { authorizeRole } from "../../access/rights";
import type { RecordType } from "../../database/declare/record-type";
import type { Session } from "../../database/database";
import { readRevision } from "../../database/read/revision";
import type { WriteContext } from "../../database/write/write-context";
import { findOutcome, keepOutcome, type WriteOutcome } from "../../database/write/idempotency";
import { userErrorOf } from "../../database/write/refusals";
import { canonicalJson } from "../../kernel/cursors";
import { Refused, userError, type UserError } from "../../kernel/user-errors";
import type { RequestContext } from "../context";
import { RecordLoaders } from "../record-loaders";

/** A write at work: what rules and commands see, and the records as they stand in it. */
export interface WriteAtWork extends WriteContext {
  /** reads within the transaction what the input names; what is written after that is not seen through it */
  records: RecordLoaders;
}

/** Why nothing was written, with the record that it is about. */
export class RefusedRecord extends Refused {
  constructor(
    errors: readonly UserError[],
    readonly recordId: string,
    readonly referrers: readonly string[] = [],
  ) {
    super(errors);
  }
}

export interface WriteInput {
  idempotencyKey?: string | null;
}

const KEY_LENGTH_AT_MOST = 200;

/**
 * @param type the type whose constraints a refusal of the database is about
 * @param work writes, and answers with the UUID of the record that it is about
 * @throws ApiError for callers that may not
 */
export async function runWrite(
  context: RequestContext,
  permission: Permission,
  type: RecordType | undefined,
  input: WriteInput,
  work: (write: WriteAtWork) => Promise<string | null>,
): Promise<WriteOutcome> {
  const { viewer, database } = context;
  authorizeRole(viewer, permission);
  const outcome = await database.write(viewer.keyName ?? viewer.role.toLowerCase(), (session) =>
    onlyOnce(context, session, permission.mutation, input, () => attempt(context, session, type, work)),
  );
  context.wrote(outcome.revision);
  return outcome;
}

async function onlyOnce(
  { viewer, now }: RequestContext,
  session: Session,
  mutation: string,
  input: WriteInput,
  work: () => Promise<WriteOutcome>,
): Promise<WriteOutcome> {
  const { idempotencyKey } = input;
  if (typeof idempotencyKey !== "string" || viewer.keyId === null) return work();
  if (idempotencyKey === "" || idempotencyKey.length > KEY_LENGTH_AT_MOST) {
    return refusedOutcome(
      session,
      userError("INVALID", `idempotencyKey must be 1 to ${KEY_LENGTH_AT_MOST} characters long`, "idempotencyKey"),
    );
  }
  const asked = { keyId: viewer.keyId, key: idempotencyKey };
  const inputHash = createHash("sha256")
    .update(canonicalJson([mutation, input]))
    .digest("base64url");
  const before = await findOutcome(session, asked, now);
  if (before === undefined) {
    const outcome = await work();
    await keepOutcome(session, asked, inputHash, outcome, now);
    return outcome;
  }
  if (before.inputHash === inputHash) return before;
  const message = "this idempotency key came with another input in the last 24 hours: use a new one for a new write";
  return refusedOutcome(session, userError("IDEMPOTENCY_MISMATCH", message, "idempotencyKey"));
}

async function attempt(
  context: RequestContext,
  session: Session,
  type: RecordType | undefined,
  work: (write: WriteAtWork) => Promise<string | null>,
): Promise<WriteOutcome> {
  const { read, now, catalogue } = context;
  await session.execute("SAVEPOINT before_work");
  try {
    const recordId = await work({ session, read, now, records: new RecordLoaders(session, catalogue, read) });
    return { recordId, revision: (await readRevision(session)).revision, errors: [], referrers: [] };
  } catch (error) {
    await session.execute("ROLLBACK TO SAVEPOINT before_work").catch(() => {
      // The session is lost, which the first error says.
      throw error;
    });
    const about = error instanceof RefusedRecord ? error : undefined;
    if (error instanceof Refused)
      return refusedOutcome(session, ...error.errors).then((outcome) => ({
        ...outcome,
        recordId: about?.recordId ?? null,
        referrers: about?.referrers ?? [],
      }));
    const known = type === undefined ? undefined : await userErrorOf(session, type, error);
    if (known === undefined) throw error;
    return refusedOutcome(session, known);
  }
}

async function refusedOutcome(session: Session, ...errors: UserError[]): Promise<WriteOutcome> {
  return { recordId: null, revision: (await readRevision(session)).revision, errors, referrers: [] };
}
