// Goals, areas of action and fields beyond any small number: the last of forty counts like the first.
import { runToEnd } from "../../../../../src/collaboration/graph/computing/resumable";
import { Profiles } from "../../../../../src/collaboration/graph/suggestions/profiles";
import {
  questionOfCity,
  questionOfOffer,
  type Question,
} from "../../../../../src/collaboration/graph/suggestions/question";
import { Reasons } from "../../../../../src/collaboration/graph/suggestions/reasons";
import { suggest } from "../../../../../src/collaboration/graph/suggestions/suggest";
import { WEIGHTS } from "../../../../../src/collaboration/graph/suggestions/weights";
import { HandMadeGraph, TODAY } from "../hand-made-graph";

const TOPICS = 40;
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Each of forty cities has a field, a goal and an area that no other has; then come those that a test makes. */
function graphOfMany(): HandMadeGraph {
  const made = new HandMadeGraph();
  for (let topic = 0; topic < TOPICS; topic++) {
    made
      .city(`city ${topic}`, { fields: [`field ${topic}`] })
      .work(`work ${topic}`, [`city ${topic}`], { goals: [`goal ${topic}`], areas: [`AREA_${topic}`] });
  }
  return made;
}

function weightsOf(
  made: HandMadeGraph,
  asks: (profiles: Profiles) => Question,
): Record<string, Record<string, number>> {
  const profiles = runToEnd(Profiles.over(made.built, TODAY));
  const found = runToEnd(suggest(profiles, asks(profiles), 10));
  return Object.fromEntries(
    found.map(({ partner, reasons }) => [
      made.nameOf(partner),
      Object.fromEntries(reasons.map(({ kind, weight }) => [kind, weight])),
    ]),
  );
}

describe.each([0, 31, 32, 33, 39])("topic number %i", (topic) => {
  it("is a field that two share, and a filter", () => {
    const made = graphOfMany().city("a", { fields: [`field ${topic}`], country: "SN" });
    const asks = (profiles: Profiles): Question => questionOfCity(profiles, made.partner("a"), {});
    expect(weightsOf(made, asks)).toEqual({ [`city ${topic}`]: { SHARED_FIELD: WEIGHTS.SHARED_FIELD } });
    const filter = { creativeFields: [made.idOf(`field ${topic}`)] };
    const filtered = (profiles: Profiles): Question => questionOfCity(profiles, made.partner("city 5"), filter);
    expect(Object.keys(weightsOf(made, filtered)).sort()).toEqual(["a", `city ${topic}`].sort());
  });

  it("is a goal and an area that two share, by how rare they are", () => {
    const made = graphOfMany()
      .city("a", { fields: ["field of a"], country: "SN" })
      .work("of a", ["a"], { goals: [`goal ${topic}`], areas: [`AREA_${topic}`] });
    const asks = (profiles: Profiles): Question => questionOfCity(profiles, made.partner("a"), {});
    // Both have just this one.
    expect(weightsOf(made, asks)).toEqual({
      [`city ${topic}`]: { SHARED_GOALS: WEIGHTS.SHARED_GOALS, SHARED_AREAS: WEIGHTS.SHARED_AREAS },
    });
    const profiles = runToEnd(Profiles.over(made.built, TODAY));
    const question = asks(profiles);
    const [first] = runToEnd(suggest(profiles, question, 1)).map((found) => new Reasons(profiles, question).of(found));
    const evidence = Object.fromEntries((first?.reasons ?? []).map((reason) => [reason.kind, reason]));
    expect(evidence.SHARED_GOALS?.evidence.map((id) => made.nameOf(id))).toEqual([`goal ${topic}`]);
    expect(evidence.SHARED_AREAS?.areas).toEqual([`AREA_${topic}`]);
  });

  it("is a field that often meets another", () => {
    const made = graphOfMany()
      .city("a", { fields: ["field of a"], country: "SN" })
      .city("b", { fields: ["field of a"] });
    for (const time of [1, 2]) made.work(`met ${time}`, ["b", `city ${topic}`]);
    const asks = (profiles: Profiles): Question => questionOfCity(profiles, made.partner("a"), {});
    // All works with either have both.
    expect(weightsOf(made, asks)[`city ${topic}`]).toMatchObject({ COMPLEMENTARY_FIELD: WEIGHTS.COMPLEMENTARY_FIELD });
  });

  it("is what an opportunity wishes for", () => {
    const made = graphOfMany().city("poster", { fields: ["field of a"], country: "SN" });
    const offer = {
      seeking: [],
      creativeFields: [made.idOf(`field ${topic}`)],
      goals: [made.idOf(`goal ${topic}`), made.idOf("a goal of nobody")],
      areasOfAction: [`AREA_${topic}`],
    };
    const asks = (profiles: Profiles): Question =>
      questionOfOffer(profiles, made.partner("poster"), offer, {}, new Set());
    // What nobody works for is as rare as what one works for: half of what is wished is there.
    expect(weightsOf(made, asks)).toEqual({
      [`city ${topic}`]: {
        WISHED_FIELD: WEIGHTS.WISHED_FIELD,
        WISHED_GOALS: rounded(WEIGHTS.WISHED_GOALS * Math.sqrt(1 / 2)),
        WISHED_AREAS: WEIGHTS.WISHED_AREAS,
      },
    });
  });
});

it("gives no numbers to what is only asked for", () => {
  const made = graphOfMany();
  const { fields, goals, areas } = made.built.interests;
  const sizes = (): number[] => [fields.size, goals.size, areas.size];
  expect(sizes()).toEqual([TOPICS, TOPICS, TOPICS]);
  const profiles = runToEnd(Profiles.over(made.built, TODAY));
  const unknown = {
    creativeFields: [made.idOf("no field")],
    goals: [made.idOf("no goal")],
    areasOfAction: ["NO_AREA"],
  };
  const question = questionOfOffer(profiles, made.partner("city 0"), { seeking: [], ...unknown }, {}, new Set());
  expect(runToEnd(suggest(profiles, question, 10))).toEqual([]);
  const filter = { creativeFields: [made.idOf("no field")] };
  expect(runToEnd(suggest(profiles, questionOfCity(profiles, 0, filter), 10))).toEqual([]);
  expect(sizes()).toEqual([TOPICS, TOPICS, TOPICS]);
});
