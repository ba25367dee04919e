// Every mutation of the schema: refused to those who may not, then done by the right key, once for each idempotency key. The
// tests go in order: what a mutation is done to is made once, and first nothing of it is to be written.
import "reflect-metadata";
import { EVERY_PARTNER, RIGHTS } from "../../support/rights-document";
import { catalogue } from "../../../src/catalogue";
import { decodeId } from "../../../src/kernel/ids";
import { viewerAs } from "../../support/viewers";
import { audienceOf, isIn } from "../../support/who-sees";
import { Act } from "../../support/writing/act";
import { EACH_MUTATION, MUTATIONS, Stage, type Answer, type Party } from "../../support/writing/stage";

const BEGIN = Date.parse("2026-11-20T12:00:00Z");
const ASKED = EACH_MUTATION;

const DAY = 24 * 60 * 60 * 1_000;

let now = BEGIN;
let stage: Stage;
let before: Record<string, string>;
let tracesBefore: object | undefined;
const acts = new Map<string, Act | Error>();
const firsts = new Map<string, Answer>();
beforeAll(async () => {
  stage = await Stage.open({ clock: () => new Date(now) });
  for (const mutation of MUTATIONS) {
    acts.set(mutation.name, await Act.of(stage, mutation).catch((error: unknown) => error as Error));
  }
  before = await stage.digests();
  tracesBefore = await stage.traces();
}, 120_000);
afterAll(() => stage.close());

function actOf(name: string): Act {
  const act = acts.get(name);
  if (act instanceof Act) return act;
  throw act ?? new Error(`${name} was not made ready`);
}

/** Does what is to write nothing, and proves that nothing was written until now. */
async function nothingWritten<T>(work: () => Promise<T>): Promise<T> {
  const answer = await work();
  expect(await stage.traces()).toEqual(tracesBefore);
  return answer;
}

describe("The mutations of the schema", () => {
  it("are those of the table of rights, all of them and no other", () => {
    expect(MUTATIONS.map(({ name }) => name).sort()).toEqual(Object.keys(RIGHTS).sort());
  });

  it.each(EACH_MUTATION)("say for whom they are: %s", (name, { description }) => {
    expect(description).toMatch(/^[A-Z].*\. For the Secretariat(, or .+)*\.$/);
    const holders = ["the Secretariat", ...(RIGHTS[name] ?? [])].join(", or ");
    expect(description.endsWith(`. For ${holders}.`)).toBe(true);
  });
});

describe("Without the right key", () => {
  it.each(ASKED)("%s needs one, and one that writes", async (name, mutation) => {
    const { input } = actOf(name);
    const anonymous = await nothingWritten(() => stage.ask(mutation, input, null));
    expect(anonymous).toMatchObject({ code: "UNAUTHENTICATED", reason: "KEY_REQUIRED" });
    expect(anonymous.done ?? null).toBeNull();
    const reader = await nothingWritten(() => stage.ask(mutation, input, stage.tokens.reader));
    expect(reader).toMatchObject({ code: "FORBIDDEN" });
    expect(reader.done ?? null).toBeNull();
  });

  it.each(ASKED)("%s takes no key that is not good", async (name, mutation) => {
    const { input } = actOf(name);
    const bad = Object.entries(stage.badKeys);
    const answers = await nothingWritten(() =>
      Promise.all(bad.map(([, header]) => stage.ask(mutation, input, header))),
    );
    expect(answers).toEqual(bad.map(([reason]) => ({ status: 401, code: "UNAUTHENTICATED", reason, done: undefined })));
  });

  it.each(ASKED)("%s is not for the same role over another's record", async (name, mutation) => {
    const act = actOf(name);
    if (act.who === "anyone") {
      expect(RIGHTS[name]).toEqual([EVERY_PARTNER]);
      return;
    }
    const stranger = await act.stranger();
    const answer = await nothingWritten(() => stage.ask(mutation, act.input, stranger.token));
    expect(refusalOf(answer)).toBe((await hiddenIn(act, stranger)) ? "NOT_FOUND" : "FORBIDDEN");
  });
});

/** The code of a refusal, as an error or as data. */
function refusalOf({ code, done }: Answer): string {
  if (code !== undefined) return code;
  expect(done.shown ?? done.deletedId ?? null).toBeNull();
  expect(done.userErrors).toHaveLength(1);
  return done.userErrors[0].code as string;
}

/** Whether the input names a record that a caller does not see. A caller that may never do it learns nothing else. */
async function hiddenIn(act: Act, { role, uuid }: Party): Promise<boolean> {
  if (act.who === "secretariat") return false;
  for (const value of Object.values(act.input)) {
    const id = (value as { id?: unknown } | null)?.id;
    if (typeof id !== "string") continue;
    const type = catalogue.records.find(({ tag }) => tag === decodeId(id).tag)!;
    const row = await stage.row(id);
    if (row !== undefined && !isIn(audienceOf(type, row), viewerAs(role, uuid))) return true;
  }
  return false;
}

describe("From a revision that is no longer so", () => {
  it.each(ASKED.filter(([, { hasTarget }]) => hasTarget))(
    "%s is a conflict, with the record as it is",
    async (name, mutation) => {
      const act = actOf(name);
      const input = { ...act.input, ifRevision: "1" };
      const { done } = await nothingWritten(async () => stage.ask(mutation, input, await act.token()));
      expect(done.userErrors).toEqual([
        { code: "CONFLICT", message: expect.stringContaining("look at it again"), path: ["input", "ifRevision"] },
      ]);
      expect(done.deletedId ?? null).toBeNull();
      // What a verb answers with may be of another type than what it is done to.
      expect(done.shown?.id).toBe(mutation.shownType === mutation.on ? act.targetId : undefined);
    },
  );
});

it("All rows are as they were before anybody asked", async () => {
  expect(await stage.digests()).toEqual(before);
});

/** A write in between, so that the newest revision is not that of an earlier answer. */
async function writeSomething(): Promise<void> {
  await stage.api.database.write("test", (session) =>
    session.execute(`UPDATE city SET profile = coalesce(profile, '') || '.' WHERE slug = 'york'`),
  );
}

describe("A refusal under an idempotency key", () => {
  it.each(ASKED)("is given again alike: %s", async (name, mutation) => {
    const act = actOf(name);
    const token = await act.token();
    const input = { ...act.refusedInput(), idempotencyKey: `refused ${name}` };
    const first = await stage.ask(mutation, input, token);
    expect(first.done?.userErrors).toHaveLength(1);
    await writeSomething();
    const traces = await stage.traces();
    expect(await stage.ask(mutation, input, token)).toEqual(first);
    expect(await stage.traces()).toEqual(traces);
  });
});

describe("The right key", () => {
  it.each(ASKED)("does %s, from the revision that it knows", async (name, mutation) => {
    const act = actOf(name);
    const token = await act.token();
    if (mutation.hasTarget) act.input.ifRevision = await stage.revisionOf(act.targetId!);
    act.input.idempotencyKey = `first ${name}`;
    const before = await stage.revision();
    const answer = await stage.ask(mutation, act.input, token);
    const found = { code: answer.code, userErrors: answer.done?.userErrors };
    const say = `scenes.ts must say more of ${name}: its input, or the state that the record must be in`;
    expect({ say, input: act.input, ...found }).toEqual({ say, input: act.input, code: undefined, userErrors: [] });
    // Keys are no records: they are not in the log.
    const minted = mutation.on === "ApiKey" ? 0 : 1;
    expect(BigInt(answer.done.revision) - BigInt(before)).toBe(BigInt(minted));
    expect(await stage.revision()).toBe(answer.done.revision);
    if (mutation.kind === "delete") expect(answer.done).toMatchObject({ deletedId: act.targetId, referrers: [] });
    else expect(answer.done.shown).not.toBeNull();
    if (mutation.kind === "update") expect(answer.done.shown.id).toBe(act.targetId);
    firsts.set(name, answer);
  });
});

describe("An idempotency key", () => {
  it.each(ASKED)("answers %s again alike, and writes nothing again", async (name, mutation) => {
    const act = actOf(name);
    await writeSomething();
    const traces = await stage.traces();
    // What is selected is free: the answer is made anew.
    const isRecord = mutation.shows !== undefined && mutation.on !== "ApiKey";
    const again = await stage.ask(mutation, act.input, await act.token(), "id __typename");
    const first = firsts.get(name)?.done;
    const shown = isRecord ? { shown: { ...first.shown, __typename: mutation.shownType } } : {};
    expect(again.done).toEqual({ ...first, ...shown });
    expect(await stage.traces()).toEqual(traces);
  });

  it.each(ASKED)("does not do another %s", async (name, mutation) => {
    const act = actOf(name);
    const traces = await stage.traces();
    const { done } = await stage.ask(mutation, await act.otherInput(), await act.token());
    expect(done.userErrors).toEqual([
      { code: "IDEMPOTENCY_MISMATCH", message: expect.any(String), path: ["input", "idempotencyKey"] },
    ]);
    expect(done.shown ?? done.deletedId ?? null).toBeNull();
    expect(await stage.traces()).toEqual(traces);
  });

  it.each(ASKED)("of another API key is another's: %s", async (name, mutation) => {
    const act = actOf(name);
    const first = firsts.get(name)!.done;
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
    expect(done.revision).not.toBe(first.revision);
    if (mutation.kind === "create" && done.userErrors.length === 0) expect(done.shown.id).not.toBe(first.shown.id);
    if (mutation.kind === "delete") expect(done.userErrors[0].code).toBe("NOT_FOUND");
  });
});

describe("A day later", () => {
  it.each(ASKED)("the key is free for another %s", async (name, mutation) => {
    now = BEGIN + DAY;
    const act = actOf(name);
    const { code, done } = await stage.ask(mutation, await act.otherInput(), await act.token());
    if (code === undefined)
      expect(done.userErrors.map((error: { code: string }) => error.code)).not.toContain("IDEMPOTENCY_MISMATCH");
    else expect(code).toBe("FORBIDDEN");
  });

  it("the same input is a new write", async () => {
    const mutation = MUTATIONS.find(({ name }) => name === "createPublication")!;
    const act = await Act.of(stage, mutation);
    const ask = (): Promise<Answer> =>
      stage.ask(mutation, { ...act.input, idempotencyKey: "a day" }, stage.tokens.secretariat);
    now = BEGIN + 2 * DAY;
    const first = await ask();
    expect(first.done.userErrors).toEqual([]);
    now += DAY - 1;
    expect(await ask()).toEqual(first);
    now += 1;
    expect((await ask()).done.userErrors).toMatchObject([{ code: "NOT_UNIQUE", path: ["input", "slug"] }]);
  });
});
