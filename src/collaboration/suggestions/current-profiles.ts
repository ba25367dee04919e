// The profiles of the graph as it is: made when they are first asked for, and anew when the graph or the day is another.
import type { Kept } from "../memory/keeper";
import type { Adjacency } from "../memory/adjacency";
import { dayNumber } from "../memory/days";
import { Profiles } from "./profiles";

const made = new WeakMap<Adjacency, { version: number; profiles: Profiles }>();

/** @param today YYYY-MM-DD */
export function profilesOf({ adjacency, version }: Kept, today: string): Profiles {
  const day = dayNumber(today);
  const known = made.get(adjacency);
  if (known?.version === version && known.profiles.day === day) return known.profiles;
  const profiles = new Profiles(adjacency, day);
  made.set(adjacency, { version, profiles });
  return profiles;
}
