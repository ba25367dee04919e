// The measures of the whole graph, computed off the requests' way and kept until the graph or the day changes.
import { ApiError } from "../kernel/errors";
import type { Kept } from "./memory/keeper";
import type { Measures } from "./measures/measures";
import { project } from "./projected";
import { Selection } from "./selection";
import type { GraphWorker } from "./worker/graph-worker";

/** The measures, and which graph they are of. */
export interface Measured {
  measures: Measures;
  /** the revision that the graph was of; its measures are still those of later ones that changed nothing in it */
  revision: string;
  /** the place of a partner in the measures, by its UUID; NOT_THERE for one that was not there yet */
  placeOf: (partnerId: string) => number;
}

export const NOT_THERE = -1;

/** The order in which communities are looked for follows from it: the same graph gives the same communities. */
const SEED = 2004;

/** How long a request waits for measures of the newest graph before it gets the last ones that there are. */
const WAIT_MS = 2_000;
/** How long it waits for the first ones of all. */
const WAIT_FIRST_MS = 20_000;

export class CurrentMeasures {
  private last: { key: string; measured: Measured } | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly worker: GraphWorker) {}

  /**
   * The measures of the graph as it is today, or after two seconds of computing the last ones before.
   * @throws OVERLOADED where there are none in time
   */
  async of(kept: () => Promise<Kept>, today: string): Promise<Measured> {
    const key = keyOf(await kept(), today);
    if (this.last?.key === key) return this.last.measured;
    const computed = this.upToDate(kept, today).catch((error: unknown) => {
      // The last ones are better than none.
      if (this.last === undefined) throw error;
    });
    await Promise.race([computed, passed(this.last === undefined ? WAIT_FIRST_MS : WAIT_MS)]);
    if (this.last !== undefined) return this.last.measured;
    throw new ApiError(
      "OVERLOADED",
      "the measures of the graph are being computed: try again in some seconds",
      "MEASURES_NOT_READY",
    );
  }

  /** One computation at a time: what is asked for meanwhile is computed after it, once for all who ask. */
  private async upToDate(kept: () => Promise<Kept>, today: string): Promise<void> {
    // The one that runs may have begun before the graph was as asked for.
    await this.running?.catch(() => undefined);
    if (this.last?.key === keyOf(await kept(), today)) return;
    this.running ??= this.compute(kept, today).finally(() => {
      this.running = undefined;
    });
    await this.running;
  }

  private async compute(kept: () => Promise<Kept>, today: string): Promise<void> {
    const graph = await kept();
    const key = keyOf(graph, today);
    const { projection, partners } = project(new Selection(graph.adjacency, {}, today));
    const { partners: ids } = graph.adjacency;
    const places = new Int32Array(ids.size).fill(NOT_THERE);
    partners.forEach((number, place) => (places[number] = place));
    const { revision } = graph.state;
    const measures = await this.worker.measures(projection, SEED);
    this.last = { key, measured: { measures, revision, placeOf: (id) => places[ids.find(id)] ?? NOT_THERE } };
  }
}

function keyOf({ state, version }: Kept, today: string): string {
  return `${state.epoch} ${version} ${today}`;
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
