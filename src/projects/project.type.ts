// What a project says of itself that no column holds.
import sql from "sql-template-tag";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RowOf } from "../database/read/row";
import { recordsById } from "../database/read/records";
import type { City, Project } from "../database/rows";
import type { RequestContext } from "../graph/context";
import { objectOf } from "../graph/record-objects";
import { city } from "../registry/city.record";
import { project } from "./project.record";

@Resolver(() => objectOf(project))
export class ProjectFields {
  @FieldResolver(() => objectOf(city), { nullable: true, description: "The city that leads it, where one does." })
  leadCity(@Root() { id }: RowOf<Project>, @Ctx() context: RequestContext): Promise<RowOf<City> | null> {
    return context.load(leadCityByProjectId, id);
  }
}

async function leadCityByProjectId(
  { database, read }: RequestContext,
  projectIds: readonly string[],
): Promise<(RowOf<City> | null)[]> {
  const leads = await database.query<{ projectId: string; cityId: string }>(sql`
    SELECT project_id AS "projectId", partner_id AS "cityId" FROM project_participation
    WHERE project_id = ANY (${projectIds}::uuid[]) AND role = 'LEAD' AND status = 'ACCEPTED'`);
  const rows = await recordsById(
    database,
    read,
    city,
    leads.map((lead) => lead.cityId),
  );
  // Only a lead that is a city: a network or an organization that leads is no row of this type.
  const leadByProjectId = new Map(leads.map((lead, i) => [lead.projectId, rows[i]]));
  return projectIds.map((id) => leadByProjectId.get(id) ?? null);
}
