// The client that an attack must not be felt by, in a thread of its own: the attacker's work here must not count as waiting.
import { parentPort, workerData } from "node:worker_threads";
import { Caller, Probe } from "./caller.mjs";

const { port, address, query } = workerData;
const caller = new Caller(port, address);
const probe = new Probe(caller, query);
const stop = new globalThis.AbortController();
parentPort.once("message", () => stop.abort());
await probe.run(stop.signal);
caller.close();
const { live, ready, point, refused } = probe;
parentPort.postMessage({ live, ready, point, refused });
