// Every mutation of the schema, done by the right key: once for each idempotency key, whose answer is kept for a day.
import "reflect-metadata";
import { MutationCase } from "../../support/writing/mutation-case";
import type { Mutation } from "../../support/writing/mutations";
import { EACH_MUTATION, MUTATIONS, WriteFixture, type Answer } from "../../support/writing/write-fixture";

const BEGIN = Date.parse("2026-11-20T12:00:00Z");
const DAY = 24 * 60 * 60 * 1_000;

let now = BEGIN;
let fixture: WriteFixture;
beforeAll(async () => {
  fixture = await WriteFixture.open({ clock: () => new Date(now) });
}, 120_000);
afterAll(() => fixture.close());
beforeEach(() => {
  now = BEGIN;
});

/** A write in between, so that the newest revision is not that of an earlier answer. */
async function writeSomething(): Promise<void> {
  await fixture.api.database.write("test", (session) =>
    session.execute(`UPDATE city SET profile = coalesce(profile, '') || '.' WHERE slug = 'york'`),
  );
}

/** Does the work, which must write nothing. */
async function writingNothing<T>(work: () => Promise<T>): Promise<T> {
  const traces = await fixture.traces();
  const answer = await work();
  expect(await fixture.traces()).toEqual(traces);
  return answer;
}

/** A mutation that the right key has done, under an idempotency key. */
interface Done {
  mutationCase: MutationCase;
  mutation: Mutation;
  token: string;
  first: Answer;
}

/** Does it, and shows that it is done, in one revision. */
async function doOnce(mutation: Mutation): Promise<Done> {
  const { name } = mutation;
  const mutationCase = await MutationCase.of(fixture, mutation);
  const token = await mutationCase.token();
  if (mutation.hasTarget) mutationCase.input.ifRevision = await fixture.revisionOf(mutationCase.targetId!);
  mutationCase.input.idempotencyKey = `first ${name} ${fixture.number()}`;
  const before = await fixture.revision();
  const first = await fixture.ask(mutation, mutationCase.input, token);
  const found = { code: first.code, userErrors: first.done?.userErrors };
  const say = `mutation-needs.ts must say more of ${name}: its input, or the state that the record must be in`;
  expect({ say, input: mutationCase.input, ...found }).toEqual({
    say,
    input: mutationCase.input,
    code: undefined,
    userErrors: [],
  });
  // Keys are no records: they are not in the log.
  const minted = mutation.on === "ApiKey" ? 0 : 1;
  expect(BigInt(first.done.revision) - BigInt(before)).toBe(BigInt(minted));
  expect(await fixture.revision()).toBe(first.done.revision);
  if (mutation.kind === "delete") expect(first.done).toMatchObject({ deletedId: mutationCase.targetId, referrers: [] });
  else expect(first.done.shown).not.toBeNull();
  if (mutation.kind === "update") expect(first.done.shown.id).toBe(mutationCase.targetId);
  return { mutationCase, mutation, token, first };
}

describe.each(EACH_MUTATION)("%s", (name, mutation) => {
  it("is refused again alike under the same idempotency key", async () => {
    const mutationCase = await MutationCase.of(fixture, mutation);
    const token = await mutationCase.token();
    const input = { ...mutationCase.refusedInput(), idempotencyKey: `refused ${name}` };
    const first = await fixture.ask(mutation, input, token);
    expect(first.done?.userErrors).toHaveLength(1);
    await writeSomething();
    expect(await writingNothing(() => fixture.ask(mutation, input, token))).toEqual(first);
  });

  it("is done by the right key, from the revision that it knows, and once for each idempotency key", async () => {
    const done = await doOnce(mutation);
    await answersAgainAlike(done);
    await doesNoOther(done);
    await isAnothersUnderAnotherKey(done);
    await isFreeADayLater(done);
  });
});

async function answersAgainAlike({ mutationCase, mutation, token, first }: Done): Promise<void> {
  await writeSomething();
  // What is selected is free: the answer is made anew.
  const isRecord = mutation.shows !== undefined && mutation.on !== "ApiKey";
  const again = await writingNothing(() => fixture.ask(mutation, mutationCase.input, token, "id __typename"));
  const shown = isRecord ? { shown: { ...first.done.shown, __typename: mutation.shownType } } : {};
  expect(again.done).toEqual({ ...first.done, ...shown });
}

async function doesNoOther({ mutationCase, mutation, token }: Done): Promise<void> {
  const input = await mutationCase.otherInput();
  const { done } = await writingNothing(() => fixture.ask(mutation, input, token));
  expect(done.userErrors).toEqual([
    { code: "IDEMPOTENCY_MISMATCH", message: expect.any(String), path: ["input", "idempotencyKey"] },
  ]);
  expect(done.shown ?? done.deletedId ?? null).toBeNull();
}

/** The same idempotency key of another API key. */
async function isAnothersUnderAnotherKey({ mutationCase, mutation, first }: Done): Promise<void> {
  await writeSomething();
  const newest = await fixture.revision();
  const input = { ...mutationCase.input, ifRevision: undefined };
  const { code, done } = await fixture.ask(mutation, input, await mutationCase.secondToken());
  if (code !== undefined) {
    expect(code).toBe("FORBIDDEN");
    return;
  }
  // A write of its own, or a refusal of its own: either way at a revision of its own.
  expect(BigInt(done.revision)).toBeGreaterThanOrEqual(BigInt(newest));
  expect(done.revision).not.toBe(first.done.revision);
  if (mutation.kind === "create" && done.userErrors.length === 0) expect(done.shown.id).not.toBe(first.done.shown.id);
  if (mutation.kind === "delete") expect(done.userErrors[0].code).toBe("NOT_FOUND");
}

async function isFreeADayLater({ mutationCase, mutation, token }: Done): Promise<void> {
  now = BEGIN + DAY;
  const { code, done } = await fixture.ask(mutation, await mutationCase.otherInput(), token);
  if (code === undefined)
    expect(done.userErrors.map((error: { code: string }) => error.code)).not.toContain("IDEMPOTENCY_MISMATCH");
  else expect(code).toBe("FORBIDDEN");
}

it("The same input is a new write a day later", async () => {
  const mutation = MUTATIONS.find(({ name }) => name === "createPublication")!;
  const mutationCase = await MutationCase.of(fixture, mutation);
  const ask = (): Promise<Answer> =>
    fixture.ask(mutation, { ...mutationCase.input, idempotencyKey: "a day" }, fixture.tokens.secretariat);
  const first = await ask();
  expect(first.done.userErrors).toEqual([]);
  now += DAY - 1;
  expect(await ask()).toEqual(first);
  now += 1;
  expect((await ask()).done.userErrors).toMatchObject([{ code: "NOT_UNIQUE", path: ["input", "slug"] }]);
});
