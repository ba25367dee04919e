// What every resolver of one request has: who asks, what day it is, and the loaders. Nothing in it outlives the request.
import DataLoader from "dataloader";
import type { CallerBudget } from "../access/budgets/budgets";
import type { Claim } from "../database/claim";
import type { Database } from "../database/database";
import type { Catalogue } from "../database/declare/catalogue";
import type { RevisionState } from "../database/read/revision";
import type { ReadContext } from "../database/read/context";
import type { Cancellation } from "../kernel/cancellation";
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

/**
 * What the process keeps in memory beside the database, and resolvers ask. Each room adds its own to this interface, as
 * collaboration/collaboration.ts does; whoever starts a process is told by the compiler what it must have.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- rooms that come later say what is in it
export interface Services {}

export interface RequestOptions {
  requestId: string;
  viewer: Viewer;
  database: Database;
  /** on whose behalf the request's statements run */
  claim: Claim;
  catalogue: Catalogue;
  clock: Clock;
  services: Services;
  budget: CallerBudget;
  /** what was known when the request came */
  revision: RevisionState;
  /** told of the revision of what the request wrote */
  noteRevision: (revision: string) => void;
}

export class RequestContext {
  readonly read: ReadContext;
  /** the database, on behalf of this request */
  readonly database: Database;
  /** the instant that the request was made at, in UTC */
  readonly now: string;
  private loadersOfRecords: RecordLoaders;
  private loadersOfRelations: RelationLoaders;
  private readonly batches = new Map<unknown, Map<string, Batch<never, unknown>>>();
  private readonly loaders = new Map<unknown, DataLoader<never, unknown>>();

  readonly requestId: string;
  readonly viewer: Viewer;
  readonly catalogue: Catalogue;
  /** what the caller may still ask for */
  readonly budget: CallerBudget;
  /** canceled where the request is over before its work is done */
  readonly cancellation: Cancellation;
  readonly services: Services;
  private readonly noteRevision: (revision: string) => void;
  private knownRevision: RevisionState;

  constructor(options: RequestOptions) {
    this.requestId = options.requestId;
    this.viewer = options.viewer;
    this.catalogue = options.catalogue;
    this.budget = options.budget;
    this.services = options.services;
    this.knownRevision = options.revision;
    this.noteRevision = options.noteRevision;
    this.cancellation = options.claim.cancellation;
    this.database = options.database.onBehalfOf(options.claim);
    const instant = options.clock();
    this.now = instant.toISOString();
    this.read = { today: utcDay(instant), viewer: options.viewer };
    this.loadersOfRecords = new RecordLoaders(this.database, this.catalogue, this.read);
    this.loadersOfRelations = new RelationLoaders(this.database, this.catalogue, this.read);
  }

  /** What the answer must be at least as new as: what was known when the request came, or what it wrote itself. */
  get revision(): RevisionState {
    return this.knownRevision;
  }

  get records(): RecordLoaders {
    return this.loadersOfRecords;
  }

  get relations(): RelationLoaders {
    return this.loadersOfRelations;
  }

  /** After a write: what was loaded before is forgotten, and the answer is at least as new as this revision. */
  wrote(revision: string): void {
    this.loadersOfRecords = new RecordLoaders(this.database, this.catalogue, this.read);
    this.loadersOfRelations = new RelationLoaders(this.database, this.catalogue, this.read);
    this.loaders.clear();
    if (BigInt(revision) > BigInt(this.knownRevision.revision)) {
      this.knownRevision = { ...this.knownRevision, revision };
    }
    this.noteRevision(revision);
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
