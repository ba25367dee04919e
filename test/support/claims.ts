// Claims for tests: whose statements run, and what ends them.
import type { Claim } from "../../src/database/claim";
import { CancellationSource } from "../../src/kernel/cancellation";

export interface TestClaim extends Claim {
  cancel: (why: Error) => void;
}

export function claimOf(caller: string, onRead: Claim["onRead"] = () => undefined): TestClaim {
  const cancellation = new CancellationSource();
  return {
    caller,
    work: { usedMs: 0 },
    cancellation,
    onRead,
    cancel: (why) => {
      cancellation.cancel(why);
    },
  };
}
