// What callers may ask for in a minute, in the unit of an operation's cost: a bucket for each key, a smaller one for each
// address that shows none.
import type { Viewer } from "../../kernel/viewer";
import { waitMs, type BucketKind, type Buckets } from "./buckets";
import { RateLimited } from "./rate-limited";

const MINUTE_MS = 60_000;

/** What any request costs, for what happens before its operation is known: HTTP, the look-up of its key. */
const REQUEST_COST = 50;
/**
 * Reading and validating a document compares its fields with each other, so it grows with the square of its length: one of
 * 12,000 characters, which 3,000 tokens hardly exceed but by long texts, takes a tenth of a second at worst.
 */
const LONG_DOCUMENT_CHARACTERS = 12_000;
const LONG_DOCUMENT_COST = 12_000;

export interface BudgetSizes {
  /** the cost a minute of callers without a key, for each address; 0 is no budget */
  anonymousPerMinute: number;
  /** the cost a minute of each key; 0 is no budget */
  keyPerMinute: number;
}

/** A budget as it stands. */
export interface BudgetState {
  /** the name of the kind of bucket */
  name: string;
  limit: number;
  /** whole, 0 to the limit */
  remaining: number;
  /** when the bucket is full again, or after a refusal, when it holds what was refused; in milliseconds, if nothing else is asked */
  resetMs: number;
  /** the time in which an empty bucket fills, in milliseconds */
  refillMs: number;
}

export class Budgets {
  private readonly anonymous: BucketKind | undefined;
  private readonly key: BucketKind | undefined;

  constructor(
    private readonly buckets: Buckets,
    { anonymousPerMinute, keyPerMinute }: BudgetSizes,
  ) {
    this.anonymous = kindOf("anonymous", anonymousPerMinute);
    this.key = kindOf("key", keyPerMinute);
  }

  /**
   * The budget of whoever sends a request.
   * @param caller whose bucket it is
   * @param onChange told whenever something was taken, or refused
   */
  of(viewer: Viewer, caller: string, onChange: (state: BudgetState) => void = () => undefined): CallerBudget {
    return new CallerBudget(this.buckets, viewer.keyId === null ? this.anonymous : this.key, caller, onChange);
  }
}

function kindOf(name: string, perMinute: number): BucketKind | undefined {
  return perMinute === 0 ? undefined : { name, size: perMinute, refillMs: MINUTE_MS };
}

/** What one request takes from its caller's budget. */
export class CallerBudget {
  private known: BudgetState | null = null;
  private price: number | null = null;
  private requestCost = 0;

  constructor(
    private readonly buckets: Buckets,
    private readonly kind: BucketKind | undefined,
    private readonly caller: string,
    private readonly onChange: (state: BudgetState) => void,
  ) {}

  /** What a full bucket holds; null where the caller has no budget. */
  get limit(): number | null {
    return this.kind?.size ?? null;
  }

  /** The greatest cost that the operation of this request can have: a full bucket holds no more beside the request's own. */
  get operationCostAtMost(): number {
    return this.kind === undefined ? Infinity : this.kind.size - this.requestCost;
  }

  /** The budget as this request left it; null where the caller has none, and before anything was taken. */
  get state(): BudgetState | null {
    return this.known;
  }

  /** The cost of the operation, whole; null before it is known. */
  get estimated(): number | null {
    return this.price;
  }

  /**
   * Pays for a request as such, whatever becomes of it.
   * @param documentLength in characters, as it was sent
   * @throws RateLimited BUDGET_SPENT
   */
  async enter(documentLength: number): Promise<void> {
    this.requestCost = costOfRequest(documentLength);
    await this.pay(this.requestCost, this.requestCost, this.requestCost);
  }

  /**
   * Pays for an operation before it runs. One that is refused costs no more than its request did: who asks again later finds
   * what came in meanwhile.
   * @param cost greater than 0, operationCostAtMost at most
   * @throws RateLimited BUDGET_SPENT
   */
  async spend(cost: number): Promise<void> {
    this.price = Math.ceil(cost);
    // Whoever sends it again pays for the request again.
    await this.pay(this.price, 0, this.price + this.requestCost);
  }

  /** @param wanted what must be there for the same to be granted another time */
  private async pay(price: number, priceOfRefusal: number, wanted: number): Promise<void> {
    if (this.kind === undefined) return;
    const { granted, remaining } = await this.buckets.take(this.kind, this.caller, price, priceOfRefusal);
    const { name, size, refillMs } = this.kind;
    const resetMs = waitMs(this.kind, remaining, granted ? size : wanted);
    this.known = { name, limit: size, remaining: Math.floor(remaining), resetMs, refillMs };
    this.onChange(this.known);
    if (granted) return;
    const message = `the budget is used up: this costs ${wanted}, and ${this.known.remaining} of ${size} a minute are left`;
    throw new RateLimited("BUDGET_SPENT", message, resetMs);
  }
}

function costOfRequest(documentLength: number): number {
  const length = Math.min(documentLength / LONG_DOCUMENT_CHARACTERS, 1);
  return REQUEST_COST + Math.ceil(LONG_DOCUMENT_COST * length * length);
}
