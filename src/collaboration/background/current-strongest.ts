// The strongest links of the whole graph, computed off the requests' way. Answers to the last questions are kept until the graph changes.
import { LRUCache } from "lru-cache";
import { canonicalJson } from "../../kernel/cursors";
import type { GraphSnapshot } from "../graph/snapshot";
import { project } from "../graph/projected";
import { Selection, type FilterValues } from "../graph/selection";
import type { ResumableRunner } from "../graph/computing/resumable";
import type { GraphWorker } from "./worker/graph-worker";

export interface StrongestQuestion {
  filter: FilterValues;
  today: string;
  limit: number;
}

export interface StrongestPair {
  sourceId: string;
  targetId: string;
}

export interface StrongestAnswer {
  /** the strongest first */
  pairs: StrongestPair[];
  /** whether there are more */
  truncated: boolean;
}

/** Dashboards ask the same few questions again and again. */
const ANSWERS_KEPT = 32;

export class CurrentStrongest {
  private readonly answers = new LRUCache<string, Promise<StrongestAnswer>>({ max: ANSWERS_KEPT });

  constructor(
    private readonly worker: GraphWorker,
    private readonly runner: ResumableRunner,
  ) {}

  async of(newest: () => Promise<GraphSnapshot>, question: StrongestQuestion): Promise<StrongestAnswer> {
    const snapshot = await newest();
    const key = canonicalJson([snapshot.state.epoch, snapshot.version, question]);
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const answer = this.answerFrom(snapshot, question);
    this.answers.set(key, answer);
    // A failure is not kept.
    answer.catch(() => {
      if (this.answers.get(key) === answer) this.answers.delete(key);
    });
    return answer;
  }

  private async answerFrom(snapshot: GraphSnapshot, question: StrongestQuestion): Promise<StrongestAnswer> {
    const { graph, projection, partners, ids } = await this.runner.run(snapshot, function* ({ graph }) {
      const projected = yield* project(new Selection(graph, question.filter, question.today));
      return { graph, ...projected };
    });
    const idOf = (place: number): string => graph.partners.idOf(partners[place] as number);
    const { limit, filter } = question;
    const strongest = await this.worker.strongestLinks({
      projection,
      ids,
      limit,
      minStrength: filter.minStrength ?? 0,
    });
    const pairs = Array.from(strongest.sources, (source, i) => ({
      sourceId: idOf(source),
      targetId: idOf(strongest.targets[i] as number),
    }));
    return { pairs, truncated: strongest.truncated };
  }
}
