// What a city says of itself that no column holds.
import { FieldResolver, Resolver, Root } from "type-graphql";
import type { RowOf } from "../database/read/row";
import type { City } from "../database/rows";
import { objectOf } from "../graph/record-objects";
import { GeoPoint } from "../graph/shared-types";
import { city } from "./city.record";

@Resolver(() => objectOf(city))
export class CityFields {
  @FieldResolver(() => GeoPoint, {
    nullable: true,
    description: "Where it lies: its centre, or for a larger area its seat.",
  })
  location(@Root() { latitude, longitude }: RowOf<City>): GeoPoint | null {
    return latitude === null || longitude === null ? null : { latitude, longitude };
  }
}
