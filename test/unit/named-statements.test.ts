// Which statements a session keeps: those that come again, the last used ones.
import { NamedStatements } from "../../src/database/embedded/named-statements";

/** Lets a text come, and parses it where it is not kept. @returns its name, and which name had to be closed for it */
function come(statements: NamedStatements, text: string): { name: string; closed?: string } {
  const found = statements.find(text);
  if (found !== undefined) return { name: found.name };
  const name = statements.nameFor(text);
  if (name === "") return { name };
  const closed = statements.keep(text, { name, parameters: [], columns: [] });
  return closed === undefined ? { name } : { name, closed };
}

it("keeps a text from its second time on", () => {
  const statements = new NamedStatements(2);
  expect(["a", "b", "a", "a"].map((text) => come(statements, text).name)).toEqual(["", "", "s1", "s1"]);
});

it("closes the one that was not used for the longest time", () => {
  const statements = new NamedStatements(2);
  for (const text of ["a", "a", "b", "b"]) come(statements, text);
  come(statements, "a");
  come(statements, "c");
  expect(come(statements, "c")).toEqual({ name: "s3", closed: "s2" });
  expect(come(statements, "a")).toEqual({ name: "s1" });
  expect(come(statements, "b").name).toBe("");
});

it("remembers only so many texts that came once", () => {
  const statements = new NamedStatements(2);
  for (const text of ["a", "b", "c", "a"]) expect(come(statements, text).name).toBe("");
});

it("never gives a name twice, also when it forgot all", () => {
  const statements = new NamedStatements(2);
  for (const text of ["a", "a", "b", "b"]) come(statements, text);
  expect(statements.forgetAll()).toEqual(["s1", "s2"]);
  expect(["a", "a"].map((text) => come(statements, text).name)).toEqual(["", "s3"]);
});
