// Callers with keys, and cities with the designations and reports that a test wants.
import sql from "sql-template-tag";
import type { MonitoringReport } from "../../src/database/rows";
import type { Viewer } from "../../src/kernel/viewer";
import { dataOf, postDocument, postGraphql, type TestApi } from "./api";
import type { Document, Given } from "./gql";
import { addTo, at, called } from "./records";
import { headerOf, viewerAs } from "./viewers";

/** Asks for data as somebody and fails where there are errors. */
export async function dataFor<Result, Variables extends object>(
  api: TestApi,
  viewer: Viewer,
  document: Document<Result, Variables>,
  ...given: Given<Variables>
): Promise<Result> {
  return dataOf(await postDocument(api.url, document, headerOf(viewer), ...given));
}

/** The same for a text that is made at run time. */
export async function untypedDataFor(api: TestApi, viewer: Viewer, query: string, variables?: object): Promise<any> {
  return dataOf(await postGraphql(api.url, { query, variables }, headerOf(viewer)));
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
): Promise<MonitoringReport[]> {
  return addTo(api.database, async (add) => {
    await add.city({ slug });
    for (const [designatedOn, endedOn, field] of designations) {
      await add.designation({ city: called(slug), creativeField: called(field), designatedOn, endedOn });
    }
    const added: MonitoringReport[] = [];
    for (const [dueOn, status] of reports) {
      const submittedAt = status === "DRAFT" ? null : at(dueOn);
      added.push(await add.monitoringReport({ city: called(slug), dueOn: at(dueOn), status, submittedAt }));
    }
    return added;
  });
}
