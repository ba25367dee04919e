// Whom suggestions name, in which order, and what their scores are made of.
import { runToEnd } from "../../../../../src/collaboration/graph/computing/resumable";
import { Profiles } from "../../../../../src/collaboration/graph/suggestions/profiles";
import {
  questionOfCity,
  questionOfOffer,
  type Offer,
  type SuggestionFilterValues,
} from "../../../../../src/collaboration/graph/suggestions/question";
import { Reasons } from "../../../../../src/collaboration/graph/suggestions/reasons";
import { suggest, type Suggestion } from "../../../../../src/collaboration/graph/suggestions/suggest";
import { REASON_KINDS, WEIGHTS } from "../../../../../src/collaboration/graph/suggestions/weights";
import { HandMadeGraph, TODAY } from "../hand-made-graph";

function suggestionsTo(graph: HandMadeGraph, city: string, filter: SuggestionFilterValues = {}): Suggestion[] {
  const profiles = runToEnd(Profiles.over(graph.built, TODAY));
  return runToEnd(suggest(profiles, questionOfCity(profiles, graph.partner(city), filter), 10));
}

const namesOf = (graph: HandMadeGraph, suggestions: readonly Suggestion[]): string[] =>
  suggestions.map(({ partner }) => graph.nameOf(partner));

function weightsOf(graph: HandMadeGraph, suggestions: readonly Suggestion[], name: string): Record<string, number> {
  const found = suggestions.find(({ partner }) => graph.nameOf(partner) === name);
  return Object.fromEntries((found?.reasons ?? []).map(({ kind, weight }) => [kind, weight]));
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

describe("partners in common", () => {
  // a worked with m and n, both of whom worked with z: m with three cities, n with two.
  const graph = new HandMadeGraph()
    .city("a", { fields: ["film"] })
    .city("m", { fields: ["music"] })
    .city("n", { fields: ["design"] })
    .city("z", { country: "SN", fields: ["gastronomy"] })
    .city("y", { country: "SN", fields: ["gastronomy"] })
    .work("am", ["a", "m"])
    .work("an", ["a", "n"])
    .work("mz", ["m", "z"])
    .work("my", ["m", "y"])
    .work("nz", ["n", "z"])
    .work("nz again", ["n", "z"]);

  it("count by one through the logarithm of how many partners each has, once however often they met", () => {
    const found = suggestionsTo(graph, "a");
    expect(namesOf(graph, found)).toEqual(["z", "y"]);
    const sum = 1 / Math.log(3) + 1 / Math.log(2);
    expect(weightsOf(graph, found, "z").COMMON_PARTNERS).toBe(rounded(WEIGHTS.COMMON_PARTNERS * Math.log1p(sum)));
    const ofY = WEIGHTS.COMMON_PARTNERS * Math.log1p(1 / Math.log(3));
    expect(weightsOf(graph, found, "y").COMMON_PARTNERS).toBe(rounded(ofY));
  });

  it("stand in the evidence, the one with the fewest partners first", () => {
    const profiles = runToEnd(Profiles.over(graph.built, TODAY));
    const question = questionOfCity(profiles, graph.partner("a"), {});
    const [z] = runToEnd(suggest(profiles, question, 1)).map((found) => new Reasons(profiles, question).of(found));
    const common = z?.reasons.find(({ kind }) => kind === "COMMON_PARTNERS");
    expect(common?.evidence.map((id) => graph.nameOf(id))).toEqual(["n", "m"]);
    expect(common?.count).toBe(2);
  });

  it("do not come from what more than fifty share", () => {
    const crowd = Array.from({ length: 49 }, (_, i) => `crowd ${i}`);
    const crowded = new HandMadeGraph().city("a").city("z", { fields: ["film"] });
    for (const name of crowd) crowded.of(name, "Organization");
    crowded.work("of fifty-one", ["a", "z", ...crowd]);
    // Nobody worked together there, so z may be suggested; but nothing speaks for it.
    expect(suggestionsTo(crowded, "a")).toEqual([]);
    const fifty = new HandMadeGraph()
      .city("a")
      .city("b")
      .city("z", { fields: ["film"] });
    for (const name of crowd.slice(1)) fifty.of(name, "Organization");
    fifty.work("of fifty", ["b", "z", ...crowd.slice(1)]).work("ab", ["a", "b"]);
    expect(namesOf(fifty, suggestionsTo(fifty, "a"))).toEqual(["z"]);
  });
});

describe("whom suggestions name", () => {
  it.each(["PROJECT", "PRACTICE", "EXPERT_MISSION", "MEETING"] as const)(
    "is nobody who shares a %s already",
    (kind) => {
      const graph = new HandMadeGraph().city("a").city("b").city("c").work("shared", ["a", "b"], { kind });
      expect(namesOf(graph, suggestionsTo(graph, "a"))).toEqual(["c"]);
      expect(namesOf(graph, suggestionsTo(graph, "a", { includeExisting: true }))).toEqual(["b", "c"]);
    },
  );

  it("may be in the same network already, which is a reason", () => {
    const graph = new HandMadeGraph()
      .city("a")
      .city("b", { fields: ["film"], country: "BR" })
      .of("net", "Network")
      .work("net", ["net", "a", "b"], { kind: "NETWORK" });
    const found = suggestionsTo(graph, "a");
    expect(namesOf(graph, found)).toEqual(["b"]);
    expect(weightsOf(graph, found, "b")).toEqual({
      SHARED_NETWORK: rounded(WEIGHTS.SHARED_NETWORK / Math.log(3)),
      UNDERSERVED_REGION: WEIGHTS.UNDERSERVED_REGION,
    });
  });

  it("is no city that is no member today, no network and no organization", () => {
    const graph = new HandMadeGraph()
      .city("a")
      .city("hub")
      .city("never a member", { fields: [] })
      .of("an organization", "Organization", "PL")
      .of("a network", "Network")
      .work("one", ["a", "hub"])
      .work("two", ["hub", "never a member", "an organization", "a network"]);
    expect(suggestionsTo(graph, "a")).toEqual([]);
  });

  it("is nobody for whom nothing speaks but region, experience and being underserved, unless such are asked for", () => {
    const graph = new HandMadeGraph()
      .city("a", { country: "SN", fields: ["film"] })
      .city("b", { country: "SN", fields: ["music"] })
      .city("c", { country: "SN", fields: ["design"] })
      .work("bc", ["b", "c"]);
    expect(suggestionsTo(graph, "a")).toEqual([]);
    expect(namesOf(graph, suggestionsTo(graph, "a", { creativeFields: [graph.idOf("music")] }))).toEqual(["b"]);
  });

  it("comes in the order of ids where the scores are equal", () => {
    const graph = new HandMadeGraph();
    graph.idOf("first");
    graph.idOf("second");
    graph.city("a").city("second").city("first");
    expect(namesOf(graph, suggestionsTo(graph, "a"))).toEqual(["first", "second"]);
  });

  it("follows the filter", () => {
    const graph = new HandMadeGraph()
      .city("a", { fields: ["film", "music"] })
      .city("pl", { fields: ["film"] })
      .city("sn", { country: "SN", fields: ["music"] })
      .city("br", { country: "BR", fields: ["film", "music"] });
    const named = (filter: SuggestionFilterValues): string[] =>
      namesOf(graph, suggestionsTo(graph, "a", filter)).sort();
    expect(named({})).toEqual(["br", "pl", "sn"]);
    expect(named({ creativeFields: [graph.idOf("music")] })).toEqual(["br", "sn"]);
    expect(named({ countries: ["PL", "SN"] })).toEqual(["pl", "sn"]);
    expect(named({ regions: ["AFRICA"] })).toEqual(["sn"]);
    expect(named({ globalSouth: true })).toEqual(["br", "sn"]);
    expect(named({ globalSouth: false })).toEqual(["pl"]);
    expect(named({ countries: [] })).toEqual([]);
    expect(named({ creativeFields: [] })).toEqual([]);
  });
});

describe("a score", () => {
  const graph = new HandMadeGraph()
    .city("a", { country: "SN" })
    .city("m", { fields: ["design"] })
    .city("z", { country: "SN" })
    .city("x", { country: "BR", fields: ["film"] })
    .work("am", ["a", "m"], { since: "2026-01-01", goals: ["4", "11"], areas: ["EXPERIENCE_SHARING"] })
    .work("mz", ["m", "z"], {
      since: "2021-01-01",
      goals: ["4"],
      areas: ["EXPERIENCE_SHARING", "POLICIES_AND_MEASURES"],
    });

  it("is the sum of the weights of its reasons, which come with the greatest first", () => {
    const [z] = suggestionsTo(graph, "a");
    const weights = (z?.reasons ?? []).map(({ weight }) => weight);
    expect(z?.reasons.map(({ kind }) => kind).sort()).toEqual([
      "COMMON_PARTNERS",
      "EXPERIENCE",
      "SHARED_AREAS",
      "SHARED_FIELD",
      "SHARED_GOALS",
      "SHARED_REGION",
      "UNDERSERVED_REGION",
    ]);
    expect(z?.score).toBeCloseTo(
      weights.reduce((sum, weight) => sum + weight, 0),
      6,
    );
    expect(weights).toEqual([...weights].sort((one, other) => other - one));
  });

  it("counts goals and areas by what both have of what either has, and works by how old they are", () => {
    const weights = weightsOf(graph, suggestionsTo(graph, "a"), "z");
    // Goal 4 has three cities, a, m and z; goal 11 two, a and m.
    const [four, eleven] = [1 / Math.log(4), 1 / Math.log(3)];
    expect(weights.SHARED_GOALS).toBe(rounded(WEIGHTS.SHARED_GOALS * (four / Math.sqrt((four + eleven) * four))));
    // Of one work that began five years ago, half counts.
    expect(weights.EXPERIENCE).toBe(rounded(WEIGHTS.EXPERIENCE * Math.log(1.5)));
    expect(weights.UNDERSERVED_REGION).toBe(rounded(WEIGHTS.UNDERSERVED_REGION / (1 + Math.log(2))));
  });

  it("knows fields that often work together from the works themselves, and not from one alone", () => {
    const fields = (times: number): HandMadeGraph => {
      const made = new HandMadeGraph()
        .city("a", { fields: ["film"] })
        .city("b", { country: "BR", fields: ["music"] })
        .city("c", { fields: ["film"] })
        .city("d", { fields: ["music"] })
        .work("films", ["c", "one more"]);
      for (let i = 0; i < times; i++) made.work(`together ${i}`, ["c", "d"]);
      return made;
    };
    expect(weightsOf(fields(1), suggestionsTo(fields(1), "a"), "b")).toEqual({});
    // Two works have both, three have film and two have music.
    expect(weightsOf(fields(2), suggestionsTo(fields(2), "a"), "b").COMPLEMENTARY_FIELD).toBe(
      rounded((WEIGHTS.COMPLEMENTARY_FIELD * 2) / Math.sqrt(3 * 2)),
    );
  });

  it("is a matter of named weights, none of them negative", () => {
    expect(Object.keys(WEIGHTS).sort()).toEqual([...REASON_KINDS].sort());
    expect(Object.values(WEIGHTS).every((weight) => weight > 0)).toBe(true);
  });
});

describe("an opportunity", () => {
  const graph = new HandMadeGraph()
    .city("poster", { fields: ["film"] })
    .city("filmmakers", { fields: ["film"], country: "BR" })
    .city("musicians", { fields: ["music"], country: "BR" })
    .city("answered", { fields: ["music"], country: "BR" })
    .of("orchestra", "Organization", "BR")
    .city("friend", { fields: ["design"] })
    .work("poster and friend", ["poster", "friend"])
    .work("friend and orchestra", ["friend", "orchestra"]);
  const matches = (offer: Partial<Offer>): Suggestion[] => {
    const profiles = runToEnd(Profiles.over(graph.built, TODAY));
    const whole: Offer = { seeking: [], creativeFields: [], goals: [], areasOfAction: [], ...offer };
    const leftOut = new Set([graph.partner("answered")]);
    return runToEnd(suggest(profiles, questionOfOffer(profiles, graph.partner("poster"), whole, {}, leftOut), 10));
  };

  it("is for those that fit what it wishes for, not what its poster is", () => {
    const found = matches({ creativeFields: [graph.idOf("music")] });
    expect(namesOf(graph, found)).toEqual(["musicians"]);
    expect(weightsOf(graph, found, "musicians").WISHED_FIELD).toBe(WEIGHTS.WISHED_FIELD);
  });

  it("is for those that fit its poster where it says nothing", () => {
    const found = matches({});
    expect(namesOf(graph, found)).toEqual(["filmmakers"]);
    expect(weightsOf(graph, found, "filmmakers").SHARED_FIELD).toBe(WEIGHTS.SHARED_FIELD);
  });

  it("is for organizations where it seeks them, and for cities only where it seeks anything that they have", () => {
    expect(namesOf(graph, matches({ seeking: ["PARTNER_ORGANIZATIONS"] }))).toEqual(["orchestra"]);
    expect(namesOf(graph, matches({ seeking: ["PARTNER_ORGANIZATIONS", "VENUES"] })).sort()).toEqual([
      "filmmakers",
      "orchestra",
    ]);
    expect(matches({ seeking: ["PARTNER_NETWORKS"] })).toEqual([]);
  });
});
