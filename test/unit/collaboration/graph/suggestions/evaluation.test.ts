// What an evaluation hides, what it asks, and what it answers.
import { evaluate } from "../../../../../src/collaboration/graph/suggestions/evaluation";
import { runToEnd } from "../../../../../src/collaboration/graph/computing/resumable";
import { GraphBefore } from "../../../../../src/collaboration/graph/suggestions/graph-before";
import {
  newestProjects,
  type NewestProjects,
} from "../../../../../src/collaboration/graph/suggestions/newest-projects";
import { Profiles } from "../../../../../src/collaboration/graph/suggestions/profiles";
import { partnersOf } from "../../../../../src/collaboration/graph/suggestions/walk";
import { HandMadeGraph, TODAY } from "../hand-made-graph";

// b and c worked with hub, which worked with a: the newest project brings a, b and c together, who share nothing else. The busy one
// has more partners than they.
function graph(): HandMadeGraph {
  return new HandMadeGraph()
    .city("a", { fields: ["film"] })
    .city("b", { fields: ["music"], country: "SN" })
    .city("c", { fields: ["design"], country: "BR" })
    .city("hub", { fields: ["gastronomy"] })
    .city("elsewhere", { fields: ["literature"], country: "JP" })
    .city("busy", { fields: ["literature"], country: "JP" })
    .work("of organizations", ["busy", "one", "two", "three"], { since: "1990-01-01" })
    .work("1", ["a", "hub"], { since: "2010-01-01" })
    .work("2", ["b", "hub"], { since: "2011-01-01" })
    .work("3", ["c", "hub"], { since: "2012-01-01" })
    .work("undated", ["c", "hub"])
    .work("of one city", ["a"], { since: "2022-01-01", goals: ["4"] })
    .work("newest", ["a", "b", "c"], { since: "2020-01-01", goals: ["11"] })
    .work("later practice", ["a", "b"], { since: "2021-01-01", kind: "PRACTICE" });
}

function newestOf(made: HandMadeGraph): NewestProjects {
  const newest = runToEnd(newestProjects(new GraphBefore(made.built, Infinity)));
  if (newest === undefined) throw new Error("there are no projects");
  return newest;
}

const hiddenIn = (made: HandMadeGraph): string[][] =>
  newestOf(made).projects.map(({ cities }) => cities.map((city) => made.nameOf(city)));

describe("hiding the newest projects", () => {
  /** How many shared each record before the newest projects began. */
  const sharersOf = (made: HandMadeGraph, names: readonly string[]): number[] => {
    const past = new GraphBefore(made.built, newestOf(made).begin);
    return names.map((name) => past.sizeOf(made.built.records.find(made.idOf(name))));
  };

  it("hides the newest fifth whole, with what they were about, and what else began since", () => {
    const made = graph();
    expect(hiddenIn(made)).toEqual([["a", "b", "c"]]);
    const names = ["newest", "later practice", "of one city", "1", "2", "3", "undated"];
    expect(sharersOf(made, names)).toEqual([0, 0, 0, 2, 2, 2, 2]);
    const [a, now, before] = [made.partner("a"), undefined, newestOf(made).begin];
    const goalsOfA = [now, before].map((day) => runToEnd(Profiles.over(made.built, TODAY, day)).goals.of(a).length);
    expect(goalsOfA).toEqual([2, 0]);
  });

  it("hides who came later to an older work, and all that follows from it", () => {
    const made = graph().work("1", ["elsewhere", "late"], { since: "2021-01-01", goals: ["4"] });
    const [late, hub] = [made.partner("late"), made.partner("hub")];
    expect(sharersOf(made, ["1"])).toEqual([2]);
    const profiles = runToEnd(Profiles.over(made.built, TODAY, newestOf(made).begin));
    expect([profiles.works[late], profiles.goals.of(late)]).toEqual([0, []]);
    expect(partnersOf(profiles, late)).toEqual([]);
    expect(partnersOf(profiles, hub).map((partner) => made.nameOf(partner))).toEqual(["a", "b", "c"]);
  });

  it("hides all projects of one day or none, so that ids decide nothing", () => {
    const made = graph()
      .work("of the same day", ["elsewhere", "busy"], { since: "2020-01-01" })
      .work("another", ["elsewhere", "hub"], { since: "2012-01-01" });
    expect(hiddenIn(made)).toHaveLength(2);
    expect(sharersOf(made, ["of the same day", "3", "another"])).toEqual([0, 2, 2]);
  });

  it("leaves the graph as it is", () => {
    const made = graph();
    const { size } = made.built.affiliations;
    const first = runToEnd(evaluate(made.built, TODAY));
    expect(runToEnd(evaluate(made.built, TODAY))).toEqual(first);
    expect(made.built.affiliations.size).toBe(size);
  });
});

describe("an evaluation", () => {
  it("asks each city of a hidden project for the others, and counts by where the first of them stands", () => {
    const evaluation = runToEnd(evaluate(graph().built, TODAY));
    expect(evaluation).toMatchObject({ hiddenProjects: 1, questions: 3 });
    const [own, mostConnected, commonNeighbours] = evaluation.rows;
    // The two others have a partner in common with whoever asks, which the busy one and elsewhere have not.
    expect(own).toEqual({ model: "SUGGESTIONS", hitRateAt10: 1, meanReciprocalRank: 1 });
    expect(commonNeighbours).toEqual({ model: "COMMON_NEIGHBOURS", hitRateAt10: 1, meanReciprocalRank: 1 });
    expect(mostConnected).toEqual({ model: "MOST_CONNECTED", hitRateAt10: 1, meanReciprocalRank: 1 / 2 });
  });

  it("gives the same figures each time", () => {
    expect(runToEnd(evaluate(graph().built, TODAY))).toEqual(runToEnd(evaluate(graph().built, TODAY)));
  });

  it("has no figures where there is nothing to ask", () => {
    const nothing = (hiddenProjects: number): object => ({
      hiddenProjects,
      questions: 0,
      rows: ["SUGGESTIONS", "MOST_CONNECTED", "COMMON_NEIGHBOURS"].map((model) => ({
        model,
        hitRateAt10: null,
        meanReciprocalRank: null,
      })),
    });
    expect(runToEnd(evaluate(new HandMadeGraph().city("a").built, TODAY))).toEqual(nothing(0));
    // Both worked together before: nobody new could be found.
    const again = new HandMadeGraph()
      .city("a")
      .city("b")
      .work("first", ["a", "b"], { since: "2010-01-01" })
      .work("second", ["a", "b"], { since: "2020-01-01" });
    expect(runToEnd(evaluate(again.built, TODAY))).toEqual(nothing(1));
  });
});
