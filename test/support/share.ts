// Suites that multiply (each type, each caller, each way of asking) run whole on a PostgreSQL server. Embedded, server, database
// and tests share one thread, and the same SQL gives the same answers: there every third case runs, so that `npm test` stays short.

const EMBEDDED_SHARE = 3;

/** @param cases at least one; those that are left stand in their order */
export function share<Case>(cases: readonly Case[]): Case[] {
  return process.env.CCG_TEST_SERVER ? [...cases] : cases.filter((_, i) => i % EMBEDDED_SHARE === 0);
}
