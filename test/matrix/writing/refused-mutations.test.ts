// Every mutation of the schema is refused to those who may not do it, or who know another revision, and then writes nothing.
import "reflect-metadata";
import { catalogue } from "../../../src/catalogue";
import { decodeId } from "../../../src/kernel/ids";
import { EVERY_PARTNER, RIGHTS } from "../../support/rights-document";
import { viewerAs } from "../../support/viewers";
import { audienceOf, isIn } from "../../support/who-sees";
import { MutationCase } from "../../support/writing/mutation-case";
import { EACH_MUTATION, MUTATIONS, WriteFixture, type Answer, type Party } from "../../support/writing/write-fixture";

let fixture: WriteFixture;
let rows: Record<string, string>;
let traces: object | undefined;
const mutationCases = new Map<string, MutationCase | Error>();
beforeAll(async () => {
  fixture = await WriteFixture.open();
  for (const mutation of MUTATIONS) {
    mutationCases.set(
      mutation.name,
      await MutationCase.of(fixture, mutation).catch((error: unknown) => error as Error),
    );
  }
  rows = await fixture.digests();
  traces = await fixture.traces();
}, 120_000);
afterEach(async () => {
  expect(await fixture.traces()).toEqual(traces);
});
afterAll(async () => {
  expect(await fixture.digests()).toEqual(rows);
  await fixture.close();
});

function actOf(name: string): MutationCase {
  const mutationCase = mutationCases.get(name);
  if (mutationCase instanceof MutationCase) return mutationCase;
  throw mutationCase ?? new Error(`${name} was not made ready`);
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
    const anonymous = await fixture.ask(mutation, input, null);
    expect(anonymous).toMatchObject({ code: "UNAUTHENTICATED", reason: "KEY_REQUIRED" });
    expect(anonymous.done ?? null).toBeNull();
    const reader = await fixture.ask(mutation, input, fixture.tokens.reader);
    expect(reader).toMatchObject({ code: "FORBIDDEN" });
    expect(reader.done ?? null).toBeNull();
  });

  it.each(EACH_MUTATION)("%s takes no key that is not good", async (name, mutation) => {
    const { input } = actOf(name);
    const bad = Object.entries(fixture.badKeys);
    const answers = await Promise.all(bad.map(([, header]) => fixture.ask(mutation, input, header)));
    expect(answers).toEqual(bad.map(([reason]) => ({ status: 401, code: "UNAUTHENTICATED", reason, done: undefined })));
  });

  it.each(EACH_MUTATION)("%s is not for the same role over another's record", async (name, mutation) => {
    const mutationCase = actOf(name);
    if (mutationCase.who === "anyone") {
      expect(RIGHTS[name]).toEqual([EVERY_PARTNER]);
      return;
    }
    const stranger = await mutationCase.stranger();
    const answer = await fixture.ask(mutation, mutationCase.input, stranger.token);
    expect(refusalOf(answer)).toBe((await hiddenIn(mutationCase, stranger)) ? "NOT_FOUND" : "FORBIDDEN");
  });
});

describe("From a revision that is no longer so", () => {
  it.each(EACH_MUTATION.filter(([, { hasTarget }]) => hasTarget))(
    "%s is a conflict, with the record as it is",
    async (name, mutation) => {
      const mutationCase = actOf(name);
      const input = { ...mutationCase.input, ifRevision: "1" };
      const { done } = await fixture.ask(mutation, input, await mutationCase.token());
      expect(done.userErrors).toEqual([
        { code: "CONFLICT", message: expect.stringContaining("look at it again"), path: ["input", "ifRevision"] },
      ]);
      expect(done.deletedId ?? null).toBeNull();
      // What a command answers with may be of another type than what it is done to.
      expect(done.shown?.id).toBe(mutation.shownType === mutation.on ? mutationCase.targetId : undefined);
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
async function hiddenIn(mutationCase: MutationCase, { role, uuid }: Party): Promise<boolean> {
  if (mutationCase.who === "secretariat") return false;
  for (const value of Object.values(mutationCase.input)) {
    const id = (value as { id?: unknown } | null)?.id;
    if (typeof id !== "string") continue;
    const type = catalogue.records.find(({ tag }) => tag === decodeId(id).tag)!;
    const row = await fixture.row(id);
    if (row !== undefined && !isIn(audienceOf(type, row), viewerAs(role, uuid))) return true;
  }
  return false;
}
