// What becomes of what refers to a record that is to be deleted: it keeps the record, or goes along with it.
import "reflect-metadata";
import sql from "sql-template-tag";
import { catalogue } from "../../../src/catalogue";
import { placesReferringTo, referrersOf } from "../../../src/database/write/referrers";
import { decodeId } from "../../../src/kernel/ids";
import { TODAY } from "../../support/api";
import { viewerAs } from "../../support/viewers";
import { MutationCase } from "../../support/writing/mutation-case";
import { MUTATIONS, WriteFixture } from "../../support/writing/write-fixture";

let fixture: WriteFixture;
beforeAll(async () => {
  fixture = await WriteFixture.open();
}, 60_000);
afterAll(() => fixture.close());

const mutation = (name: string): (typeof MUTATIONS)[number] => MUTATIONS.find((one) => one.name === name)!;
const uuidOf = (id: string): string => decodeId(id).uuid;
const makingOf = (type: string): Promise<MutationCase> => MutationCase.of(fixture, mutation(`create${type}`));

async function deletes(type: string, id: string): Promise<any> {
  return (await fixture.ask(mutation(`delete${type}`), { by: { id } }, fixture.tokens.secretariat)).done;
}

/** Each part of a whole and what it is deleted with. */
const GO_ALONG = catalogue.records.flatMap((part) =>
  Object.entries(part.references)
    .filter(([, reference]) => reference.goesAlong)
    .map(([column, reference]) => [part.name, reference.to().name, column.replace(/Id$/, "")] as const),
);

it("Parts go along with reports, projects, publications and opportunities", () => {
  expect(GO_ALONG.map(([part, whole]) => `${part} of ${whole}`).sort()).toEqual([
    "OpportunityResponse of Opportunity",
    "PlannedAction of MonitoringReport",
    "ProjectParticipation of Project",
    "PublicationContribution of Publication",
  ]);
});

it.each(GO_ALONG)("A %s goes along with its %s, and the log has both", async (part, whole, field) => {
  const mutationCase = await makingOf(part);
  const wholeId = (mutationCase.input[field] as { id: string }).id;
  const { done } = await fixture.ask(mutationCase.mutation, mutationCase.input, fixture.tokens.secretariat);
  expect(done.userErrors).toEqual([]);
  const answer = await deletes(whole, wholeId);
  expect(answer).toMatchObject({ deletedId: wholeId, referrers: [], userErrors: [] });
  const log = await fixture.api.database.query<{ id: string }>(sql`
    SELECT record_id AS id FROM change_log WHERE revision = ${answer.revision}::int8 AND operation = 'DELETE'`);
  const gone = log.map(({ id }) => id);
  for (const id of [wholeId, done.shown.id]) {
    expect(gone).toContain(uuidOf(id));
    expect(await fixture.row(id)).toBeUndefined();
  }
});

/** Each place that keeps a record from being deleted. */
const KEEPERS = catalogue.records.flatMap((type) =>
  placesReferringTo(catalogue, type)
    .filter(
      (place) =>
        !place.goesAlong && place.owner === "id" && !(place.by.references[camel(place.column)]?.lifecycle ?? false),
    )
    .filter((place) => !(camel(place.column) in place.by.copied))
    .map((place) => [type.name, place.by.name, place.column] as const),
);

function camel(column: string): string {
  return column.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

it.each(KEEPERS)("A %s is kept by a %s (%s), which is named and counted", async (type, by, column) => {
  const mutationCase = await makingOf(by);
  const scope = ["City", "Network", "Organization"].includes(type);
  const id = scope ? (await fixture.party(type.toUpperCase() as "CITY")).id : await mutationCase.make(type);
  // Whatever else is wrong with such a record: only that it refers is of interest here.
  const made = await fixture.ask(mutationCase.mutation, mutationCase.input, fixture.tokens.secretariat);
  expect(made.done.userErrors).toEqual([]);
  await fixture.refer(made.done.shown.id, column, id);
  const traces = await fixture.traces();
  const answer = await deletes(type, id);
  expect(answer).toMatchObject({
    deletedId: null,
    referrers: [{ id: made.done.shown.id }],
    userErrors: [{ code: "IN_USE", message: expect.stringContaining(`1 ${by}`), path: ["input", "by"] }],
  });
  expect(await fixture.traces()).toEqual(traces);
});

it("counts all that refer, and names them", async () => {
  const mutationCase = await makingOf("Expert");
  const { id } = await mutationCase.us();
  const experts = [await mutationCase.make("Expert"), await mutationCase.make("Expert")];
  const answer = await deletes("City", id);
  expect(answer.userErrors[0].message).toContain("2 experts");
  expect(answer.referrers.map((one: { id: string }) => one.id).sort()).toEqual([...experts].sort());
});

it("does not name what whoever deletes may not see, nor say how many there are", async () => {
  const mutationCase = await makingOf("Application");
  const application = await mutationCase.make("Application");
  const us = await mutationCase.us();
  const city = catalogue.getByName("City");
  const stranger = viewerAs("CITY", fixture.stranger("CITY").uuid);
  const asked = (viewer: ReturnType<typeof viewerAs>): ReturnType<typeof referrersOf> =>
    referrersOf(fixture.api.database, { today: TODAY, viewer }, catalogue, city, us.uuid);
  const hidden = await asked(stranger);
  expect({ shown: hidden.shown, counts: hidden.counts.size, others: hidden.others }).toEqual({
    shown: [],
    counts: 0,
    others: true,
  });
  const seen = await asked(viewerAs("CITY", us.uuid));
  expect(seen.shown).toEqual([uuidOf(application)]);
  expect(seen.others).toBe(false);
});

it("is answered again alike where it was refused, with what refers to the record", async () => {
  const mutationCase = await makingOf("Expert");
  const { id } = await mutationCase.us();
  await mutationCase.make("Expert");
  const input = { by: { id }, idempotencyKey: "kept" };
  const first = await fixture.ask(mutation("deleteCity"), input, fixture.tokens.secretariat);
  expect(first.done.referrers).toHaveLength(1);
  expect(await fixture.ask(mutation("deleteCity"), input, fixture.tokens.secretariat)).toEqual(first);
});
