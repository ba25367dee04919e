import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { measuresOf } from "../../../../src/collaboration/measures/measures";
import { GraphWorker } from "../../../../src/collaboration/worker/graph-worker";
import type { Projection } from "../../../../src/collaboration/measures/projection";
import { strongestLinks, type StrongestRequest } from "../../../../src/collaboration/strongest/strongest-links";
import { makeInstallation, type Installation } from "../../../support/installation";
import { projectionOf } from "../measures/reference";

let installation: Installation;
let built: string;
let worker: GraphWorker;
beforeAll(() => {
  installation = makeInstallation();
  built = join(dirname(installation.main), "collaboration", "worker");
});
afterAll(() => installation.remove());
beforeEach(() => (worker = new GraphWorker(join(built, "entry.js"))));
afterEach(() => worker.close());

const small = (): Projection =>
  projectionOf(5, [
    [0, 1, 2],
    [2, 3],
    [3, 0],
  ]);
/** A ring of things of 40, which takes a while. */
const large = (): Projection =>
  projectionOf(
    20_000,
    Array.from({ length: 5_000 }, (_, thing) =>
      Array.from({ length: 40 }, (_, place) => (thing * 4 + place * 3) % 20_000),
    ),
  );

/** The real worker, but for requests of these seeds. */
function workerThatFails(): GraphWorker {
  const file = join(installation.folder, "failing-entry.js");
  writeFileSync(
    file,
    `const { parentPort } = require("node:worker_threads");
     const on = parentPort.on.bind(parentPort);
     parentPort.on = (event, answer) => on(event, (request) => {
       if (request.seed === 13) process.exit(7);
       if (request.seed === 14) throw new Error("out of luck");
       answer(request);
     });
     require(${JSON.stringify(join(built, "entry.js"))});`,
  );
  return new GraphWorker(file);
}

it("answers what is measured without it, one job after the other", async () => {
  const answers = await Promise.all([
    worker.measures(small(), 1),
    worker.measures(large(), 2),
    worker.measures(small(), 3),
  ]);
  expect(answers).toEqual([measuresOf(small(), 1), measuresOf(large(), 2), measuresOf(small(), 3)]);
});

it("takes the arrays over, also while they wait", async () => {
  const [first, second] = [small(), small()];
  const answers = [worker.measures(first, 1), worker.measures(second, 1)];
  for (const { offsets, members, weights } of [first, second])
    expect([offsets, members, weights].map(({ byteLength }) => byteLength)).toEqual([0, 0, 0]);
  await Promise.all(answers);
});

it("leaves buffers alone that hold more than the array, or are shared", async () => {
  const projection = small();
  const more = Uint32Array.of(99, ...projection.members, 99);
  const shared = new Float64Array(new SharedArrayBuffer(24));
  shared.set(projection.weights);
  const measures = await worker.measures({ ...projection, members: more.subarray(1, -1), weights: shared }, 1);
  expect(measures).toEqual(measuresOf(small(), 1));
  expect([...more]).toEqual([99, ...small().members, 99]);
  expect([...shared]).toEqual([...small().weights]);
});

it("lets the event loop of its caller run", async () => {
  const progress = { done: false };
  let turns = 0;
  const answer = worker.measures(large(), 1).finally(() => (progress.done = true));
  for (; !progress.done; turns++) await turn();
  expect((await answer).linkedPartnerCount).toBe(20_000);
  expect(turns).toBeGreaterThan(100);
});

it("refuses what is no projection, and goes on", async () => {
  const bad = worker.measures({ ...small(), partnerCount: 2 }, 1);
  const good = worker.measures(small(), 1);
  await expect(bad).rejects.toThrow("thing 0 has partner 2 of 2");
  expect(await good).toEqual(measuresOf(small(), 1));
});

it.each([
  ["ends", 13, "the worker of the graph ended with code 7 before it answered", undefined],
  ["throws", 14, "the worker of the graph ended with code 1 before it answered", "out of luck"],
])("rejects the job in which the worker %s, and measures the next in a new one", async (_, seed, message, cause) => {
  const failing = workerThatFails();
  const before = failing.measures(small(), 1);
  const crashed = failing.measures(small(), seed).catch((error: unknown) => error as Error);
  const after = failing.measures(small(), 1);
  expect(await before).toEqual(measuresOf(small(), 1));
  const error = (await crashed) as Error;
  expect(error.message).toBe(message);
  expect((error.cause as Error | undefined)?.message).toBe(cause);
  expect(await after).toEqual(measuresOf(small(), 1));
  expect(await failing.measures(small(), 1)).toEqual(measuresOf(small(), 1));
  await failing.close();
});

it("rejects what runs and what waits when it is closed, and whatever comes after", async () => {
  const jobs = [worker.measures(large(), 1), worker.measures(small(), 1)].map((job) => job.catch(String));
  await worker.close();
  const closed = "Error: the worker of the graph is closed";
  expect(await Promise.all([...jobs, worker.measures(small(), 1).catch(String)])).toEqual([closed, closed, closed]);
  await worker.close();
});

it("does not keep a process that is done", () => {
  const script = join(installation.folder, "done.js");
  writeFileSync(
    script,
    `
    const { GraphWorker } = require(${JSON.stringify(join(built, "graph-worker.js"))});
    const busy = setInterval(() => {}, 1000);
    new GraphWorker(${JSON.stringify(join(built, "entry.js"))})
      .measures({ partnerCount: 2, offsets: Uint32Array.of(0, 2), members: Uint32Array.of(0, 1), weights: Float64Array.of(1) }, 1)
      .then(({ linkCount }) => { console.log(linkCount); clearInterval(busy); });`,
  );
  expect(execFileSync(process.execPath, [script], { encoding: "utf8", timeout: 30_000 })).toBe("1\n");
});

it("finds the strongest links as without it, and takes their arrays over", async () => {
  const request = (): StrongestRequest => ({
    projection: small(),
    ids: Uint32Array.from({ length: 20 }, (_, i) => i),
    minStrength: 0,
    limit: 3,
  });
  const given = request();
  const answer = worker.strongestLinks(given);
  expect(given.ids.byteLength).toBe(0);
  expect(await answer).toEqual(strongestLinks(request()));
});
