// Every mutation of the schema is refused to those who may not do it, or who know another revision, and then writes nothing.
import "reflect-metadata";
import { catalogue } from "../../../src/catalogue";
import { decodeId } from "../../../src/kernel/ids";
import { EVERY_PARTNER, RIGHTS } from "../../support/rights-document";
import { viewerAs } from "../../support/viewers";
import { audienceOf, isIn } from "../../support/who-sees";
import { Act } from "../../support/writing/act";
import { EACH_MUTATION, MUTATIONS, Stage, type Answer, type Party } from "../../support/writing/stage";

let stage: Stage;
let rows: Record<string, string>;
let traces: object | undefined;
const acts = new Map<string, Act | Error>();
beforeAll(async () => {
  stage = await Stage.open();
  for (const mutation of MUTATIONS) {
    acts.set(mutation.name, await Act.of(stage, mutation).catch((error: unknown) => error as Error));
  }
  rows = await stage.digests();
  traces = await stage.traces();
}, 120_000);
afterEach(async () => {
  expect(await stage.traces()).toEqual(traces);
});
afterAll(async () => {
  expect(await stage.digests()).toEqual(rows);
  await stage.close();
});

function actOf(name: string): Act {
  const act = acts.get(name);
  if (act instanceof Act) return act;
  throw act ?? new Error(`${name} was not made ready`);
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
  it.each(EACH_MUTATION)("%s needs one, and one that writes", async (name, mutation) => {
    const { input } = actOf(name);
    const anonymous = await stage.ask(mutation, input, null);
    expect(anonymous).toMatchObject({ code: "UNAUTHENTICATED", reason: "KEY_REQUIRED" });
    expect(anonymous.done ?? null).toBeNull();
    const reader = await stage.ask(mutation, input, stage.tokens.reader);
    expect(reader).toMatchObject({ code: "FORBIDDEN" });
    expect(reader.done ?? null).toBeNull();
  });

  it.each(EACH_MUTATION)("%s takes no key that is not good", async (name, mutation) => {
    const { input } = actOf(name);
    const bad = Object.entries(stage.badKeys);
    const answers = await Promise.all(bad.map(([, header]) => stage.ask(mutation, input, header)));
    expect(answers).toEqual(bad.map(([reason]) => ({ status: 401, code: "UNAUTHENTICATED", reason, done: undefined })));
  });

  it.each(EACH_MUTATION)("%s is not for the same role over another's record", async (name, mutation) => {
    const act = actOf(name);
    if (act.who === "anyone") {
      expect(RIGHTS[name]).toEqual([EVERY_PARTNER]);
      return;
    }
    const stranger = await act.stranger();
    const answer = await stage.ask(mutation, act.input, stranger.token);
    expect(refusalOf(answer)).toBe((await hiddenIn(act, stranger)) ? "NOT_FOUND" : "FORBIDDEN");
  });
});

describe("From a revision that is no longer so", () => {
  it.each(EACH_MUTATION.filter(([, { hasTarget }]) => hasTarget))(
    "%s is a conflict, with the record as it is",
    async (name, mutation) => {
      const act = actOf(name);
      const input = { ...act.input, ifRevision: "1" };
      const { done } = await stage.ask(mutation, input, await act.token());
      expect(done.userErrors).toEqual([
        { code: "CONFLICT", message: expect.stringContaining("look at it again"), path: ["input", "ifRevision"] },
      ]);
      expect(done.deletedId ?? null).toBeNull();
      // What a verb answers with may be of another type than what it is done to.
      expect(done.shown?.id).toBe(mutation.shownType === mutation.on ? act.targetId : undefined);
    },
  );
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
