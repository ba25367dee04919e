// What a write is refused for tells nothing of records that the caller does not see: that a value is taken reads the same whoever
// has it, costs as many statements, and whoever may not write is told so before any constraint is asked.
import "reflect-metadata";
import { EACH_RESTRICTED } from "../../support/who-sees";
import { MutationCase } from "../../support/writing/mutation-case";
import { CountedWrites } from "../../support/writing/counted-writes";
import { MUTATIONS, WriteFixture, type Answer } from "../../support/writing/write-fixture";

const counted = new CountedWrites();
let fixture: WriteFixture;
beforeAll(async () => {
  fixture = await WriteFixture.open({ wrap: (database) => counted.over(database) });
}, 60_000);
afterAll(() => fixture.close());

const mutation = (name: string): (typeof MUTATIONS)[number] => MUTATIONS.find((one) => one.name === name)!;

/** What everybody sees of each type that has slugs. */
const SHOWN: Readonly<Record<string, Record<string, string>>> = {
  MonitoringReport: { status: "SUBMITTED", submitted_at: "2026-11-20T10:00:00Z" },
  Opportunity: { state: "PUBLISHED" },
  Practice: { state: "ACCEPTED" },
};

describe.each(EACH_RESTRICTED.filter(([, { columns }]) => columns.slug !== undefined))("A slug of a %s", (name) => {
  const create = mutation(`create${name}`);

  async function taken(columns: Record<string, string> | undefined): Promise<{ outcome: Answer; statements: number }> {
    const theirs = await MutationCase.of(fixture, create);
    const { done } = await fixture.ask(create, theirs.input, await theirs.token());
    if (columns !== undefined) await theirs.put(done.shown.id, columns);
    const ours = await MutationCase.of(fixture, create);
    const input = { ...ours.input, slug: theirs.input.slug };
    const token = await ours.token();
    const traces = await fixture.traces();
    const refusal = await counted.during(() => fixture.ask(create, input, token));
    expect(await fixture.traces()).toEqual(traces);
    return refusal;
  }

  it("is taken or reserved, whether or not one sees by what", async () => {
    const [hidden, shown] = [await taken(undefined), await taken(SHOWN[name])];
    expect(hidden.outcome.done.userErrors).toEqual([
      { code: "NOT_UNIQUE", message: "this slug is taken or reserved: give another", path: ["input", "slug"] },
    ]);
    const rest = ({ done, ...answer }: Answer): object => ({ ...answer, done: { ...done, revision: undefined } });
    expect(rest(hidden.outcome)).toEqual(rest(shown.outcome));
    expect(hidden.statements).toBe(shown.statements);
  });
});

/** What a record must be beside whose it is to stand in the way of another. */
const MOVED: readonly (readonly [type: string, authority: string, same: readonly string[]])[] = [
  ["Application", "city", ["call"]],
  ["MonitoringReport", "city", ["dueOn"]],
  ["OpportunityResponse", "responder", ["opportunity"]],
];

describe.each(MOVED)("A %s that is put upon another %s", (name, authority, same) => {
  const [create, update] = [mutation(`create${name}`), mutation(`update${name}`)];

  it("is refused alike, whether or not that one has such a record", async () => {
    const ours = await MutationCase.of(fixture, create);
    const token = await ours.token();
    const { done } = await fixture.ask(create, ours.input, token);
    expect(done.userErrors).toEqual([]);
    const move = async (to: string): Promise<{ outcome: Answer; statements: number }> => {
      const traces = await fixture.traces();
      const input = { by: { id: done.shown.id }, [authority]: { id: to } };
      const refusal = await counted.during(() => fixture.ask(update, input, token));
      expect(await fixture.traces()).toEqual(traces);
      return refusal;
    };
    const theirs = await MutationCase.of(fixture, create);
    const { id: them } = await theirs.us();
    const without = await move(them);
    const alike = Object.fromEntries(same.map((field) => [field, ours.input[field]]));
    const other = await fixture.ask(create, { ...theirs.input, ...alike }, await theirs.token());
    expect(other.done.userErrors).toEqual([]);
    const having = await move(them);
    expect(without.outcome).toMatchObject({ code: "FORBIDDEN" });
    expect(having).toEqual(without);
  });
});
