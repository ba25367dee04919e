// One statement on a PostgreSQL server, on a connection of its own.
import { createRequire } from "node:module";

const { Client } = createRequire(import.meta.url)("pg");

/** The rows of a statement. */
export async function onServer(url, statement, values) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}
