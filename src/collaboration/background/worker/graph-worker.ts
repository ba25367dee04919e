// What is computed over the whole graph, off the request path: one worker thread, one job after the other.
import { resolve } from "node:path";
import { types } from "node:util";
import { Worker } from "node:worker_threads";
import { ApiError } from "../../../kernel/errors";
import type { Measures, MeasuresRequest } from "../../graph/measures/measures";
import type { StrongestLinks, StrongestRequest } from "../../graph/strongest/strongest-links";
import type { GraphAnswer, GraphRequest } from "./entry";

interface Job {
  request: GraphRequest;
  resolve: (answer: Measures | StrongestLinks) => void;
  reject: (error: Error) => void;
}

/** Each that waits holds a copy of the graph. */
const WAITING_AT_MOST = 16;

const CLOSED = "the worker of the graph is closed";

/**
 * A worker thread that is started at the first job and kept. It does not keep the process: whoever waits for an answer in a process that
 * has nothing else to do must keep that process itself.
 *
 * Jobs wait for each other, 16 at most; each waiting one holds its arrays. These are handed over at the call: they are moved, not
 * copied, at no cost whatever their size, and are empty for the caller afterwards. An array that is not alone in its buffer (a
 * subarray, one over a SharedArrayBuffer) is copied instead, on the caller's thread (about 1 ms for 4 MB), and stays as it is. The
 * answers' arrays are moved too.
 *
 * A job rejects where its projection is not one (see checkProjection), where the worker ended before it answered (the next job gets a new
 * one), and after close().
 */
export class GraphWorker {
  private worker: Worker | undefined;
  private running: Job | undefined;
  private readonly waiting: Job[] = [];
  private closed = false;

  /** @param file the compiled entry.ts: dist/collaboration/background/worker/entry.js where the server is built */
  constructor(private readonly file: string) {}

  /** The measures of a projection: see measuresOf. */
  async measures(request: MeasuresRequest): Promise<Measures> {
    return (await this.run({ job: "measures", ...request })) as Measures;
  }

  /** The strongest links of a projection. */
  async strongestLinks(request: StrongestRequest): Promise<StrongestLinks> {
    return (await this.run({ job: "strongest", ...request })) as StrongestLinks;
  }

  private run(request: GraphRequest): Promise<Measures | StrongestLinks> {
    if (this.closed) return Promise.reject(new Error(CLOSED));
    if (this.waiting.length >= WAITING_AT_MOST) {
      const message = "too much is asked of the whole graph at once: try again in some seconds";
      return Promise.reject(new ApiError("OVERLOADED", message, "GRAPH_BUSY"));
    }
    const alone = takenOver(request);
    return new Promise((answer, reject) => {
      this.waiting.push({ request: alone, resolve: answer, reject });
      this.next();
    });
  }

  /** Ends the worker at once. What runs or waits is rejected; returns when the thread is gone. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.waiting.splice(0)) reject(new Error(CLOSED));
    await this.worker?.terminate();
  }

  private next(): void {
    if (this.running !== undefined) return;
    const job = this.waiting.shift();
    if (job === undefined) return;
    this.running = job;
    this.worker ??= this.start();
    this.worker.postMessage(job.request, buffersOf(job.request));
  }

  private start(): Worker {
    const worker = new Worker(resolve(this.file));
    let cause: unknown;
    worker.on("message", (answer: GraphAnswer) =>
      this.settle((job) => {
        if ("answer" in answer) job.resolve(answer.answer);
        else job.reject(new RangeError(answer.refused));
      }),
    );
    // An error that nothing caught, or an answer that could not be read: the thread ends, and the job is told why.
    worker.on("error", (error) => (cause = error));
    worker.on("messageerror", (error) => {
      cause = error;
      void worker.terminate();
    });
    worker.on("exit", (code) => {
      this.worker = undefined;
      const why = this.closed ? CLOSED : `the worker of the graph ended with code ${code} before it answered`;
      this.settle((job) => job.reject(new Error(why, { cause })));
    });
    // After the listeners: adding one for messages holds the process again.
    worker.unref();
    return worker;
  }

  private settle(answer: (job: Job) => void): void {
    const job = this.running;
    this.running = undefined;
    if (job !== undefined) answer(job);
    this.next();
  }
}

/** The buffers of all arrays of a request. */
function buffersOf(request: GraphRequest): ArrayBuffer[] {
  const { offsets, members, weights } = request.projection;
  return [offsets, members, weights, request.ids].map(({ buffer }) => buffer as ArrayBuffer);
}

/** The request in buffers that only this copy of it has. */
function takenOver<Request extends GraphRequest>(request: Request): Request {
  const { partnerCount, offsets, members, weights } = request.projection;
  const alone = {
    ...request,
    projection: {
      partnerCount,
      offsets: inOwnBuffer(offsets),
      members: inOwnBuffer(members),
      weights: inOwnBuffer(weights),
    },
    ids: inOwnBuffer(request.ids),
  };
  return structuredClone(alone, { transfer: buffersOf(alone) });
}

function inOwnBuffer<Values extends Uint32Array | Float64Array>(values: Values): Values {
  const alone = types.isArrayBuffer(values.buffer) && values.buffer.byteLength === values.byteLength;
  return alone ? values : (values.slice() as Values);
}
