import { CancellationSource } from "../../../src/kernel/cancellation";
import { FairQueue, type FairQueueSettings, type Turn } from "../../../src/kernel/fair-queue";

let now = 0;

beforeEach(() => {
  now = 0;
});

function queueOf(settings: Partial<FairQueueSettings>): FairQueue {
  return new FairQueue({
    capacity: 1,
    perCaller: settings.capacity ?? 1,
    waitingAtMost: 1_000,
    waitingPerCaller: 1_000,
    waitMs: 10_000,
    refusal: { reason: "BUSY", message: "try again" },
    now: () => now,
    ...settings,
  });
}

const turn = (caller: string, more: Partial<Turn> = {}): Turn => ({ caller, work: { usedMs: 0 }, ...more });

/** Enters, and tells under its name when it goes; what is returned ends the turn and moves the clock. */
function enter(queue: FairQueue, gone: string[], name: string, asked: Turn): (tookMs: number) => Promise<void> {
  const entered = queue.enter(asked).then((leave) => {
    gone.push(name);
    return leave;
  });
  return async (tookMs) => {
    const leave = await entered;
    now += tookMs;
    leave();
    await settled();
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("lets so many in at once, whatever becomes of them", async () => {
  const queue = queueOf({ capacity: 2, perCaller: 2 });
  let inside = 0;
  let most = 0;
  const all = Array.from({ length: 20 }, (_, i) =>
    queue.pass(turn("one"), async () => {
      inside += 1;
      most = Math.max(most, inside);
      await settled();
      inside -= 1;
      if (i % 3 === 0) throw new Error(`${i} failed`);
    }),
  );
  const outcomes = await Promise.allSettled(all);
  expect(most).toBe(2);
  expect(outcomes.map(({ status }) => status === "rejected")).toEqual(outcomes.map((_, i) => i % 3 === 0));
});

it("lets whoever has used less go first, and those who used as much in the order in which they came", async () => {
  const queue = queueOf({});
  const gone: string[] = [];
  const leave = enter(queue, gone, "heavy 1", turn("heavy"));
  const waiting = [
    enter(queue, gone, "heavy 2", turn("heavy")),
    enter(queue, gone, "heavy 3", turn("heavy")),
    enter(queue, gone, "light 1", turn("light")),
    enter(queue, gone, "light 2", turn("light")),
  ];
  await leave(100);
  await waiting[2]?.(5);
  await waiting[3]?.(5);
  await waiting[0]?.(5);
  await waiting[1]?.(5);
  expect(gone).toEqual(["heavy 1", "light 1", "light 2", "heavy 2", "heavy 3"]);
});

it("lets the work of a caller that has used less go before the caller's other work", async () => {
  const queue = queueOf({});
  const gone: string[] = [];
  const long = { usedMs: 0 };
  const leave = enter(queue, gone, "long 1", turn("one", { work: long }));
  const second = enter(queue, gone, "long 2", turn("one", { work: long }));
  const short = enter(queue, gone, "short", turn("one"));
  await leave(50);
  await short(1);
  await second(1);
  expect(gone).toEqual(["long 1", "short", "long 2"]);
});

it("lets work that has used much wait as much longer, and not for ever", async () => {
  const queue = queueOf({});
  const gone: string[] = [];
  const long = { usedMs: 100 };
  let leave = enter(queue, gone, "first", turn("one"));
  const waiting = enter(queue, gone, "long", turn("one", { work: long }));
  for (const name of ["soon 1", "soon 2"]) {
    const next = enter(queue, gone, name, turn("one"));
    await leave(60);
    leave = next;
  }
  const late = enter(queue, gone, "late", turn("one"));
  await leave(60);
  await waiting(1);
  await late(1);
  expect(gone).toEqual(["first", "soon 1", "soon 2", "long", "late"]);
});

it("keeps a caller within its own bound while there is room for others", async () => {
  const queue = queueOf({ capacity: 3, perCaller: 2 });
  const gone: string[] = [];
  const turns = [1, 2, 3].map((i) => enter(queue, gone, `many ${i}`, turn("many")));
  const other = enter(queue, gone, "other", turn("other"));
  await settled();
  expect(gone).toEqual(["many 1", "many 2", "other"]);
  await turns[0]?.(1);
  expect(gone).toEqual(["many 1", "many 2", "other", "many 3"]);
  await other(1);
});

it("lets nobody save up turns by wanting nothing", async () => {
  const queue = queueOf({});
  const gone: string[] = [];
  for (let i = 0; i < 10; i++) await enter(queue, [], "", turn("busy"))(100);
  const leave = enter(queue, gone, "busy", turn("busy"));
  const idle = [1, 2, 3].map((i) => enter(queue, gone, `idle ${i}`, turn("idle")));
  const busy = enter(queue, gone, "busy again", turn("busy"));
  await leave(1);
  await idle[0]?.(150);
  await busy(1);
  await idle[1]?.(1);
  await idle[2]?.(1);
  expect(gone).toEqual(["busy", "idle 1", "busy again", "idle 2", "idle 3"]);
});

it("lets light ones pass one that waits for room, and no other heavy ones", async () => {
  const queue = queueOf({ capacity: 100, perCaller: 60 });
  const gone: string[] = [];
  const first = enter(queue, gone, "first", turn("a", { weight: 60 }));
  const heavy = enter(queue, gone, "heavy", turn("b", { weight: 50 }));
  enter(queue, gone, "medium", turn("c", { weight: 20 }));
  const light = enter(queue, gone, "light", turn("d", { weight: 5 }));
  await settled();
  expect(gone).toEqual(["first", "light"]);
  await light(1);
  expect(gone).toEqual(["first", "light"]);
  await first(1);
  expect(gone).toEqual(["first", "light", "heavy", "medium"]);
  await heavy(1);
});

it("takes no more of the capacity than a caller may have, so that whatever is asked comes about", async () => {
  const queue = queueOf({ capacity: 100, perCaller: 60 });
  const gone: string[] = [];
  await enter(queue, gone, "huge", turn("a", { weight: 1_000 }))(1);
  expect(gone).toEqual(["huge"]);
});

it("lets what is urgent go before all others", async () => {
  const queue = queueOf({});
  const gone: string[] = [];
  const leave = enter(queue, gone, "first", turn("a"));
  const second = enter(queue, gone, "second", turn("b"));
  const urgent = enter(queue, gone, "urgent", turn("a", { urgent: true }));
  await leave(1_000);
  await urgent(1);
  await second(1);
  expect(gone).toEqual(["first", "urgent", "second"]);
});

it("refuses whoever waits too long, or where too many wait, and lets the others go", async () => {
  const queue = queueOf({ waitMs: 20, waitingAtMost: 2, waitingPerCaller: 1 });
  const leave = await queue.enter(turn("a"));
  const refusal = { code: "OVERLOADED", reason: "BUSY", message: "try again" };
  const inTime = [queue.enter(turn("a")), queue.enter(turn("b"))];
  await expect(queue.enter(turn("a"))).rejects.toMatchObject(refusal);
  await expect(queue.enter(turn("c"))).rejects.toMatchObject(refusal);
  for (const waiting of inTime) await expect(waiting).rejects.toMatchObject(refusal);
  leave();
  leave();
  const again = await queue.enter(turn("a"));
  const next = queue.enter(turn("b"));
  again();
  await expect(next).resolves.toBeDefined();
});

it("gives up a turn that is canceled, before it waits and while it does", async () => {
  const queue = queueOf({});
  const leave = await queue.enter(turn("a"));
  const cancellation = new CancellationSource();
  const waiting = queue.enter(turn("b", { cancellation }));
  const gone = new Error("its caller is gone");
  cancellation.cancel(gone);
  await expect(waiting).rejects.toBe(gone);
  await expect(queue.enter(turn("b", { cancellation }))).rejects.toBe(gone);
  leave();
  await expect(queue.enter(turn("c"))).resolves.toBeDefined();
});

it("remembers a bounded number of callers", async () => {
  const queue = queueOf({});
  for (let i = 0; i < 5_000; i++) (await queue.enter(turn(`caller ${i}`)))();
  const { callers } = queue as unknown as { callers: Map<string, unknown> };
  expect(callers.size).toBeLessThanOrEqual(1_000);
});
