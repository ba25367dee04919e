// Many entries of one record in the log, as its changes would have made them: each transaction changed it three times.
import type { Database } from "../../src/database/database";
import { BUSY } from "./many-projects";

export const VERSIONS = 5_000;

export async function insertManyVersions(database: Database): Promise<void> {
  await database.execute(`
    UPDATE revision_counter SET revision = revision + ${VERSIONS}, minted_at = now();
    INSERT INTO change_log (revision, ordinal, record_id, type, operation, changes, audience_before, audience_after, actor, committed_at)
    SELECT (SELECT revision FROM revision_counter) - n / 3, n % 3, id, 'City', 'UPSERT',
      jsonb_build_object('population', jsonb_build_array(n, n - 1)), 'PUBLIC', 'PUBLIC', 'test', now()
    FROM city, generate_series(1, ${VERSIONS}) n WHERE slug = '${BUSY}';
    ANALYZE change_log;
  `);
}
