// What takes seconds to compute from the whole graph, computed beside the requests and kept until the graph or the day changes. What
// happens when is told by stale-while-revalidate.state.ts.
import { ApiError } from "../../kernel/errors";
import { MachineRunner } from "../../kernel/machine-runner";
import type { GraphSnapshot } from "../graph/snapshot";
import {
  alarmOf,
  CACHE,
  newCache,
  type CacheData,
  type CacheEffect,
  type CacheEvents,
  type CacheState,
  type Version,
} from "./stale-while-revalidate.state";

interface Waiting<Value> {
  resolve: (value: Value) => void;
  reject: (error: unknown) => void;
}

export class StaleWhileRevalidate<Value> {
  private last: { of: Version; value: Value } | undefined;
  private readonly machine: MachineRunner<CacheState, CacheData, CacheEvents, CacheEffect>;
  private readonly waiting = new Map<number, Waiting<Value>>();
  private lastId = 0;
  /** as the last one who asked would have it */
  private compute: () => Promise<{ of: Version; value: Value }> = () => Promise.reject(new Error("nobody asked"));

  /**
   * @param waitFirstMs how long a request waits for the first value of all
   * @param notReady what it is told then
   */
  constructor(
    waitFirstMs: number,
    private readonly notReady: string,
  ) {
    this.machine = new MachineRunner({
      from: newCache(waitFirstMs),
      table: CACHE,
      alarmOf,
      bringAbout: (effect) => {
        this.bringAbout(effect);
      },
    });
  }

  /**
   * The value of the graph as it is today, or after two seconds of computing the last one before, of the same epoch.
   * @param compute is called once for all who ask meanwhile
   * @throws OVERLOADED where there is none in time
   */
  async of(
    newest: () => Promise<GraphSnapshot>,
    day: string,
    compute: (snapshot: GraphSnapshot) => Promise<Value>,
  ): Promise<Value> {
    const of = versionOf(await newest(), day);
    return new Promise((resolve, reject) => {
      const id = ++this.lastId;
      this.waiting.set(id, { resolve, reject });
      this.compute = async () => {
        const snapshot = await newest();
        // Before it is computed: the graph may become another meanwhile.
        const version = versionOf(snapshot, day);
        return { of: version, value: await compute(snapshot) };
      };
      this.machine.tell("asked", { id, of });
    });
  }

  private bringAbout(effect: CacheEffect): void {
    if (effect.do === "compute") {
      void this.computeOnce();
      return;
    }
    const waiting = this.waiting.get(effect.id);
    this.waiting.delete(effect.id);
    if (effect.do === "fail") waiting?.reject(effect.error);
    else if (effect.do === "give" && this.last !== undefined) waiting?.resolve(this.last.value);
    else waiting?.reject(new ApiError("OVERLOADED", this.notReady, "MEASURES_NOT_READY"));
  }

  private async computeOnce(): Promise<void> {
    try {
      const { of, value } = await this.compute();
      this.last = { of, value };
    } catch (error) {
      this.machine.tell("failed", { error });
      return;
    }
    this.machine.tell("computed", { of: this.last.of });
  }
}

function versionOf({ state, version }: GraphSnapshot, day: string): Version {
  return { epoch: state.epoch, version, day };
}
