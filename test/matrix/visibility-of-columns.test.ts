// Columns that only callers with a key see, and what is derived from rows that not everybody sees.
import "reflect-metadata";
import { catalogue } from "../../src/catalogue";
import { constantCase, snakeCase } from "../../src/kernel/names";
import { schemaOf } from "../../src/graph/schema";
import { addTo, at, called } from "../support/records";
import { VisibilityFixture, SECRETARIAT_CALLS } from "../support/visibility-fixture";
import { EACH_CALLER, type Caller } from "../support/who-sees";

let fixture: VisibilityFixture;
beforeAll(async () => {
  fixture = await VisibilityFixture.open();
});
afterAll(() => fixture.close());

const confidential = catalogue.records.flatMap((type) =>
  Object.entries(type.columns)
    .filter(([, column]) => column.confidential)
    .map(([column]) => [`${type.name}.${column}`, type, column] as const),
);

it("is known which columns are confidential", () => {
  expect(confidential.map(([title]) => title)).toEqual(["Expert.contact"]);
});

describe.each(confidential)("%s", (_title, type, column) => {
  /** The value of each row as the database has it; for callers without a key, none has one. */
  const valuesFor = (caller: Caller): Map<string, string | null> =>
    new Map(
      fixture.rowsOf(type).map((row) => {
        const value = row[snakeCase(column)] as string | null;
        return [fixture.idsOf(type, [row])[0]!, caller.role === "ANONYMOUS" ? null : value];
      }),
    );

  it.each(EACH_CALLER)("is shown to %s if they have a key", async (_caller, caller) => {
    const data = await fixture.data(caller, `{ list: ${type.plural}(first: 100) { nodes { id value: ${column} } } }`);
    const shown = new Map((data.list.nodes as { id: string; value: string | null }[]).map((n) => [n.id, n.value]));
    expect(shown).toEqual(valuesFor(caller));
    const [id, value] = [...valuesFor(caller)].find(([key]) => valuesFor(SECRETARIAT_CALLS).get(key) !== null)!;
    const { node } = await fixture.data(caller, `{ node(id: "${id}") { ... on ${type.name} { value: ${column} } } }`);
    expect(node).toEqual({ value });
  });

  it.each(EACH_CALLER)("is to filters of %s what it shows", async (_caller, caller) => {
    const values = [...valuesFor(caller)];
    const stored = [...valuesFor(SECRETARIAT_CALLS).values()].filter((value) => value !== null);
    const asked: [string, (value: string | null) => boolean][] = [
      ["{ isNull: true }", (value) => value === null],
      ["{ isNull: false }", (value) => value !== null],
      ['{ contains: "e" }', (value) => value?.includes("e") === true],
      ...stored.flatMap((text): [string, (value: string | null) => boolean][] => [
        [`{ eq: ${JSON.stringify(text)} }`, (value) => value === text],
        [`{ in: [${JSON.stringify(text)}] }`, (value) => value === text],
        [`{ contains: ${JSON.stringify(text.slice(1, -1))} }`, (value) => value?.includes(text.slice(1, -1)) === true],
        [
          `{ startsWith: ${JSON.stringify(text.slice(0, 5))} }`,
          (value) => value?.startsWith(text.slice(0, 5)) === true,
        ],
      ]),
    ];
    for (const [comparison, holds] of asked) {
      for (const isNegated of [false, true]) {
        const condition = `{ ${column}: ${comparison} }`;
        const filter = isNegated ? `{ not: ${condition} }` : condition;
        const { list } = await fixture.data(
          caller,
          `{ list: ${type.plural}(first: 100, filter: ${filter}) { totalCount nodes { id } } }`,
        );
        const expected = values.filter(([, value]) => holds(value) !== isNegated).map(([id]) => id);
        expect([filter, (list.nodes as { id: string }[]).map(({ id }) => id).sort()]).toEqual([
          filter,
          expected.sort(),
        ]);
        expect(list.totalCount).toBe(expected.length);
      }
    }
  });

  it("is no order", () => {
    const order = schemaOf(catalogue).getType(`${type.name}OrderField`)!.toConfig() as { values?: object };
    expect(Object.keys(order.values ?? {})).not.toContain(constantCase(column));
    expect(Object.keys(order.values ?? {}).length).toBeGreaterThan(0);
  });
});

describe("what a city owes", () => {
  const FACTS = `{
    cities(first: 100, filter: { slug: { in: ["krakow", "york", "lyon", "busan", "santos"] } }) {
      totalCount nodes { slug memberSince nextReportDue reportingStatus }
    }
    due: cities(first: 100, filter: { reportDueWithin: 800 }) { totalCount }
    overdue: cities(first: 100, filter: { reportingStatus: { eq: OVERDUE } }) { totalCount nodes { slug } }
    ordered: cities(first: 100, orderBy: [{ field: NEXT_REPORT_DUE }]) { nodes { slug } }
  }`;

  it("does not change for anybody when a draft is begun", async () => {
    const ask = async (): Promise<unknown[]> => {
      const answers = [];
      for (const [title, caller] of EACH_CALLER) answers.push([title, await fixture.data(caller, FACTS)]);
      return answers;
    };
    const before = await ask();
    await addTo(fixture.api.database, async (add) => {
      for (const slug of ["krakow", "york", "lyon", "busan", "santos"]) {
        for (const day of ["2026-11-19", "2026-11-30", "2030-11-30"]) {
          await add.monitoringReport({ city: called(slug), dueOn: at(day), status: "DRAFT" });
        }
      }
    });
    expect(await ask()).toEqual(before);
  });
});
