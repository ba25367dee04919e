// What a key wrote that not everybody may see: nobody else learns of it by any way, and a repeated answer shows it only as far
// as whoever asks again may see it then.
import "reflect-metadata";
import { catalogue } from "../../../src/catalogue";
import type { RecordType } from "../../../src/database/declare/record-type";
import { BELONGS_TO } from "../../support/rights-document";
import { RESTRICTED } from "../../support/who-sees";
import { MutationCase } from "../../support/writing/mutation-case";
import { MUTATIONS, WriteFixture, type Party } from "../../support/writing/write-fixture";

const EACH_HIDDEN = RESTRICTED.map((type) => [type.name, type] as const);

/** What the Secretariat changes so that a record is another's; one that takes it from another record goes where that goes. */
const EACH_OWNED = RESTRICTED.map((type) => [type, BELONGS_TO.get(type.name) ?? ""] as const)
  .filter(([type, owner]) => type.copied[`${owner}Id`] === undefined)
  .map(([type, owner]) => [type.name, owner] as const);

let fixture: WriteFixture;
beforeAll(async () => {
  fixture = await WriteFixture.open();
}, 60_000);
afterAll(() => fixture.close());

const mutation = (name: string): (typeof MUTATIONS)[number] => MUTATIONS.find((one) => one.name === name)!;

/** All that somebody can ask that could tell of records of the type, beside their ids. */
function questionsAbout(type: RecordType): string[] {
  const list = `{ ${type.plural}(first: 100) { totalCount nodes { id } } }`;
  const relations = catalogue.relations.filter(({ to, from }) => to === type && from.roots.many === "connection");
  const some = relations.map(
    ({ from, name }) => `{ ${from.plural}(first: 100, filter: { ${name}: { some: {} } }) { totalCount nodes { id } } }`,
  );
  const search = type.search.length === 0 ? [] : [`{ search(query: "unheard-of", first: 50) { nodes { id } } }`];
  return [list, ...some, ...search];
}

async function answersTo({ token }: Party, questions: readonly string[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const query of questions) {
    const { data, errors } = await fixture.query(token, query);
    expect({ query, errors }).toEqual({ query, errors: undefined });
    answers.push(data);
  }
  return answers;
}

describe.each(EACH_HIDDEN)("A new %s", (_name, type) => {
  it("is seen by whoever wrote it, and by no other", async () => {
    const create = mutation(`create${type.name}`);
    const mutationCase = await MutationCase.of(fixture, create);
    for (const { name, column } of type.search.map(({ column }) => ({ name: column, column: type.columns[column] }))) {
      if (column !== undefined) mutationCase.input[name] = `Unheard-of ${name}`;
    }
    const [us, stranger] = [await mutationCase.us(), await mutationCase.stranger()];
    const questions = questionsAbout(type);
    const before = await answersTo(stranger, questions);
    const ours = await answersTo(us, questions);
    const { done } = await fixture.ask(create, mutationCase.input, us.token);
    expect(done.userErrors).toEqual([]);
    const { id } = done.shown;

    const asked =
      "query ($id: ID!) { node(id: $id) { id ... on Record { history(first: 5) { nodes { actor } } } } nodes(ids: [$id]) { id } }";
    const { node } = (await fixture.query(us.token, asked, { id })).data;
    expect([node.id, node.history.nodes.length > 0]).toEqual([id, true]);
    expect((await fixture.query(stranger.token, asked, { id })).data).toEqual({ node: null, nodes: [null] });
    expect((await fixture.query(null, asked, { id })).data).toEqual({ node: null, nodes: [null] });
    expect(await answersTo(stranger, questions)).toEqual(before);
    // The same questions do tell those who may know; we are a city, so nothing shows by networks and organizations.
    const told = await answersTo(us, questions);
    const silent = questions.filter((_question, i) => JSON.stringify(told[i]) === JSON.stringify(ours[i]));
    expect(silent.filter((question) => !/^{ (networks|organizations)\(/.test(question))).toEqual([]);
    // By a name of its own it is not found either, and cannot be told from one that never was.
    if (type.columns.slug !== undefined) {
      const update = mutation(`update${type.name}`);
      const guessed = await fixture.ask(update, { by: { slug: mutationCase.input.slug } }, stranger.token);
      const never = await fixture.ask(update, { by: { slug: "never-was" } }, stranger.token);
      expect(guessed.done).toEqual(never.done);
      expect(guessed.done.userErrors).toMatchObject([{ code: "NOT_FOUND", path: ["input", "by"] }]);
    }
  });
});

describe.each(EACH_OWNED)("A repeated answer about a %s", (name, owner) => {
  it("does not show what the Secretariat has given to another since", async () => {
    const create = mutation(`create${name}`);
    const mutationCase = await MutationCase.of(fixture, create);
    const us = await mutationCase.us();
    const input = { ...mutationCase.input, idempotencyKey: `moved ${name}` };
    const first = await fixture.ask(create, input, us.token);
    expect(first.done.userErrors).toEqual([]);
    expect((await fixture.ask(create, input, us.token)).done).toEqual(first.done);
    const moved = { by: { id: first.done.shown.id }, [owner]: { id: fixture.stranger("CITY").id } };
    const { done } = await fixture.ask(mutation(`update${name}`), moved, fixture.tokens.secretariat);
    expect(done.userErrors).toEqual([]);
    const again = await fixture.ask(create, input, us.token);
    expect(again.done).toEqual({ ...first.done, shown: null });
    // Nor does a conflict show it.
    const stale = await fixture.ask(mutation(`update${name}`), { by: moved.by, ifRevision: "1" }, us.token);
    expect(stale.done).toMatchObject({ shown: null, userErrors: [{ code: "NOT_FOUND" }] });
  });
});
