// Paths on random graphs, as a slow reference finds them by trying all.
import "reflect-metadata";
import {
  bySlug,
  EACH_ROLE,
  randomFilter,
  somePartners,
  openCollaborationFixture,
  type CollaborationFixture,
} from "../../support/collaboration-fixture";
import { between, pick, randomFrom, type Random } from "../../../src/kernel/random";
import { askPaths, pathsAnswer } from "../../support/reference/answers";
import { linksOf } from "../../support/reference/links";
import { bestPaths, Hops } from "../../support/reference/paths";
import type { World } from "../../support/reference/shared-records";

const SEEDS = [44, 55, 66];
const QUESTIONS_EACH = 24;

describe.each(SEEDS)("a random graph (seed %i)", (seed) => {
  let fixture: CollaborationFixture;
  let world: World;
  let hops: Hops;
  const lengths = new Set<number>();
  beforeAll(async () => {
    fixture = await openCollaborationFixture(seed);
    world = await fixture.worldFor("ANONYMOUS");
    hops = new Hops(linksOf(world, {}), world, { filter: {}, maxSharedBy: 50, always: [] });
  });
  afterAll(() => fixture.api.close());

  /** Mostly somebody whom a path leads to: each length is as likely as the others. */
  function somebodyFrom(id: string, random: Random): string {
    const levels = hops.levels(id, 6).filter((level) => level.length > 0);
    return pick(random, bySlug(world, random() < 0.1 ? world.partners.keys() : pick(random, levels)));
  }

  it.each(EACH_ROLE)("leads a %s along the paths that the reference finds", async (role) => {
    const random = randomFrom(seed + EACH_ROLE.indexOf(role));
    for (let n = 0; n < QUESTIONS_EACH; n++) {
      const from = pick(random, somePartners(world, random, 10));
      const question = {
        from,
        to: somebodyFrom(from, random),
        maxLength: between(random, 2, 6),
        limit: between(random, 1, 10),
        maxSharedBy: pick(random, [2, 4, 10, 23, 50, 50, 100]),
        // With all conditions there would be next to no paths.
        filter: n % 3 === 0 ? {} : randomFilter(random, 0.1),
      };
      const paths = bestPaths(world, question);
      expect({ question, paths: await askPaths(fixture.as(role), question) }).toEqual({
        question,
        paths: pathsAnswer(paths),
      });
      for (const { links } of paths) lengths.add(links.length);
    }
  });

  it("has the bounds that the manual says where none are given", async () => {
    const random = randomFrom(seed);
    for (const from of somePartners(world, random, 8)) {
      const to = somebodyFrom(from, random);
      const expected = bestPaths(world, { from, to, maxLength: 6, limit: 3, maxSharedBy: 50, filter: {} });
      expect({ from, to, paths: await askPaths(fixture.as("ANONYMOUS"), { from, to }) }).toEqual({
        from,
        to,
        paths: pathsAnswer(expected),
      });
    }
  });

  it("had paths of all sorts of lengths to find", () => {
    expect([...lengths]).toEqual(expect.arrayContaining([1, 2, 3, 4, 5]));
  });
});
