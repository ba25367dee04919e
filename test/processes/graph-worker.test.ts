import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { GraphWorker } from "../../src/collaboration/background/worker/graph-worker";
import { measuresOf, type MeasuresRequest } from "../../src/collaboration/graph/measures/measures";
import { strongestLinks, type StrongestRequest } from "../../src/collaboration/graph/strongest/strongest-links";
import { makeInstallation, type Installation } from "../support/installation";
import { idsOf, projectionOf } from "../unit/collaboration/graph/measures/reference";

let installation: Installation;
let built: string;
let worker: GraphWorker;
beforeAll(() => {
  installation = makeInstallation();
  built = join(dirname(installation.main), "collaboration", "background", "worker");
});
afterAll(() => installation.remove());
beforeEach(() => (worker = new GraphWorker(join(built, "entry.js"))));
afterEach(() => worker.close());

const small = (seed = 1): MeasuresRequest => ({
  projection: projectionOf(5, [
    [0, 1, 2],
    [2, 3],
    [3, 0],
  ]),
  ids: idsOf(5),
  seed,
});
/** A ring of records of 40, which takes a while. */
const large = (seed = 1): MeasuresRequest => ({
  projection: projectionOf(
    20_000,
    Array.from({ length: 5_000 }, (_, record) =>
      Array.from({ length: 40 }, (_, place) => (record * 4 + place * 3) % 20_000),
    ),
  ),
  ids: idsOf(20_000),
  seed,
});

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
  const requests = (): MeasuresRequest[] => [small(1), large(2), small(3)];
  const answers = await Promise.all(requests().map((request) => worker.measures(request)));
  expect(answers).toEqual(requests().map(measuresOf));
});

it("takes the arrays over, also while they wait", async () => {
  const [first, second] = [small(), small()];
  const answers = [worker.measures(first), worker.measures(second)];
  for (const { projection, ids } of [first, second]) {
    const { offsets, members, weights } = projection;
    expect([offsets, members, weights, ids].map(({ byteLength }) => byteLength)).toEqual([0, 0, 0, 0]);
  }
  await Promise.all(answers);
});

it("leaves buffers alone that hold more than the array, or are shared", async () => {
  const { projection, ...rest } = small();
  const more = Uint32Array.of(99, ...projection.members, 99);
  const shared = new Float64Array(new SharedArrayBuffer(24));
  shared.set(projection.weights);
  const measures = await worker.measures({
    ...rest,
    projection: { ...projection, members: more.subarray(1, -1), weights: shared },
  });
  expect(measures).toEqual(measuresOf(small()));
  expect([...more]).toEqual([99, ...small().projection.members, 99]);
  expect([...shared]).toEqual([...small().projection.weights]);
});

it("lets the event loop of its caller run", async () => {
  const progress = { done: false };
  let turns = 0;
  const answer = worker.measures(large()).finally(() => (progress.done = true));
  for (; !progress.done; turns++) await turn();
  expect((await answer).linkedPartnerCount).toBe(20_000);
  expect(turns).toBeGreaterThan(100);
});

it("refuses what is no projection, and goes on", async () => {
  const bad = worker.measures({ ...small(), projection: { ...small().projection, partnerCount: 2 } });
  const good = worker.measures(small());
  await expect(bad).rejects.toThrow("record 0 has partner 2 of 2");
  expect(await good).toEqual(measuresOf(small()));
});

it.each([
  ["ends", 13, "the worker of the graph ended with code 7 before it answered", undefined],
  ["throws", 14, "the worker of the graph ended with code 1 before it answered", "out of luck"],
])("rejects the job in which the worker %s, and measures the next in a new one", async (_, seed, message, cause) => {
  const failing = workerThatFails();
  const before = failing.measures(small());
  const crashed = failing.measures(small(seed)).catch((error: unknown) => error as Error);
  const after = failing.measures(small());
  expect(await before).toEqual(measuresOf(small()));
  const error = (await crashed) as Error;
  expect(error.message).toBe(message);
  expect((error.cause as Error | undefined)?.message).toBe(cause);
  expect(await after).toEqual(measuresOf(small()));
  expect(await failing.measures(small())).toEqual(measuresOf(small()));
  await failing.close();
});

it("rejects what runs and what waits when it is closed, and whatever comes after", async () => {
  const jobs = [worker.measures(large()), worker.measures(small())].map((job) => job.catch(String));
  await worker.close();
  const closed = "Error: the worker of the graph is closed";
  expect(await Promise.all([...jobs, worker.measures(small()).catch(String)])).toEqual([closed, closed, closed]);
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
      .measures({
        projection: { partnerCount: 2, offsets: Uint32Array.of(0, 2), members: Uint32Array.of(0, 1), weights: Float64Array.of(1) },
        ids: Uint32Array.of(0, 0, 0, 0, 0, 0, 0, 1),
        seed: 1,
      })
      .then(({ linkCount }) => { console.log(linkCount); clearInterval(busy); });`,
  );
  expect(execFileSync(process.execPath, [script], { encoding: "utf8", timeout: 30_000 })).toBe("1\n");
});

it("finds the strongest links as without it, and takes their arrays over", async () => {
  const request = (): StrongestRequest => ({
    projection: small().projection,
    ids: idsOf(5),
    minStrength: 0,
    limit: 3,
  });
  const given = request();
  const answer = worker.strongestLinks(given);
  expect(given.ids.byteLength).toBe(0);
  expect(await answer).toEqual(strongestLinks(request()));
});
