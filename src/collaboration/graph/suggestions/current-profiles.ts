// The profiles of the graph as it is: made when they are first asked for, and anew when the graph or the day is another.
import type { GraphSnapshot } from "../snapshot";
import type { AffiliationGraph } from "../affiliation-graph";
import { dayNumber } from "../memory/days";
import type { Resumable } from "../computing/resumable";
import { Profiles } from "./profiles";

interface Making {
  version: number;
  day: number;
  steps: Resumable<Profiles>;
  profiles: Profiles | undefined;
}

const makings = new WeakMap<AffiliationGraph, Making>();

/** All who ask meanwhile help to make them. @param today YYYY-MM-DD */
export function* profilesOf({ graph, version }: GraphSnapshot, today: string): Resumable<Profiles> {
  const making = makingOf(graph, version, dayNumber(today));
  while (making.profiles === undefined) {
    const step = nextStep(graph, making);
    if (step.done === true) return (making.profiles = step.value);
    yield;
  }
  return making.profiles;
}

function nextStep(graph: AffiliationGraph, making: Making): IteratorResult<undefined, Profiles> {
  try {
    return making.steps.next();
  } catch (error) {
    // What has thrown has ended: whoever asks next begins anew.
    makings.delete(graph);
    throw error;
  }
}

function makingOf(graph: AffiliationGraph, version: number, day: number): Making {
  const known = makings.get(graph);
  if (known?.version === version && known.day === day) return known;
  const making: Making = { version, day, steps: Profiles.over(graph, day), profiles: undefined };
  makings.set(graph, making);
  return making;
}
