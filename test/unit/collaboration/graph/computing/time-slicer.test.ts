import { setImmediate as nextTurn } from "node:timers/promises";
import { TimeSlicer } from "../../../../../src/collaboration/graph/computing/time-slicer";

function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it("does works in their order, and answers each with its result or its error", async () => {
  const slicer = new TimeSlicer();
  const done: number[] = [];
  const answers = [1, 2, 3].map((number) =>
    slicer.run(() => {
      done.push(number);
      if (number === 2) throw new Error("two");
      return number * 10;
    }),
  );
  expect(await Promise.allSettled(answers)).toMatchObject([
    { status: "fulfilled", value: 10 },
    { status: "rejected", reason: new Error("two") },
    { status: "fulfilled", value: 30 },
  ]);
  expect(done).toEqual([1, 2, 3]);
});

it("does short works in one turn of the event loop, so that what follows them is asked for at once", async () => {
  const slicer = new TimeSlicer();
  let turn = 0;
  const counting = setInterval(() => undefined, 1_000);
  const count = nextTurn().then(() => (turn += 1));
  await Promise.all(Array.from({ length: 100 }, () => slicer.run(() => undefined)));
  expect(turn).toBe(0);
  await count;
  clearInterval(counting);
});

it("lets others have their turn between long works", async () => {
  const slicer = new TimeSlicer();
  let others = 0;
  const progress = { isDone: false };
  const walks = Promise.all(Array.from({ length: 10 }, () => slicer.run(() => busy(12)))).finally(() => {
    progress.isDone = true;
  });
  while (!progress.isDone) {
    await nextTurn();
    others += 1;
  }
  await walks;
  expect(others).toBeGreaterThanOrEqual(8);
});
