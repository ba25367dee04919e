// The profiles of the graph as it is: made when they are first asked for, and anew when the graph or the day is another.
import type { Kept } from "../../upkeep/graph-follower";
import type { Adjacency } from "../affiliation-graph";
import { dayNumber } from "../memory/days";
import type { Steps } from "../computing/resumable";
import { Profiles } from "./profiles";

interface Making {
  version: number;
  day: number;
  steps: Steps<Profiles>;
  profiles: Profiles | undefined;
}

const latest = new WeakMap<Adjacency, Making>();

/** All who ask meanwhile help to make them. @param today YYYY-MM-DD */
export function* profilesOf({ adjacency, version }: Kept, today: string): Steps<Profiles> {
  const making = makingOf(adjacency, version, dayNumber(today));
  while (making.profiles === undefined) {
    const step = making.steps.next();
    if (step.done === true) return (making.profiles = step.value);
    yield;
  }
  return making.profiles;
}

function makingOf(adjacency: Adjacency, version: number, day: number): Making {
  const known = latest.get(adjacency);
  if (known?.version === version && known.day === day) return known;
  const making: Making = { version, day, steps: Profiles.over(adjacency, day), profiles: undefined };
  latest.set(adjacency, making);
  return making;
}
