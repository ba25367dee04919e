// A record of any type, as far as links and reasons know it.

export interface AnyRecord {
  readonly __typename: string;
  readonly id: string;
  /** what it is called: each type has one of the three */
  readonly title?: unknown;
  readonly name?: unknown;
  readonly topic?: unknown;
  /** of a country */
  readonly region?: unknown;
  /** of a Sustainable Development Goal */
  readonly number?: unknown;
}

export function titleOf(record: AnyRecord): string {
  return String(record.title ?? record.name ?? record.topic);
}
