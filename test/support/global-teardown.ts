// Takes away what the global setup made.
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { onServer, TEMPLATE_DATABASE, TEMPLATE_FILE_VARIABLE, testServer } from "./home";

export default async function tearDown(): Promise<void> {
  const file = process.env[TEMPLATE_FILE_VARIABLE];
  if (file !== undefined) await rm(dirname(file), { recursive: true, force: true });
  if (testServer !== undefined) await onServer(testServer, `DROP DATABASE IF EXISTS ${TEMPLATE_DATABASE} WITH (FORCE)`);
}
