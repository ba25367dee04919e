// Neighbourhoods, the strongest links and the measures of random graphs, as a slow reference computes them.
import "reflect-metadata";
import {
  EACH_ROLE,
  randomFilter,
  somePartners,
  openCollaborationFixture,
  type CollaborationFixture,
} from "../../support/collaboration-fixture";
import { between, pick, randomFrom } from "../../../src/kernel/random";
import { askNeighbourhood, askWholeGraph, graphAnswer } from "../../support/reference/answers";
import { neighbourhood, wholeGraph } from "../../support/reference/graphs";
import type { World } from "../../support/reference/shared-records";

const SEEDS = [77, 88, 99];
const QUESTIONS_EACH = 6;

describe.each(SEEDS)("a random graph (seed %i)", (seed) => {
  let fixture: CollaborationFixture;
  let world: World;
  const sizes = new Set<number>();
  beforeAll(async () => {
    fixture = await openCollaborationFixture(seed);
    world = await fixture.worldFor("ANONYMOUS");
  });
  afterAll(() => fixture.api.close());

  it.each(EACH_ROLE)("shows a %s the neighbourhoods that the reference finds", async (role) => {
    const random = randomFrom(seed + EACH_ROLE.indexOf(role));
    for (let n = 0; n < QUESTIONS_EACH; n++) {
      const question = {
        of: pick(random, somePartners(world, random, 10)),
        depth: between(random, 1, 3),
        limit: pick(random, [1, 2, 5, 20, 60, 200]),
        maxSharedBy: pick(random, [2, 5, 50, 100, 100]),
        filter: n % 2 === 0 ? {} : randomFilter(random, 0.15),
      };
      const graph = neighbourhood(world, question);
      expect({ question, graph: await askNeighbourhood(fixture.as(role), question) }).toEqual({
        question,
        graph: graphAnswer(graph),
      });
      sizes.add(graph.nodes.length);
    }
  });

  it("had neighbourhoods of all sorts of sizes to find", () => {
    expect(sizes.size).toBeGreaterThan(6);
  });

  it("leaves out the weakest links of a neighbourhood that has more than fit", async () => {
    const question = { of: ofMost(world), depth: 1, limit: 200, maxSharedBy: 100, filter: { validOn: null } };
    const expected = neighbourhood(world, question);
    expect(expected).toMatchObject({ truncated: true, links: { length: 2_000 } });
    expect(await askNeighbourhood(fixture.as("ANONYMOUS"), question)).toEqual(graphAnswer(expected));
  });

  it.each(EACH_ROLE)("shows a %s the strongest links that the reference finds", async (role) => {
    const random = randomFrom(seed - EACH_ROLE.indexOf(role));
    for (let n = 0; n < QUESTIONS_EACH; n++) {
      const filter = n === 0 ? {} : randomFilter(random, 0.2);
      const limit = pick(random, [1, 10, 300, 1_000, 2_000]);
      expect({ filter, limit, graph: await askWholeGraph(fixture.as(role), filter, limit) }).toEqual({
        filter,
        limit,
        graph: graphAnswer(wholeGraph(world, filter, limit)),
      });
    }
  });
});

/** Somebody who takes part in what most share. */
function ofMost({ records }: World): string {
  const [first] = [...records].sort((a, b) => b.affiliations.length - a.affiliations.length);
  return first?.affiliations[0]?.partner ?? "";
}
