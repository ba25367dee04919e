// Statements on PGlite's session, in its thread. Its own query() parses and plans each one anew and calls the database six times: this speaks
// PostgreSQL's extended protocol (chapter 54.2.3 of its documentation) with it, and keeps what comes again.
import { protocol, type PGlite } from "@electric-sql/pglite";
import { NamedStatements, RecurringTexts } from "../named-statements";
import { RowPortions } from "./row-portions";

type BackendMessage = Awaited<ReturnType<PGlite["execProtocolStream"]>>[number];

const { serialize } = protocol;
const { CommandCompleteMessage, DataRowMessage, DatabaseError, ParameterDescriptionMessage, RowDescriptionMessage } =
  protocol.messages;

/** Each may hold some hundred KB in a session. */
const KEPT_AT_MOST = 250;

/** After these, a statement that was planned before may not run, or mean something else. */
const CHANGES_STRUCTURE = /^(ALTER|CALL|CREATE|DEALLOCATE|DISCARD|DO|DROP|IMPORT)\b/;

/** feature_not_supported ("cached plan must not change result type"), invalid_sql_statement_name. */
const PLAN_IS_STALE: readonly (string | undefined)[] = ["0A000", "26000"];

/** What the database said of a statement when it parsed it. */
interface Described {
  /** empty for a statement that is not kept */
  name: string;
  /** type OIDs */
  parameters: readonly number[];
  columns: readonly Column[];
}

interface Column {
  name: string;
  /** type OID */
  type: number;
}

export class Statements {
  private readonly texts = new RecurringTexts(KEPT_AT_MOST);
  private readonly named = new NamedStatements<Described>(KEPT_AT_MOST);

  constructor(private readonly pglite: PGlite) {}

  /** The rows of one statement, their values parsed. @throws DatabaseError */
  async query(text: string, values: readonly unknown[]): Promise<RowPortions> {
    const statement = this.named.find(text) ?? (await this.describe(text));
    let messages: BackendMessage[];
    try {
      messages = await this.send([
        serialize.bind({ statement: statement.name, values: this.asText(values, statement.parameters) }),
        serialize.execute(),
        serialize.sync(),
      ]);
    } catch (error) {
      if (error instanceof DatabaseError && PLAN_IS_STALE.includes(error.code)) await this.forgetAll();
      throw error;
    }
    await this.forgetWhereStructureChanged(commandsOf(messages));
    return this.rowsOf(messages, statement.columns);
  }

  /** Several statements without parameters. @returns their command tags @throws DatabaseError */
  async script(script: string): Promise<string[]> {
    const commands = commandsOf(await this.send([serialize.query(script)]));
    await this.forgetWhereStructureChanged(commands);
    return commands;
  }

  /** Of every statement that is kept. To be called after whatever else used the session. */
  async forgetAll(): Promise<void> {
    const names = this.named.forgetAll();
    if (names.length > 0) await this.close(names);
  }

  private async forgetWhereStructureChanged(commands: readonly string[]): Promise<void> {
    if (commands.some((command) => CHANGES_STRUCTURE.test(command))) await this.forgetAll();
  }

  private async describe(text: string): Promise<Described> {
    const name = this.texts.nameFor(text);
    const messages = await this.send([
      serialize.parse({ name, text }),
      serialize.describe({ type: "S", name }),
      serialize.sync(),
    ]);
    const described: Described = { name, parameters: [], columns: [] };
    for (const message of messages) {
      if (message instanceof ParameterDescriptionMessage) described.parameters = message.dataTypeIDs;
      if (message instanceof RowDescriptionMessage) {
        described.columns = message.fields.map((field) => ({ name: field.name, type: field.dataTypeID }));
      }
    }
    if (name === "") return described;
    const surplus = this.named.keep(text, described);
    if (surplus !== undefined) await this.close([surplus]);
    return described;
  }

  private async close(names: readonly string[]): Promise<void> {
    await this.send([...names.map((name) => serialize.close({ type: "S", name })), serialize.sync()]);
  }

  private async send(messages: Uint8Array[]): Promise<BackendMessage[]> {
    // Errors are looked for here: the session must come to the end of what was sent, the Sync, before it is used again.
    const answer = await this.pglite.execProtocolStream(Buffer.concat(messages), {
      syncToFs: false,
      throwOnError: false,
    });
    for (const message of answer) if (message instanceof DatabaseError) throw message;
    return answer;
  }

  private asText(values: readonly unknown[], types: readonly number[]): (string | null)[] {
    return values.map((value, i) => {
      if (value === null || value === undefined) return null;
      const asText = this.pglite.serializers[types[i] ?? 0];
      return asText === undefined ? `${value as string | number}` : asText(value);
    });
  }

  private rowsOf(messages: readonly BackendMessage[], columns: readonly Column[]): RowPortions {
    const readers = columns.map(({ name, type }) => ({ name, parse: this.pglite.parsers[type] }));
    const portions = new RowPortions();
    for (const message of messages) {
      if (!(message instanceof DataRowMessage)) continue;
      const row: Record<string, unknown> = {};
      let textLength = 0;
      readers.forEach(({ name, parse }, i) => {
        const text = message.fields[i] ?? null;
        textLength += text?.length ?? 0;
        row[name] = text === null || parse === undefined ? text : (parse(text) as unknown);
      });
      portions.add(row, textLength, readers.length);
    }
    return portions;
  }
}

function commandsOf(messages: readonly BackendMessage[]): string[] {
  return messages.flatMap((message) => (message instanceof CommandCompleteMessage ? [message.text] : []));
}
