// The measures of the whole graph, computed off the requests' way and kept until the graph or the day changes.
import { StaleWhileRevalidate } from "./stale-while-revalidate";
import type { GraphSnapshot } from "../graph/snapshot";
import type { Measures } from "../graph/measures/measures";
import { project } from "../graph/projected";
import { Selection } from "../graph/selection";
import type { ResumableRunner } from "../graph/computing/resumable";
import type { GraphWorker } from "./worker/graph-worker";

/** The measures, and which graph they are of. */
export interface Measured {
  measures: Measures;
  /** the revision that the graph was of; its measures are still those of later ones that changed nothing in it */
  revision: string;
  /** the place of a partner in the measures, by its UUID; NOT_THERE for one that was not there yet */
  placeOf: (partnerId: string) => number;
}

const NOT_THERE = -1;

/** The order in which communities are looked for follows from it: the same graph gives the same communities, in whatever process. */
const SEED = 2004;

/** How long a request waits for the first measures of all. */
const WAIT_FIRST_MS = 20_000;

export class CurrentMeasures {
  private readonly cache = new StaleWhileRevalidate<Measured>(
    WAIT_FIRST_MS,
    "the measures of the graph are being computed: try again in some seconds",
  );

  constructor(
    private readonly worker: GraphWorker,
    private readonly runner: ResumableRunner,
  ) {}

  /** The measures of the graph as it is today, or the last ones before. @throws OVERLOADED: see StaleWhileRevalidate */
  of(newest: () => Promise<GraphSnapshot>, today: string): Promise<Measured> {
    return this.cache.of(newest, today, async (snapshot) => {
      const { walked, projected } = await this.runner.run(snapshot, function* (walked) {
        return { walked, projected: yield* project(new Selection(walked.graph, {}, today)) };
      });
      const { projection, partners, ids } = projected;
      const { partners: known } = walked.graph;
      const { revision } = walked.state;
      const places = new Int32Array(known.size).fill(NOT_THERE);
      partners.forEach((number, place) => (places[number] = place));
      const measures = await this.worker.measures({ projection, ids, seed: SEED });
      return { measures, revision, placeOf: (id) => places[known.find(id)] ?? NOT_THERE };
    });
  }
}
