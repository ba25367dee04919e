// Callers with keys, and cities with the designations and reports that a test wants.
import sql from "sql-template-tag";
import type { Viewer } from "../../src/kernel/viewer";
import { postGraphql, type TestApi } from "./api";
import { headerOf, viewerAs } from "./viewers";

/** Asks for data as somebody and fails where there are errors. */
export async function dataFor(api: TestApi, viewer: Viewer, query: string, variables: object = {}): Promise<any> {
  const answer = await postGraphql(api.url, { query, variables }, headerOf(viewer));
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors, null, 2));
  return answer.data as unknown;
}

/** The key of a city. */
export async function keyOf(api: TestApi, slug: string): Promise<Viewer> {
  const [city] = await api.database.query<{ id: string }>(sql`SELECT id FROM city WHERE slug = ${slug}`);
  return viewerAs("CITY", city?.id ?? "");
}

export type Designation = readonly [since: string, until: string | null, field: string];
export type Report = readonly [dueOn: string, status: "DRAFT" | "SUBMITTED" | "ACCEPTED"];

export async function addCity(
  api: TestApi,
  slug: string,
  designations: readonly Designation[],
  reports: readonly Report[],
): Promise<void> {
  await api.database.write("test", async (session) => {
    await session.query(sql`
      INSERT INTO city (slug, name, kind, country_id)
      VALUES (${slug}, ${slug}, 'city', (SELECT id FROM country WHERE code = 'PL'))`);
    for (const [since, until, field] of designations) {
      await session.query(sql`
        INSERT INTO designation (city_id, creative_field_id, designated_on, ended_on)
        VALUES ((SELECT id FROM city WHERE slug = ${slug}), (SELECT id FROM creative_field WHERE slug = ${field}), ${since}, ${until})`);
    }
    for (const [dueOn, status] of reports) {
      await session.query(sql`
        INSERT INTO monitoring_report (city_id, due_on, status, submitted_at, period_start, period_end)
        SELECT id, ${dueOn}::date, ${status}::report_status, CASE WHEN ${status} <> 'DRAFT' THEN now() END,
          ${dueOn}::date, ${dueOn}::date
        FROM city WHERE slug = ${slug}`);
    }
  });
}
