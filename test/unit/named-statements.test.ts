// Which statements a session keeps: those that come again, the last used ones.
import { NamedStatements, RecurringTexts } from "../../src/database/named-statements";

class Session {
  private readonly kept = new NamedStatements<{ name: string }>(2);

  constructor(private readonly texts: RecurringTexts) {}

  /** Lets a text come, and parses it where it is not kept. @returns its name, and which name had to be closed for it */
  come(text: string): { name: string; closed?: string } {
    const found = this.kept.find(text);
    if (found !== undefined) return { name: found.name };
    const name = this.texts.nameFor(text);
    if (name === "") return { name };
    const closed = this.kept.keep(text, { name });
    return closed === undefined ? { name } : { name, closed };
  }

  forgetAll(): string[] {
    return this.kept.forgetAll();
  }
}

const sessionOf = (rememberedAtMost: number): Session => new Session(new RecurringTexts(rememberedAtMost));

it("keeps a text from its second time on", () => {
  const session = sessionOf(10);
  expect(["a", "b", "a", "a"].map((text) => session.come(text).name)).toEqual(["", "", "s1", "s1"]);
});

it("closes the one that was not used for the longest time", () => {
  const session = sessionOf(10);
  for (const text of ["a", "a", "b", "b"]) session.come(text);
  session.come("a");
  session.come("c");
  expect(session.come("c")).toEqual({ name: "s3", closed: "s2" });
  expect(session.come("a")).toEqual({ name: "s1" });
  // It came before, and gets a name that none had.
  expect(session.come("b")).toEqual({ name: "s4", closed: "s3" });
});

it("remembers only so many texts that came", () => {
  const session = sessionOf(2);
  for (const text of ["a", "b", "c", "a"]) expect(session.come(text).name).toBe("");
});

it("never gives a name twice, also when it forgot all", () => {
  const session = sessionOf(10);
  for (const text of ["a", "a", "b", "b"]) session.come(text);
  expect(session.forgetAll().sort()).toEqual(["s1", "s2"]);
  expect(session.come("a").name).toBe("s3");
});

it("lets a session prepare at once what another one had again", () => {
  const texts = new RecurringTexts(10);
  const [one, other] = [new Session(texts), new Session(texts)];
  expect([one.come("a").name, other.come("a").name, one.come("a").name]).toEqual(["", "s1", "s2"]);
});
