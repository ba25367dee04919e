// Collaborators on random graphs, as a slow reference computes them from what the API's lists show.
import "reflect-metadata";
import {
  EACH_ROLE,
  randomFilter,
  somePartners,
  openCollaborationFixture,
  type CollaborationFixture,
} from "../../support/collaboration-fixture";
import { between, randomFrom } from "../../../src/kernel/random";
import { askCollaborators, collaboratorsAnswer } from "../../support/reference/answers";
import { collaboratorsOf, linksOf } from "../../support/reference/links";

const SEEDS = [11, 22, 33];
const FILTERS_EACH = 4;
const PARTNERS_EACH = 6;

describe.each(SEEDS)("a random graph (seed %i)", (seed) => {
  let fixture: CollaborationFixture;
  beforeAll(async () => {
    fixture = await openCollaborationFixture(seed);
  });
  afterAll(() => fixture.api.close());

  it("has rows that not everybody sees, and that link nobody", async () => {
    const everybody = await fixture.as("ANONYMOUS")("{ practices { totalCount } }");
    const secretariat = await fixture.as("SECRETARIAT")("{ practices { totalCount } }");
    expect(secretariat.practices.totalCount).toBeGreaterThan(everybody.practices.totalCount);
    const worlds = await Promise.all(EACH_ROLE.map((role) => fixture.worldFor(role)));
    for (const world of worlds) expect(world).toEqual(worlds[0]);
  });

  it.each(EACH_ROLE)("shows a %s the links that the reference finds", async (role) => {
    const random = randomFrom(seed + EACH_ROLE.indexOf(role));
    const world = await fixture.worldFor(role);
    let found = 0;
    for (let n = 0; n < FILTERS_EACH; n++) {
      const filter = n === 0 ? {} : randomFilter(random);
      const links = linksOf(world, filter);
      for (const id of somePartners(world, random, PARTNERS_EACH)) {
        const expected = collaboratorsAnswer(id, collaboratorsOf(world, filter, links, id));
        const answer = await askCollaborators(fixture.as(role), id, filter, () => between(random, 5, 100));
        expect({ id, filter, ...answer }).toEqual({ id, filter, ...expected });
        found += expected.totalCount;
      }
    }
    expect(found).toBeGreaterThan(100);
  });
});
