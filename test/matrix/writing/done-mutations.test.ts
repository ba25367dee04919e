// Every mutation of the schema, done by the right key: once for each idempotency key, whose answer is kept for a day.
import "reflect-metadata";
import { Act } from "../../support/writing/act";
import type { Mutation } from "../../support/writing/mutations";
import { EACH_MUTATION, MUTATIONS, Stage, type Answer } from "../../support/writing/stage";

const BEGIN = Date.parse("2026-11-20T12:00:00Z");
const DAY = 24 * 60 * 60 * 1_000;

let now = BEGIN;
let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ clock: () => new Date(now) });
}, 120_000);
afterAll(() => stage.close());
beforeEach(() => {
  now = BEGIN;
});

/** A write in between, so that the newest revision is not that of an earlier answer. */
async function writeSomething(): Promise<void> {
  await stage.api.database.write("test", (session) =>
    session.execute(`UPDATE city SET profile = coalesce(profile, '') || '.' WHERE slug = 'york'`),
  );
}

/** Does the work, which must write nothing. */
async function writingNothing<T>(work: () => Promise<T>): Promise<T> {
  const traces = await stage.traces();
  const answer = await work();
  expect(await stage.traces()).toEqual(traces);
  return answer;
}

/** A mutation that the right key has done, under an idempotency key. */
interface Done {
  act: Act;
  mutation: Mutation;
  token: string;
  first: Answer;
}

/** Does it, and shows that it is done, in one revision. */
async function doOnce(mutation: Mutation): Promise<Done> {
  const { name } = mutation;
  const act = await Act.of(stage, mutation);
  const token = await act.token();
  if (mutation.hasTarget) act.input.ifRevision = await stage.revisionOf(act.targetId!);
  act.input.idempotencyKey = `first ${name} ${stage.number()}`;
  const before = await stage.revision();
  const first = await stage.ask(mutation, act.input, token);
  const found = { code: first.code, userErrors: first.done?.userErrors };
  const say = `scenes.ts must say more of ${name}: its input, or the state that the record must be in`;
  expect({ say, input: act.input, ...found }).toEqual({ say, input: act.input, code: undefined, userErrors: [] });
  // Keys are no records: they are not in the log.
  const minted = mutation.on === "ApiKey" ? 0 : 1;
  expect(BigInt(first.done.revision) - BigInt(before)).toBe(BigInt(minted));
  expect(await stage.revision()).toBe(first.done.revision);
  if (mutation.kind === "delete") expect(first.done).toMatchObject({ deletedId: act.targetId, referrers: [] });
  else expect(first.done.shown).not.toBeNull();
  if (mutation.kind === "update") expect(first.done.shown.id).toBe(act.targetId);
  return { act, mutation, token, first };
}

describe.each(EACH_MUTATION)("%s", (name, mutation) => {
  it("is refused again alike under the same idempotency key", async () => {
    const act = await Act.of(stage, mutation);
    const token = await act.token();
    const input = { ...act.refusedInput(), idempotencyKey: `refused ${name}` };
    const first = await stage.ask(mutation, input, token);
    expect(first.done?.userErrors).toHaveLength(1);
    await writeSomething();
    expect(await writingNothing(() => stage.ask(mutation, input, token))).toEqual(first);
  });

  it("is done by the right key, from the revision that it knows, and once for each idempotency key", async () => {
    const done = await doOnce(mutation);
    await answersAgainAlike(done);
    await doesNoOther(done);
    await isAnothersUnderAnotherKey(done);
    await isFreeADayLater(done);
  });
});

async function answersAgainAlike({ act, mutation, token, first }: Done): Promise<void> {
  await writeSomething();
  // What is selected is free: the answer is made anew.
  const isRecord = mutation.shows !== undefined && mutation.on !== "ApiKey";
  const again = await writingNothing(() => stage.ask(mutation, act.input, token, "id __typename"));
  const shown = isRecord ? { shown: { ...first.done.shown, __typename: mutation.shownType } } : {};
  expect(again.done).toEqual({ ...first.done, ...shown });
}

async function doesNoOther({ act, mutation, token }: Done): Promise<void> {
  const input = await act.otherInput();
  const { done } = await writingNothing(() => stage.ask(mutation, input, token));
  expect(done.userErrors).toEqual([
    { code: "IDEMPOTENCY_MISMATCH", message: expect.any(String), path: ["input", "idempotencyKey"] },
  ]);
  expect(done.shown ?? done.deletedId ?? null).toBeNull();
}

/** The same idempotency key of another API key. */
async function isAnothersUnderAnotherKey({ act, mutation, first }: Done): Promise<void> {
  await writeSomething();
  const newest = await stage.revision();
  const input = { ...act.input, ifRevision: undefined };
  const { code, done } = await stage.ask(mutation, input, await act.secondToken());
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

async function isFreeADayLater({ act, mutation, token }: Done): Promise<void> {
  now = BEGIN + DAY;
  const { code, done } = await stage.ask(mutation, await act.otherInput(), token);
  if (code === undefined)
    expect(done.userErrors.map((error: { code: string }) => error.code)).not.toContain("IDEMPOTENCY_MISMATCH");
  else expect(code).toBe("FORBIDDEN");
}

it("The same input is a new write a day later", async () => {
  const mutation = MUTATIONS.find(({ name }) => name === "createPublication")!;
  const act = await Act.of(stage, mutation);
  const ask = (): Promise<Answer> =>
    stage.ask(mutation, { ...act.input, idempotencyKey: "a day" }, stage.tokens.secretariat);
  const first = await ask();
  expect(first.done.userErrors).toEqual([]);
  now += DAY - 1;
  expect(await ask()).toEqual(first);
  now += 1;
  expect((await ask()).done.userErrors).toMatchObject([{ code: "NOT_UNIQUE", path: ["input", "slug"] }]);
});
