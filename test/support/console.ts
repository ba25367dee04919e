// A console beside the program: plain SQL that knows nothing of begin_write. On a server it is a connection of its own;
// the embedded backend has one session, so there a whole script is handed over at once.
import { Client } from "pg";
import type { TestDatabase } from "./test-database";

export interface Console {
  /** Runs the statements one after the other. Leaves no transaction open, also when one fails. */
  run: (statements: readonly string[]) => Promise<void>;
  close: () => Promise<void>;
}

export async function openConsole({ database, url }: TestDatabase): Promise<Console> {
  if (url === undefined) {
    return { run: (statements) => database.execute(statements.join(";\n")), close: () => Promise.resolve() };
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    run: async (statements) => {
      try {
        for (const statement of statements) await client.query(statement);
      } catch (error) {
        await client.query("ROLLBACK");
        throw error;
      }
    },
    close: () => client.end(),
  };
}
