// Turns: long work is done piece by piece, and whatever else waits is done between the pieces.

let last: Promise<void> = Promise.resolve();

/** Resolves when all turns that were asked for before have begun, each in an iteration of the event loop of its own. */
export function nextTurn(): Promise<void> {
  last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
  return last;
}
