// Every field of every update: what is left out is kept, null clears or is refused, lists are set, added to and taken from, and
// what cannot be is refused at its path, with nothing written.
import "reflect-metadata";
import type { Column } from "../../../src/database/declare/column";
import { decodeId, encodeId } from "../../../src/kernel/ids";
import { neverWas } from "../../support/visibility-fixture";
import { MutationCase } from "../../support/writing/mutation-case";
import { changedFields, twoItems, type ChangedField } from "../../support/writing/changed-fields";
import { EACH_MUTATION, WriteFixture, type Answer } from "../../support/writing/write-fixture";

const EACH_UPDATE = EACH_MUTATION.filter(([, { kind }]) => kind === "update");

/** What no update clears though it may be null, and why. */
const KEPT: Readonly<Record<string, string>> = {
  "Practice.submittedBy": "one that is not accepted was submitted by somebody",
};

let fixture: WriteFixture;
const mutationCases = new Map<string, MutationCase>();
beforeAll(async () => {
  fixture = await WriteFixture.open();
  for (const [name, mutation] of EACH_UPDATE) mutationCases.set(name, await MutationCase.of(fixture, mutation));
}, 120_000);
afterAll(() => fixture.close());

interface Update {
  mutationCase: MutationCase;
  fields: ChangedField[];
  /** the record with all its fields, as the Secretariat sees it */
  shown: () => Promise<Record<string, unknown>>;
  update: (input: object) => Promise<Answer>;
}

function updateOf(name: string): Update {
  const mutationCase = mutationCases.get(name)!;
  const fields = changedFields(mutationCase);
  const selection = fields.map((field) => field.selection).join(" ");
  const by = { id: mutationCase.targetId };
  const update = (input: object): Promise<Answer> =>
    fixture.ask(mutationCase.mutation, { by, ...input }, fixture.tokens.secretariat, selection);
  // An update of nothing shows all that there is.
  const shown = async (): Promise<Record<string, unknown>> => (await update({})).done.shown;
  return { mutationCase, fields, shown, update };
}

/** An input, the code that it is refused with, and where. */
type Wrong = readonly [input: object, code: string, ...path: string[]];

/** Each is refused with one error at its path, and nothing is written. One operation asks for all. */
async function refusesAll({ mutationCase: { mutation, targetId } }: Update, wrong: readonly Wrong[]): Promise<void> {
  if (wrong.length === 0) return;
  const traces = await fixture.traces();
  const inputs = wrong.map(([input], i) => [`i${i}`, { by: { id: targetId }, ...input }] as const);
  const variables = inputs.map(([name]) => `$${name}: ${mutation.input.name}!`).join(", ");
  const asked = inputs
    .map(([name]) => `${name}: ${mutation.name}(input: $${name}) { userErrors { code path } }`)
    .join(" ");
  const query = `mutation (${variables}) { ${asked} }`;
  const { data, errors } = await fixture.query(fixture.tokens.secretariat, query, Object.fromEntries(inputs));
  expect(errors).toBeUndefined();
  const short = (input: object): string => JSON.stringify(input).slice(0, 120);
  expect(wrong.map(([input], i) => ({ input: short(input), errors: data[`i${i}`].userErrors }))).toEqual(
    wrong.map(([input, code, ...path]) => ({ input: short(input), errors: [{ code, path: ["input", ...path] }] })),
  );
  expect(await fixture.traces()).toEqual(traces);
}

describe.each(EACH_UPDATE)("%s", (name) => {
  it("writes nothing where nothing is given, and keeps what is left out", async () => {
    const { mutationCase, fields, shown, update } = updateOf(name);
    const traces = await fixture.traces();
    const before = await shown();
    expect(await fixture.traces()).toEqual(traces);
    const [field] = fields.filter((one) => one.name in mutationCase.input);
    const { done } = await update({ [field!.name]: mutationCase.input[field!.name] });
    expect(done.userErrors).toEqual([]);
    expect(done.shown).toEqual({ ...before, [field!.name]: mutationCase.input[field!.name] });
  });

  it("clears what may be null, and refuses null for what must be there", async () => {
    const one = updateOf(name);
    const plain = one.fields.filter((field) => !field.isList);
    const there = plain.filter((each) => !each.nullable);
    await refusesAll(
      one,
      there.map((field) => [{ [field.name]: null }, "REQUIRED", field.name]),
    );
    const clearing = plain.filter((each) => each.nullable && !(`${one.mutationCase.mutation.on}.${each.name}` in KEPT));
    const nothing = Object.fromEntries(clearing.map((field) => [field.name, null]));
    const { done } = await one.update(nothing);
    expect(done.userErrors).toEqual([]);
    expect(done.shown).toMatchObject(nothing);
  });

  it("sets lists, adds to them and takes from them", async () => {
    const { mutationCase, fields, update } = updateOf(name);
    for (const field of fields.filter((each) => each.isList)) {
      const { given, shown } = await twoItems(mutationCase, field);
      const change = async (input: unknown): Promise<unknown[]> => {
        const { done, code } = await update({ [field.name]: input });
        expect({ field: field.name, code, errors: done?.userErrors }).toEqual({
          field: field.name,
          code: undefined,
          errors: [],
        });
        return done.shown[field.name];
      };
      const [first, second] = given;
      expect(await change({ set: [first] })).toEqual([shown[0]]);
      expect(sorted(await change({ add: [second, first] }))).toEqual(sorted(shown));
      expect(await change({ remove: [first] })).toEqual([shown[1]]);
      expect(sorted(await change({ set: given }))).toEqual(sorted(shown));
      expect(await change(null)).toEqual([]);
    }
  });

  it("refuses references to nothing, at their place", async () => {
    const one = updateOf(name);
    const wrong = one.fields.flatMap((field): Wrong[] => {
      const type = field.reference?.to() ?? field.linked;
      if (type === undefined) return [];
      const nothing = { id: encodeId(type.tag, neverWas(decodeId(one.mutationCase.targetId!).uuid)) };
      return field.isList
        ? [[{ [field.name]: { add: [nothing] } }, "NOT_FOUND", field.name, "add", "0"]]
        : [[{ [field.name]: nothing }, "NOT_FOUND", field.name]];
    });
    await refusesAll(one, wrong);
  });

  it("refuses texts that are blank or too long, words that are no slug, and parts that say nothing", async () => {
    const one = updateOf(name);
    const wrong = one.fields.flatMap(({ name: field, column, isList }): Wrong[] =>
      wrongTexts(column, isList).map((text) =>
        isList ? [{ [field]: { set: [text] } }, "INVALID", field, "set"] : [{ [field]: text }, "INVALID", field],
      ),
    );
    await refusesAll(one, [
      ...wrong,
      [{ sources: { add: [{ title: "Right" }, { title: " " }] } }, "INVALID", "sources", "add", "1"],
      [{ externalIds: { set: [{ scheme: "TESTS", value: "" }] } }, "INVALID", "externalIds", "set", "0"],
    ]);
  });

  it("refuses what another has and only one may", async () => {
    const one = updateOf(name);
    const other =
      one.mutationCase.record.self === true
        ? await one.mutationCase.stranger()
        : { id: (await MutationCase.of(fixture, one.mutationCase.mutation)).targetId! };
    const row = await fixture.row(other.id);
    await fixture.giveExternalId(other.id, `of ${name}`);
    const unique = one.fields.filter((field) => field.column?.unique);
    await refusesAll(one, [
      ...unique.map(({ name: field }): Wrong => [{ [field]: row?.[field] }, "NOT_UNIQUE", field]),
      [{ externalIds: { add: [{ scheme: "TESTS", value: `of ${name}` }] } }, "NOT_UNIQUE", "externalIds"],
    ]);
  });
});

function wrongTexts(column: Column | undefined, isList: boolean): string[] {
  if (column?.codec.kind === "slug") return ["Not A Slug", "", "a".repeat(101)];
  if (column?.codec.kind !== "name" && column?.codec.kind !== "text") return [];
  return [" \n", "x".repeat(column.codec.kind === "name" || isList ? 301 : 20_001)];
}

function sorted(items: readonly unknown[]): string[] {
  return items.map((item) => JSON.stringify(item)).sort();
}
