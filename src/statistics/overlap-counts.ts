// How many members networks have on a day, and how many each two of them share: one statement for all pairs.
import sql from "sql-template-tag";
import type { Session } from "../database/database";
import type { Catalogue } from "../database/declare/catalogue";
import type { ReadContext } from "../database/read/context";
import { edgesAs } from "../database/read/edges";

/** Two networks' members side by side: "this" is the one that was named first. */
export interface OverlapCounts {
  shared: number;
  onlyThis: number;
  onlyOther: number;
}

export class MemberMatrix {
  private constructor(private readonly sharedByPair: ReadonlyMap<string, number>) {}

  /** @param networkIds the networks that the matrix is of; the work grows with the square of what a city belongs to */
  static async read(
    session: Session,
    catalogue: Catalogue,
    context: ReadContext,
    networkIds: readonly string[],
    day: string,
  ): Promise<MemberMatrix> {
    // A network with itself shares all of its members: the diagonal is their number.
    const rows = await session.query<{ one: string; other: string; shared: string }>(sql`
      WITH member AS MATERIALIZED (
        SELECT DISTINCT m.network_id, m.city_id FROM ${edgesAs(catalogue, "network_member", "m", context)}
        WHERE m.network_id = ANY (${networkIds}::uuid[]) AND in_force(m.since, m.until, ${day}::date)
      )
      SELECT a.network_id AS one, b.network_id AS other, count(*) AS shared
      FROM member a JOIN member b ON b.city_id = a.city_id AND b.network_id >= a.network_id
      GROUP BY a.network_id, b.network_id`);
    return new MemberMatrix(new Map(rows.map(({ one, other, shared }) => [pairOf(one, other), Number(shared)])));
  }

  memberCount(networkId: string): number {
    return this.shared(networkId, networkId);
  }

  overlap(thisId: string, otherId: string): OverlapCounts {
    const shared = this.shared(thisId, otherId);
    return { shared, onlyThis: this.memberCount(thisId) - shared, onlyOther: this.memberCount(otherId) - shared };
  }

  private shared(one: string, other: string): number {
    return this.sharedByPair.get(pairOf(one, other)) ?? 0;
  }
}

function pairOf(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/**
 * The Jaccard index: what two sets share, as a part of all that is in either; 0 where both are empty.
 * Jaccard, P.: Étude comparative de la distribution florale, 1901.
 */
export function jaccardOf({ shared, onlyThis, onlyOther }: OverlapCounts): number {
  const either = shared + onlyThis + onlyOther;
  return either === 0 ? 0 : shared / either;
}
