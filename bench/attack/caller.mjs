// A client with an address of its own among the loopback addresses, and a key where it has one.
import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

const ERROR = /"extensions":\{"code":"([A-Z_]+)"(?:,"reason":"([A-Z_]+)")?/g;
const OF_STATUS_500 = new Set(["OVERLOADED", "TIMEOUT"]);

export class Caller {
  /** what came back, by HTTP status and the code and reason of the error that matters */
  outcomes = new Map();

  constructor(port, address, token) {
    this.port = port;
    this.token = token;
    this.address = address;
    this.agent = new Agent({ keepAlive: true, localAddress: address, maxSockets: 2_000 });
  }

  /** @returns the answer's body, or undefined where there is none because the connection ended or the signal came */
  send({ method = "POST", path = "/graphql", body, signal, token = this.token }) {
    return new Promise((resolve) => {
      const headers = { "content-type": "application/json", accept: "application/json" };
      if (token !== undefined) headers.authorization = `Bearer ${token}`;
      const sent = request(
        { host: "127.0.0.1", port: this.port, agent: this.agent, method, path, headers, signal },
        (response) => {
          const chunks = [];
          response.on("data", (chunk) => chunks.push(chunk));
          response.on("error", () => resolve(undefined));
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            this.note(response.statusCode, text);
            resolve({ status: response.statusCode, text });
          });
        },
      );
      sent.on("error", (error) => {
        if (!signal?.aborted) this.count(`connection: ${error.code ?? error.message}`);
        resolve(undefined);
      });
      sent.end(body);
    });
  }

  ask(query, signal, token) {
    return this.send({ body: JSON.stringify({ query }), signal, token });
  }

  close() {
    this.agent.destroy();
  }

  note(status, text) {
    const errors = [...text.slice(0, 50_000).matchAll(ERROR)];
    // Beside others, it is this one that gives an answer its status.
    const [, code, reason] = errors.find(([, one]) => status >= 500 && OF_STATUS_500.has(one)) ?? errors[0] ?? [];
    this.count([status, code, reason].filter(Boolean).join(" "));
  }

  count(outcome) {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }
}

/** Times in milliseconds as p50, p99 and the most. */
export function spread(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: sorted.at(-1) ?? 0 };
}

/** Asks for health and a point, again and again, and keeps how long each took. */
export class Probe {
  live = [];
  ready = [];
  point = [];
  refused = 0;

  constructor(caller, query) {
    this.caller = caller;
    this.query = query;
  }

  async run(signal) {
    const timed = async (times, work) => {
      const began = performance.now();
      const answer = await work();
      times.push(performance.now() - began);
      if (answer?.status !== 200 || answer.text.includes('"errors"')) this.refused += 1;
    };
    const again = async (work) => {
      while (!signal.aborted) {
        await work();
        await sleep(20);
      }
    };
    await Promise.all([
      again(() => timed(this.live, () => this.caller.send({ method: "GET", path: "/health/live" }))),
      again(() => timed(this.ready, () => this.caller.send({ method: "GET", path: "/health/ready" }))),
      again(() => timed(this.point, () => this.caller.ask(this.query))),
    ]);
  }
}
