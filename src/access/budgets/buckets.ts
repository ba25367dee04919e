// A bucket of each caller, which refills evenly: what a store of buckets does, and the sums that do not depend on which it is.

/** One kind of bucket: every caller has one of its own. */
export interface BucketKind {
  /** lower case, with hyphens: it stands in keys of the store and in header fields */
  name: string;
  /** what a full bucket holds, 1 or more; one that nobody has touched is full */
  size: number;
  /** how long an empty bucket takes to be full again, in milliseconds */
  refillMs: number;
}

export interface Taken {
  /** false where the bucket held less than the price */
  granted: boolean;
  /** what is left, 0 to the size of the bucket */
  remaining: number;
}

export interface Buckets {
  /**
   * Takes the price where it is there; else what the refusal costs, or the rest where that is less. Each call is one step: of
   * calls at the same time no two are granted the same content.
   * @param who the caller that the bucket belongs to
   * @param price 0 or more; 0 is always granted
   */
  take(kind: BucketKind, who: string, price: number, priceOfRefusal: number): Promise<Taken>;
  close(): Promise<void>;
}

/** Contents are sums of fractions: what is less than this is their error, and no millisecond more. */
const NANOSECOND_MS = 1e-6;

/** How long until the bucket holds so much, if nobody takes from it, in milliseconds. */
export function waitMs({ size, refillMs }: BucketKind, remaining: number, wanted: number): number {
  return Math.max(0, Math.ceil(((wanted - remaining) / size) * refillMs - NANOSECOND_MS));
}
