// Collaborators on random graphs, as a slow reference computes them from what the API's lists show.
import "reflect-metadata";
import {
  EACH_ROLE,
  randomFilter,
  somePartners,
  startScene,
  type Scene,
} from "../../support/random-collaboration-scene";
import { between, randomFrom } from "../../../src/kernel/random";
import { askCollaborators, collaboratorsAnswer } from "../../support/reference/answers";
import { collaboratorsOf, linksOf } from "../../support/reference/links";

const SEEDS = [11, 22, 33];
const FILTERS_EACH = 4;
const PARTNERS_EACH = 6;

describe.each(SEEDS)("a random graph (seed %i)", (seed) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene(seed);
  });
  afterAll(() => scene.api.close());

  it("has rows that not everybody sees, and that link nobody", async () => {
    const everybody = await scene.as("ANONYMOUS")("{ practices { totalCount } }");
    const secretariat = await scene.as("SECRETARIAT")("{ practices { totalCount } }");
    expect(secretariat.practices.totalCount).toBeGreaterThan(everybody.practices.totalCount);
    const worlds = await Promise.all(EACH_ROLE.map((role) => scene.worldFor(role)));
    for (const world of worlds) expect(world).toEqual(worlds[0]);
  });

  it.each(EACH_ROLE)("shows a %s the links that the reference finds", async (role) => {
    const random = randomFrom(seed + EACH_ROLE.indexOf(role));
    const world = await scene.worldFor(role);
    let found = 0;
    for (let n = 0; n < FILTERS_EACH; n++) {
      const filter = n === 0 ? {} : randomFilter(random);
      const links = linksOf(world, filter);
      for (const id of somePartners(world, random, PARTNERS_EACH)) {
        const expected = collaboratorsAnswer(id, collaboratorsOf(world, filter, links, id));
        const answer = await askCollaborators(scene.as(role), id, filter, () => between(random, 5, 100));
        expect({ id, filter, ...answer }).toEqual({ id, filter, ...expected });
        found += expected.totalCount;
      }
    }
    expect(found).toBeGreaterThan(100);
  });
});
