// Claims for tests: whose statements run, and what ends them.
import { setMaxListeners } from "node:events";
import type { Claim } from "../../src/database/claim";

export interface TestClaim extends Claim {
  abort: (why: Error) => void;
}

export function claimOf(caller: string, onRead: Claim["onRead"] = () => undefined): TestClaim {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return {
    caller,
    work: { usedMs: 0 },
    signal: controller.signal,
    onRead,
    abort: (why) => {
      controller.abort(why);
    },
  };
}
