// Two steps from a partner: whom it worked with, and whom those worked with.
import type { Profiles } from "./profiles";

/** Parts in works that are looked at on the way, at most: some milliseconds. Only about hubs of hubs it ends before the end. */
const STEPS_AT_MOST = 100_000;

export interface Walk {
  /** those who worked with it, those with the fewest works first */
  partners: readonly number[];
  isPartner: Uint8Array;
  /**
   * For each partner the sum over the common partners of 1 / ln(with how many such a one worked), after Adamic and Adar, "Friends
   * and neighbors on the Web", Social Networks 25 (2003), 211-230.
   */
  sums: Float64Array;
  /** what a common partner adds to the sum, by the order of partners; 0 for one that was not reached */
  weights: Float64Array;
}

/** Works alone are walked, and none that more than SHARED_BY_AT_MOST share. */
export function walkOf(profiles: Profiles, start: number): Walk {
  const isPartner = new Uint8Array(profiles.partners);
  const partners = partnersOf(profiles, start);
  for (const partner of partners) isPartner[partner] = 1;
  // Those with few works say most, and are walked in no time.
  const { works, graph } = profiles;
  partners.sort((a, b) => (works[a] as number) - (works[b] as number) || graph.partners.compare(a, b));
  const walk: Walk = {
    partners,
    isPartner,
    sums: new Float64Array(profiles.partners),
    weights: new Float64Array(partners.length),
  };
  const budget = { steps: STEPS_AT_MOST };
  for (const [place, common] of partners.entries()) {
    const reached = partnersOf(profiles, common, budget);
    if (budget.steps < 0) break;
    // Somebody between two has worked with both.
    const weight = 1 / Math.log(Math.max(reached.length, 2));
    walk.weights[place] = weight;
    for (const partner of reached) if (partner !== start) walk.sums[partner] = (walk.sums[partner] as number) + weight;
  }
  return walk;
}

/** Everybody that a partner worked with, each once, in no order. */
export function partnersOf(
  profiles: Profiles,
  partner: number,
  budget: { steps: number } = { steps: Infinity },
): number[] {
  const { ofPartners } = profiles.graph.affiliations;
  const found: number[] = [];
  using seen = profiles.graph.workspaces.visitedSet(profiles.partners);
  seen.add(partner);
  const endOfPartner = ofPartners.endOf(partner);
  for (let i = ofPartners.startOf(partner); i < endOfPartner; i++) {
    const record = ofPartners.otherAt(i);
    if (!profiles.isWork(record) || !profiles.counts(record, ofPartners.sinceAt(i))) continue;
    budget.steps -= profiles.sizeOf(record);
    if (budget.steps < 0) break;
    profiles.eachSharer(record, (other) => {
      if (seen.add(other)) found.push(other);
    });
  }
  return found;
}
