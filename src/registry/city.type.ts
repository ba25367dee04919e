// What a city says of itself that no column holds.
import sql from "sql-template-tag";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RowOf } from "../database/read/row";
import type { City } from "../database/rows";
import type { RequestContext } from "../graph/context";
import { objectOf } from "../graph/record-objects";
import { PartialDateScalar } from "../graph/scalars";
import { GeoPoint } from "../graph/shared-types";
import { city } from "./city.record";

type CityRow = RowOf<City>;

@Resolver(() => objectOf(city))
export class CityFields {
  @FieldResolver(() => GeoPoint, {
    nullable: true,
    description: "Where it lies: its centre, or for a larger area its seat.",
  })
  location(@Root() { latitude, longitude }: CityRow): GeoPoint | null {
    return latitude === null || longitude === null ? null : { latitude, longitude };
  }

  @FieldResolver(() => PartialDateScalar, {
    nullable: true,
    description:
      "Since when it has been a member of the network without a break; null for one that is no member today.",
  })
  memberSince(@Root() { id }: CityRow, @Ctx() context: RequestContext): Promise<string | null> {
    return context.load(memberSinceByCityId, id);
  }
}

async function memberSinceByCityId(context: RequestContext, cityIds: readonly string[]): Promise<(string | null)[]> {
  const rows = await context.database.query<{ cityId: string; since: string }>(sql`
    SELECT city_id AS "cityId", since FROM home_membership
    WHERE city_id = ANY (${cityIds}::uuid[]) AND in_force(since, until, ${context.read.today}::date)`);
  const sinceByCityId = new Map(rows.map((row) => [row.cityId, row.since]));
  return cityIds.map((id) => sinceByCityId.get(id) ?? null);
}
