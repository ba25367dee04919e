// What every resolver of one request has: who asks, what day it is, and the loaders. Nothing in it outlives the request.
import DataLoader from "dataloader";
import type { Database } from "../database/database";
import type { Catalogue } from "../database/declare/catalogue";
import type { ReadContext } from "../database/read/context";
import { utcDay, type Clock } from "../kernel/clock";
import { canonicalJson } from "../kernel/cursors";
import type { Viewer } from "../kernel/viewer";
import { RecordLoaders } from "./record-loaders";
import { RelationLoaders } from "./relation-loaders";

/** Answers many keys at once, each answer at its key's place. */
export type Batch<Key, Value> = (context: RequestContext, keys: readonly Key[]) => Promise<(Value | Error)[]>;

export type BatchWith<Args, Key, Value> = (
  context: RequestContext,
  args: Args,
  keys: readonly Key[],
) => Promise<(Value | Error)[]>;

export class RequestContext {
  readonly read: ReadContext;
  readonly records: RecordLoaders;
  readonly relations: RelationLoaders;
  private readonly batches = new Map<unknown, Map<string, Batch<never, unknown>>>();
  private readonly loaders = new Map<unknown, DataLoader<never, unknown>>();

  constructor(
    readonly requestId: string,
    readonly viewer: Viewer,
    readonly database: Database,
    readonly catalogue: Catalogue,
    clock: Clock,
  ) {
    this.read = { today: utcDay(clock()), viewer };
    this.records = new RecordLoaders(database, catalogue, this.read);
    this.relations = new RelationLoaders(database, catalogue, this.read);
  }

  /** Loads through a batch function that takes arguments, once for each key among those that ask alike. */
  loadWith<Args, Key, Value>(batch: BatchWith<Args, Key, Value>, args: Args, key: Key): Promise<Value> {
    const alike = this.batches.get(batch) ?? new Map<string, Batch<never, unknown>>();
    this.batches.set(batch, alike);
    const name = canonicalJson(args);
    let bound = alike.get(name) as Batch<Key, Value> | undefined;
    if (bound === undefined) {
      bound = (context, keys) => batch(context, args, keys);
      alike.set(name, bound);
    }
    return this.load(bound, key);
  }

  /** Loads through a batch function of a room's own, once for each key in this request. */
  load<Key, Value>(batch: Batch<Key, Value>, key: Key): Promise<Value> {
    let loader = this.loaders.get(batch) as DataLoader<Key, Value> | undefined;
    if (loader === undefined) {
      loader = new DataLoader<Key, Value>((keys) => batch(this, keys));
      this.loaders.set(batch, loader);
    }
    return loader.load(key);
  }
}
