// Suites that multiply (each type, each caller, each way of asking) share their cases between the two homes, which answer the same SQL:
// every sixth case runs embedded, where server, database and tests share one thread, and the others run on a PostgreSQL server. A run with
// CCG_TEST_ALL=1 leaves nothing out.

const EMBEDDED_SHARE = 6;

/** @param cases at least two; those that are left stand in their order */
export function share<Case>(cases: readonly Case[]): Case[] {
  if (process.env.CCG_TEST_ALL === "1") return [...cases];
  const isEmbedded = process.env.CCG_TEST_SERVER === undefined;
  return cases.filter((_, i) => (i % EMBEDDED_SHARE === 0) === isEmbedded);
}
