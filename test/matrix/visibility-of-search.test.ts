// A search finds nothing that the caller may not see, counts nothing of it, and ranks the rest as if it were not there.
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import { constantCase, snakeCase } from "../../src/kernel/names";
import { VisibilityFixture } from "../support/visibility-fixture";
import { EACH_CALLER, EACH_RESTRICTED, type Caller, type StoredRow } from "../support/who-sees";

let fixture: VisibilityFixture;
beforeAll(async () => {
  fixture = await VisibilityFixture.open();
});
afterAll(() => fixture.close());

interface Hits {
  totalCount: number;
  edges: { cursor: string; score: number; node: { id: string } }[];
  nodes: { id: string }[];
  pageInfo: object;
}

const SELECTION =
  "totalCount nodes { id } pageInfo { hasNextPage startCursor endCursor } edges { cursor score reason { field kind matchedText language } node { id } }";
const searchFor = (args: string): string =>
  `query ($query: String!) { search(query: $query, first: 100 ${args}) { ${SELECTION} } }`;

async function search(caller: Caller, query: string, args = ""): Promise<Hits> {
  return (await fixture.data(caller, searchFor(args), { query })).search as Hits;
}

async function searchWhole(query: string, args = ""): Promise<Hits> {
  return (await fixture.whole(searchFor(args), { query })).search as Hits;
}

/** As it is written, and without its middle letter. */
function spellings(text: string): string[] {
  const middle = Math.floor(text.length / 2);
  return [text, text.slice(0, middle) + text.slice(middle + 1)];
}

function isHiddenFrom(caller: Caller): (id: string) => boolean {
  const hidden = new Set(catalogue.records.flatMap((type) => fixture.idsOf(type, fixture.split(type, caller).hidden)));
  return (id) => hidden.has(id);
}

const searched = EACH_RESTRICTED.filter(([, type]) => type.search.length > 0 || type.named !== undefined);

const ANYBODY: Caller = { title: "ANONYMOUS", role: "ANONYMOUS" };

describe.each(searched)("a search for a %s", (_name, type) => {
  const TYPES = `, types: [${constantCase(type.name)}]`;
  const textOf = (row: StoredRow): string => row[snakeCase(type.search[0]!.column)] as string;
  const notForAll = (): StoredRow[] => fixture.split(type, ANYBODY).hidden;

  it("finds the Secretariat each by its name", async () => {
    for (const row of fixture.rowsOf(type)) {
      for (const { column } of type.search) {
        const { nodes } = await searchWhole(row[snakeCase(column)] as string);
        expect(nodes.map(({ id }) => id)).toContain(fixture.idsOf(type, [row])[0]);
      }
    }
  });

  it.each(EACH_CALLER)("finds %s what they see, as the Secretariat finds it", async (_title, caller) => {
    const isHidden = isHiddenFrom(caller);
    const texts = [
      ...notForAll().flatMap((row) => spellings(textOf(row))),
      textOf(fixture.split(type, ANYBODY).seen[0]!),
    ];
    for (const [text, args] of [...texts.map((each) => [each, ""]), [texts[0], TYPES]] as [string, string][]) {
      const [whole, found] = [await searchWhole(text, args), await search(caller, text, args)];
      expect(whole.totalCount).toBe(whole.nodes.length);
      const edges = whole.edges.filter(({ node }) => !isHidden(node.id));
      expect(found).toEqual({
        totalCount: edges.length,
        nodes: edges.map(({ node }) => node),
        edges,
        pageInfo: {
          hasNextPage: false,
          startCursor: edges.at(0)?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        },
      });
    }
  });

  it.each(EACH_CALLER)("stands right for %s after a cursor at a hidden hit", async (_title, caller) => {
    const isHidden = isHiddenFrom(caller);
    const [isSecret, text] = [isHiddenFrom(ANYBODY), textOf(notForAll()[0]!)];
    const whole = await searchWhole(text);
    const visible = whole.edges.filter(({ node }) => !isHidden(node.id));
    for (const [i, { cursor, node: at }] of whole.edges.entries()) {
      if (!isSecret(at.id)) continue;
      const found = await search(caller, text, `, after: ${JSON.stringify(cursor)}`);
      expect(found.edges).toEqual(whole.edges.slice(i + 1).filter(({ node }) => !isHidden(node.id)));
      expect(found.totalCount).toBe(visible.length);
    }
  });
});
