// How well suggestions would have foretold the newest projects, beside two models that anybody could think of.
import type { AffiliationGraph } from "../affiliation-graph";
import { eachBelow, type Resumable } from "../computing/resumable";
import { GraphBefore } from "./graph-before";
import { newestProjects, type NewestProjects } from "./newest-projects";
import { Profiles } from "./profiles";
import { questionOfCity } from "./question";
import { rankOfFirstRight, type RankFigures } from "./ranks";
import { Scores } from "./scores";
import { Candidates } from "./suggest";
import { partnersOf } from "./walk";
import { WEIGHTS, type Weights } from "./weights";

export const SUGGESTION_MODELS = {
  SUGGESTIONS: "The suggestions of this API.",
  MOST_CONNECTED: "Whoever worked with the most partners, whoever asks.",
  COMMON_NEIGHBOURS: "Whoever has the most partners in common with the one that asks.",
} as const;

export type SuggestionModelName = keyof typeof SUGGESTION_MODELS;
const MODELS = Object.keys(SUGGESTION_MODELS) as SuggestionModelName[];

/** Of a large dataset some are asked, evenly spread over its hidden projects: enough for figures of two digits. */
const QUESTIONS_AT_MOST = 1_000;

export interface ModelFigures {
  model: SuggestionModelName;
  /** null where there was nothing to ask */
  hitRateAt10: number | null;
  meanReciprocalRank: number | null;
}

export interface Evaluation {
  hiddenProjects: number;
  questions: number;
  rows: ModelFigures[];
}

export interface EvaluationOptions {
  weights?: Weights;
  questionsAtMost?: number;
  /** the graph as it stood before this day; left out, as it is */
  before?: number;
}

/**
 * Asks for the partners of each city of the newest projects, of the graph as it stood before these began. Each question is a step, which
 * takes some milliseconds with 100,000 cities.
 * @param day members of that day are suggested; see memory/days.ts
 */
export function* evaluate(
  graph: AffiliationGraph,
  day: number,
  { weights = WEIGHTS, questionsAtMost = QUESTIONS_AT_MOST, before = Infinity }: EvaluationOptions = {},
): Resumable<Evaluation> {
  const hidden = yield* newestProjects(new GraphBefore(graph, before));
  if (hidden === undefined) return { hiddenProjects: 0, questions: 0, rows: MODELS.map((model) => meanOf(model, [])) };
  const profiles = yield* Profiles.over(graph, day, hidden.begin);
  const degrees = yield* degreesOf(profiles);
  const asked: Record<SuggestionModelName, RankFigures>[] = [];
  for (const [city, right] of questionsOf(hidden, questionsAtMost)) {
    const figures = ask(profiles, degrees, city, right, weights);
    if (figures !== undefined) asked.push(figures);
    yield;
  }
  const rows = MODELS.map((model) => meanOf(model, asked));
  return { hiddenProjects: hidden.projects.length, questions: asked.length, rows };
}

/** Cities of hidden projects, and the other cities of the same project: of each project all, or every n-th where they are many. */
function questionsOf({ projects }: NewestProjects, atMost: number): [number, ReadonlySet<number>][] {
  const all = projects.flatMap(({ cities }) => cities.map((city) => ({ city, cities })));
  const every = Math.ceil(all.length / atMost);
  return all
    .filter((_question, place) => place % every === 0)
    .map(({ city, cities }) => [city, new Set(cities.filter((other) => other !== city))]);
}

/** Undefined where it had worked with all of them before, or none of the others could be suggested. */
function ask(
  profiles: Profiles,
  degrees: Int32Array,
  city: number,
  others: ReadonlySet<number>,
  weights: Weights,
): Record<SuggestionModelName, RankFigures> | undefined {
  const question = questionOfCity(profiles, city, {});
  const scores = new Scores(profiles, question, weights);
  const isCandidate = new Candidates(profiles, question, scores.walk.isPartner);
  const candidates: number[] = [];
  for (let partner = 0; partner < profiles.partners; partner++) if (isCandidate.has(partner)) candidates.push(partner);
  const isRight = (candidate: number): boolean => others.has(candidate);
  if (!candidates.some(isRight)) return undefined;
  const common = commonNeighbours(profiles, scores.walk.partners);
  const own = new Float64Array(profiles.partners);
  for (const candidate of candidates) own[candidate] = scores.of(candidate);
  return {
    SUGGESTIONS: rankOfFirstRight(candidates, (candidate) => own[candidate] as number, isRight),
    MOST_CONNECTED: rankOfFirstRight(candidates, (candidate) => degrees[candidate] as number, isRight),
    COMMON_NEIGHBOURS: rankOfFirstRight(candidates, (candidate) => common[candidate] as number, isRight),
  };
}

function commonNeighbours(profiles: Profiles, partners: readonly number[]): Int32Array {
  const counts = new Int32Array(profiles.partners);
  for (const partner of partners) {
    for (const other of partnersOf(profiles, partner)) counts[other] = (counts[other] as number) + 1;
  }
  return counts;
}

const DEGREES_AT_ONCE = 1_000;

function* degreesOf(profiles: Profiles): Resumable<Int32Array> {
  const degrees = new Int32Array(profiles.partners);
  yield* eachBelow(profiles.partners, DEGREES_AT_ONCE, (partner) => {
    degrees[partner] = partnersOf(profiles, partner).length;
  });
  return degrees;
}

function meanOf(model: SuggestionModelName, asked: readonly Record<SuggestionModelName, RankFigures>[]): ModelFigures {
  const mean = (figure: keyof RankFigures): number | null =>
    asked.length === 0 ? null : asked.reduce((sum, figures) => sum + figures[model][figure], 0) / asked.length;
  return { model, hitRateAt10: mean("hitAt10"), meanReciprocalRank: mean("reciprocalRank") };
}
