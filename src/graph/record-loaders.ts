// Loaders of single records, of their heads and of their parts: one statement for all that a level of a query asks for.
import DataLoader from "dataloader";
import type { Session } from "../database/database";
import type { Catalogue } from "../database/declare/catalogue";
import type { RecordType } from "../database/declare/record-type";
import type { ReadContext } from "../database/read/context";
import {
  derivedById,
  externalIdsByRecordId,
  headsById,
  headsOfRows,
  namesByRecordId,
  ownersOfExternalIds,
  recordsById,
  recordsByUnique,
  recordsOfHeads,
  sourcesByRecordId,
  type ExternalIdKey,
  type Head,
  type RecordName,
  type RecordSource,
} from "../database/read/records";
import type { RecordRow } from "../database/read/row";

export class RecordLoaders {
  /** A record that is there, by any id that ever led to it; undefined for one that is not. */
  readonly currentById: DataLoader<string, RecordRow | undefined>;
  readonly headById: DataLoader<string, Head>;
  readonly namesById: DataLoader<string, RecordName[]>;
  readonly externalIdsById: DataLoader<string, ExternalIdKey[]>;
  readonly sourcesById: DataLoader<string, RecordSource[]>;
  private readonly ownerByExternalId: DataLoader<ExternalIdKey, string | undefined, string>;
  private readonly byId = new Map<RecordType, DataLoader<string, RecordRow | undefined>>();
  private readonly derivedValues = new Map<string, DataLoader<string, unknown>>();
  private readonly byUnique = new Map<string, DataLoader<string, RecordRow | undefined>>();

  constructor(
    private readonly database: Session,
    catalogue: Catalogue,
    private readonly read: ReadContext,
  ) {
    this.headById = new DataLoader((ids) => headsOfRows(database, ids));
    this.currentById = new DataLoader(async (ids) =>
      recordsOfHeads(database, read, catalogue, await headsById(database, read, catalogue, ids)),
    );
    this.namesById = new DataLoader((ids) => namesByRecordId(database, ids));
    this.externalIdsById = new DataLoader((ids) => externalIdsByRecordId(database, ids));
    this.sourcesById = new DataLoader((ids) => sourcesByRecordId(database, ids));
    this.ownerByExternalId = new DataLoader((keys) => ownersOfExternalIds(database, read, catalogue, keys), {
      cacheKeyFn: ({ scheme, value }) => JSON.stringify([scheme, value]),
    });
  }

  /** A value that no column holds. */
  derived(type: RecordType, name: string, id: string): Promise<unknown> {
    const key = `${type.name}.${name}`;
    let loader = this.derivedValues.get(key);
    if (loader === undefined) {
      loader = new DataLoader((ids) => derivedById(this.database, this.read, type, name, ids));
      this.derivedValues.set(key, loader);
    }
    return loader.load(id);
  }

  /** A record that a reference column names; null where the column is null, or the record not for the caller to see. */
  async referred(type: RecordType, id: string | null): Promise<RecordRow | null> {
    if (id === null) return null;
    let loader = this.byId.get(type);
    if (loader === undefined) {
      loader = new DataLoader((ids) => recordsById(this.database, this.read, type, ids));
      this.byId.set(type, loader);
    }
    return (await loader.load(id)) ?? null;
  }

  /** By a slug or a code. */
  async byUniqueColumn(type: RecordType, column: string, value: string): Promise<RecordRow | undefined> {
    const key = `${type.name}.${column}`;
    let loader = this.byUnique.get(key);
    if (loader === undefined) {
      loader = new DataLoader((values) => recordsByUnique(this.database, this.read, type, column, values));
      this.byUnique.set(key, loader);
    }
    return loader.load(value);
  }

  async byExternalId(type: RecordType, key: ExternalIdKey): Promise<RecordRow | undefined> {
    const owner = await this.ownerByExternalId.load(key);
    const row = owner === undefined ? undefined : await this.currentById.load(owner);
    return row?.__typename === type.name ? row : undefined;
  }
}
