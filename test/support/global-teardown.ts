// Takes away what the global setup made.
import { rm } from "node:fs/promises";
import { onServer, runFolder, TEMPLATE_DATABASE, testServer } from "./home";

export default async function tearDown(): Promise<void> {
  await rm(runFolder(), { recursive: true, force: true });
  if (testServer !== undefined) await onServer(testServer, `DROP DATABASE IF EXISTS ${TEMPLATE_DATABASE} WITH (FORCE)`);
}
