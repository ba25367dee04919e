import "reflect-metadata";
import { refuseFragmentCycles } from "../../../src/http/fragment-cycles";

/** So many fragments, each of which spreads the ones that the function names. */
function documentOf(count: number, spreads: (i: number) => number[]): string {
  const fragments = Array.from(
    { length: count },
    (_, i) =>
      `fragment f${i} on Query { revision ${spreads(i)
        .map((to) => `...f${to}`)
        .join(" ")} }`,
  );
  return `{ ...f0 } ${fragments.join(" ")}`;
}

const refusal = { code: "QUERY_TOO_COMPLEX", reason: "FRAGMENT_CYCLE" };

it.each<[string, (i: number) => number[]]>([
  ["in one circle", (i) => [(i + 1) % 200]],
  ["in many", (i) => [(i + 1) % 200, (i + 2) % 200]],
  ["of one alone", (i) => (i === 199 ? [199] : [i + 1])],
])("refuses many fragments that spread themselves, %s", (_name, spreads) => {
  expect(() => {
    refuseFragmentCycles(documentOf(200, spreads));
  }).toThrow(expect.objectContaining(refusal));
});

it.each([
  ["a chain of many", documentOf(200, (i) => (i < 199 ? [i + 1] : []))],
  ["many that spread all later ones", documentOf(40, (i) => Array.from({ length: 39 - i }, (_, j) => i + j + 1))],
  ["a circle of few, of which validation tells", documentOf(5, (i) => [(i + 1) % 5])],
  ["fragments that are not there", documentOf(30, () => [99])],
  ["what is no document", "fragment ".repeat(30)],
  ["a text of that word", `{ search(query: "${"fragment ".repeat(30)}") { totalCount } }`],
])("lets %s pass", (_name, document) => {
  expect(() => {
    refuseFragmentCycles(document);
  }).not.toThrow();
});
