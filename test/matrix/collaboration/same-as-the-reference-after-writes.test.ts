// What was written a moment ago, on random graphs: whoever waits for the revision of a write gets the links as a slow reference
// computes them from the lists of that moment.
import "reflect-metadata";
import { readRevision } from "../../../src/database/read/revision";
import { postGraphql } from "../../support/api";
import { pick, randomFrom, type Random } from "../../../src/kernel/random";
import { change } from "../../support/random-collaboration-change";
import { CHANGES } from "../../support/random-collaboration-changes";
import {
  bySlug,
  randomFilter,
  somePartners,
  openCollaborationFixture,
  type CollaborationFixture,
} from "../../support/collaboration-fixture";
import {
  askCollaborators,
  askNeighbourhood,
  askPaths,
  askWholeGraph,
  collaboratorsAnswer,
  graphAnswer,
  pathsAnswer,
} from "../../support/reference/answers";
import { neighbourhood, wholeGraph } from "../../support/reference/graphs";
import { collaboratorsOf, linksOf } from "../../support/reference/links";
import { bestPaths } from "../../support/reference/paths";
import type { AskAs } from "../../support/reference/rows";
import type { World } from "../../support/reference/shared-records";
import { headerOf, viewerAs } from "../../support/viewers";

const SEED = 1_404;
/** All but those by what most share. */
const LINKS = 700;

let fixture: CollaborationFixture;
let before: World;
/** How many writes there were, and how many changed a link of any time. */
let writes = 0;
let changed = 0;
let shown = "";
beforeAll(async () => {
  fixture = await openCollaborationFixture(SEED);
  before = await fixture.worldFor("ANONYMOUS");
  shown = JSON.stringify(wholeGraph(before, { validOn: null }, LINKS));
  // The graph in memory is there before the first change of it.
  await askWholeGraph(fixture.as("ANONYMOUS"), {}, 10);
});
afterAll(() => fixture.api.close());

describe.each(CHANGES)("when %s", (title, make) => {
  const random = randomFrom(SEED + CHANGES.findIndex(([other]) => other === title));

  it("links partners as the reference does", async () => {
    await change(fixture.api.database, random, make);
    await expectTheSame(random);
  });
});

describe.each([
  ["cities", "mergeCities", "City"],
  ["organizations", "mergeOrganizations", "Organization"],
] as const)("when two %s turned out to be one", (list, mutation, type) => {
  it("links the one that stays to whomever both were linked to", async () => {
    const random = randomFrom(SEED + list.length);
    const ids = bySlug(before, before.partners.keys()).filter((id) => {
      const partner = before.partners.get(id);
      return partner?.type === type.toUpperCase() && partner.slug.startsWith("random-");
    });
    let merged = false;
    // Two that have what one can have only once are refused.
    for (let tries = 0; tries < 50 && !merged; tries++) {
      const [by, into] = [pick(random, ids), pick(random, ids)];
      const data = await fixture.as("SECRETARIAT")(
        `mutation ($input: Merge${type === "City" ? "Cities" : "Organizations"}Input!) {
          result: ${mutation}(input: $input) { userErrors { code } } }`,
        { input: { by: { id: by }, into: { id: into } } },
      );
      merged = data.result.userErrors.length === 0;
    }
    expect(merged).toBe(true);
    await expectTheSame(random);
  });
});

it("was asked after writes most of which changed a link", () => {
  expect(changed).toBeGreaterThan(writes / 2);
});

/** Asks first and reads the lists afterwards, so that nothing but the awaited revision makes the answers new. */
async function expectTheSame(random: Random): Promise<void> {
  const { revision } = await readRevision(fixture.api.database);
  const ask = askingFor(revision);
  const filters = [{}, randomFilter(random, 0.1)];
  const ids = somePartners(before, random, 2);
  const found: { asked: object; answer: unknown; expected: (world: World) => unknown }[] = [];
  for (const filter of filters) {
    const whole = await askWholeGraph(ask, filter, LINKS);
    found.push({
      asked: { filter },
      answer: whole,
      expected: (world) => graphAnswer(wholeGraph(world, filter, LINKS)),
    });
    for (const id of ids) {
      if (!(await isThere(ask, id))) continue;
      const collaborators = await askCollaborators(ask, id, filter, () => 100);
      found.push({
        asked: { filter, id },
        answer: collaborators,
        expected: (world) => collaboratorsAnswer(id, collaboratorsOf(world, filter, linksOf(world, filter), id)),
      });
    }
  }
  const world = await fixture.worldFor("ANONYMOUS");
  writes += 1;
  const now = JSON.stringify(wholeGraph(world, { validOn: null }, LINKS));
  if (now !== shown) changed += 1;
  shown = now;
  for (const { asked, answer, expected } of found)
    expect({ asked, answer }).toEqual({ asked, answer: expected(world) });
  await expectSamePathsAndNeighbourhoods(ask, world, random);
}

async function expectSamePathsAndNeighbourhoods(ask: AskAs, world: World, random: Random): Promise<void> {
  const [from = "", to = ""] = somePartners(world, random, 8);
  const paths = { from, to, maxLength: 6, limit: 5, maxSharedBy: 50, filter: { validOn: null } };
  expect({ paths, answer: await askPaths(ask, paths) }).toEqual({
    paths,
    answer: pathsAnswer(bestPaths(world, paths)),
  });
  const around = { of: from, depth: 2, limit: 30, maxSharedBy: 50, filter: {} };
  const answer = await askNeighbourhood(ask, around);
  expect({ around, answer }).toEqual({ around, answer: graphAnswer(neighbourhood(world, around)) });
}

async function isThere(ask: AskAs, id: string): Promise<boolean> {
  const { node } = await ask("query ($id: ID!) { node(id: $id) { id } }", { id });
  // One that was merged leads to the one that stayed.
  return node?.id === id;
}

function askingFor(revision: string): AskAs {
  const headers = { ...headerOf(viewerAs("READER")), "x-min-revision": revision };
  return async (query, variables) => {
    const { data, errors } = await postGraphql(fixture.api.url, { query, variables }, headers);
    if (errors !== undefined) throw new Error(JSON.stringify(errors, null, 2));
    return data as unknown;
  };
}
