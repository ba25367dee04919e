// Measures of random graphs, as a slow reference computes them link by link.
import "reflect-metadata";
import { EACH_ROLE, openCollaborationFixture, type CollaborationFixture } from "../../support/collaboration-fixture";
import { allLinks, type ListedLink } from "../../support/reference/graphs";
import {
  askCentralities,
  degreesOf,
  modularityOf,
  pageRanksOf,
  type Centrality,
} from "../../support/reference/measures";
import type { World } from "../../support/reference/shared-records";

const SEEDS = [101, 202, 303];

describe.each(SEEDS)("a random graph (seed %i)", (seed) => {
  let fixture: CollaborationFixture;
  let world: World;
  let links: ListedLink[];
  let centralities: Map<string, Centrality>;
  beforeAll(async () => {
    fixture = await openCollaborationFixture(seed);
    world = await fixture.worldFor("ANONYMOUS");
    links = allLinks(world, {});
    centralities = await askCentralities(fixture.as("ANONYMOUS"), [...world.partners.keys()]);
  });
  afterAll(() => fixture.api.close());

  it("has links enough to be measured", () => {
    expect(links.length).toBeGreaterThan(200);
  });

  it.each(EACH_ROLE)("gives every partner the same centrality when a %s asks", async (role) => {
    expect(await askCentralities(fixture.as(role), [...world.partners.keys()])).toEqual(centralities);
  });

  it("counts the links of each partner, and adds up their strengths", () => {
    const degrees = degreesOf(links);
    const none = { degree: 0, weightedDegree: 0 };
    for (const [id, { degree, weightedDegree }] of centralities) {
      const expected = degrees.get(id) ?? none;
      expect({ id, degree }).toEqual({ id, degree: expected.degree });
      // The strengths that are added here have nine decimals.
      expect(Math.abs(weightedDegree - expected.weightedDegree)).toBeLessThan(1e-7);
    }
  });

  it("ranks each partner as somebody who wanders over the links finds them", () => {
    const ranks = pageRanksOf(world, links);
    for (const [id, { pageRank }] of centralities)
      expect(Math.abs(pageRank - (ranks.get(id) ?? NaN))).toBeLessThan(1e-8);
  });

  it("counts the whole, and says how clearly it falls into the communities that it gives", async () => {
    const { collaborationMeasures: measures } = await fixture.as("READER")(
      "{ collaborationMeasures { partners linkedPartners links communities modularity } }",
    );
    const community = (id: string): number => centralities.get(id)?.community ?? NaN;
    const sizes = new Map<number, number>();
    for (const id of world.partners.keys()) sizes.set(community(id), (sizes.get(community(id)) ?? 0) + 1);
    expect(measures).toEqual({
      partners: world.partners.size,
      linkedPartners: degreesOf(links).size,
      links: links.length,
      communities: sizes.size,
      modularity: expect.closeTo(modularityOf(links, community), 7),
    });
    // Numbered from 0 on, the largest first.
    const inOrder = [...sizes].sort(([a], [b]) => a - b);
    expect(inOrder.map(([number]) => number)).toEqual(inOrder.map((_community, place) => place));
    const counts = inOrder.map(([, count]) => count);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });

  it("finds communities that gather far more than chance would", () => {
    expect(modularityOf(links, (id) => centralities.get(id)?.community)).toBeGreaterThan(0.3);
  });
});
