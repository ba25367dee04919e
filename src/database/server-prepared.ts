// The statements that the sessions of a server's pool keep prepared.
import type { ClientBase } from "pg";
import { NamedStatements, RecurringTexts } from "./named-statements";

/** Each may hold some hundred KB in a session. */
const KEPT_AT_MOST = 250;
const REMEMBERED_AT_MOST = 1_000;

/** Where tables were made anew under it, a session refuses to run what it prepared before (SQLSTATE feature_not_supported). */
const PLAN_IS_STALE = /cached plan must not change result type/;

/** What the driver remembers of a session's statements: a name stands there for its text as long as the connection lasts. */
interface RemembersTexts {
  connection: { parsedStatements: Record<string, string> };
}

export class PreparedStatements {
  private readonly texts = new RecurringTexts(REMEMBERED_AT_MOST);
  private bySession = new WeakMap<ClientBase, NamedStatements<{ name: string }>>();

  /**
   * The name under which a session has a text, or is to prepare it; empty for a text that comes for the first time.
   * @returns with it, the one that the session has to let go first, where it has too many
   */
  nameFor(session: ClientBase, text: string): { name: string; surplus?: string } {
    let named = this.bySession.get(session);
    if (named === undefined) {
      named = new NamedStatements(KEPT_AT_MOST);
      this.bySession.set(session, named);
    }
    const known = named.find(text);
    if (known !== undefined) return known;
    const name = this.texts.nameFor(text);
    if (name === "") return { name };
    const surplus = named.keep(text, { name });
    return surplus === undefined ? { name } : { name, surplus };
  }

  /**
   * Whether a statement failed because tables were made anew, by a restore say. All sessions prepare all statements anew then: it may be run
   * again, where that is not within a transaction.
   */
  areStale(error: unknown): boolean {
    if (!(error instanceof Error) || !PLAN_IS_STALE.test(error.message)) return false;
    this.bySession = new WeakMap();
    return true;
  }
}

/** @param name one of ours, which is never given twice */
export async function letGo(session: ClientBase, name: string): Promise<void> {
  const { parsedStatements } = (session as unknown as RemembersTexts).connection;
  // It was never prepared where its statement was given up before it ran.
  if (parsedStatements[name] === undefined) return;
  await session.query(`DEALLOCATE ${name}`);
  Reflect.deleteProperty(parsedStatements, name);
}
