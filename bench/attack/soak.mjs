// Random operations of several callers at once, for as long as it is told: what the server answers, and what memory it takes.
import { createRequire } from "node:module";
import { clearInterval, setInterval } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";
import { Operations } from "../operations.mjs";
import { Caller } from "./caller.mjs";

const require = createRequire(import.meta.url);
require("reflect-metadata");
const { buildSchema } = require("graphql");
const { randomFrom } = require("../../dist/kernel/random.js");

const AT_ONCE = 8;
/** So long it is asked first, so that all is there that a server reads and computes once. */
const WARM_UP_S = 20;
/** An operation takes no longer, whatever it is. */
const ENDED_WITHIN_MS = 20_000;
/** What a server may say that has too much to do; everything else from 500 on is a fault. */
const MAY_BE = /^50[34] (OVERLOADED|TIMEOUT)/;

const SLUGS = ["City", "Network", "Project", "Organization"].map((type) => [
  type,
  Array.from({ length: 20 }, (_, i) => `synthetic-${type.toLowerCase()}-${i + 1}`),
]);

/** How much more may be in use afterwards than before, in megabytes: what is kept of texts, callers and statements has its bounds. */
const KEPT_MB = 32;

/** Ids of records of several types. */
async function someIds(caller) {
  const page = "(first: 5) { nodes { id } }";
  const { text } = await caller.ask(`{ cities${page} networks${page} projects${page} organizations${page} }`);
  return Object.values(JSON.parse(text).data).flatMap(({ nodes }) => nodes.map(({ id }) => id));
}

/** Each client asks again as soon as it is answered. */
async function ask(server, clients, seconds) {
  const until = Date.now() + seconds * 1_000;
  const askAgain = async ({ caller, operations, fieldsAtOnce, leavesAfterMs }) => {
    while (Date.now() < until && server.ending() === undefined) {
      const fields = Array.from({ length: fieldsAtOnce }, () => operations.rootField()).filter(Boolean);
      const leaves = globalThis.AbortSignal.timeout(leavesAfterMs);
      await caller.ask(`{ ${fields.map((field, n) => `a${n}: ${field}`).join(" ")} }`, leaves);
      await sleep(5);
    }
  };
  await Promise.all(clients.map(askAgain));
}

/** The memory in use when all is over that was under way, in megabytes. */
async function inUse(server) {
  await sleep(ENDED_WITHIN_MS);
  return server.usedMb();
}

/** @param tokens one for each keyed caller; three more have none */
export async function soak(server, tokens, seconds) {
  const first = new Caller(server.port, "127.0.0.10");
  const { text } = await first.send({ method: "GET", path: "/schema.graphql" });
  const ids = await someIds(first);
  first.close();
  const schema = buildSchema(text);
  const callers = [undefined, undefined, undefined, ...tokens].map(
    (token, i) => new Caller(server.port, `127.0.0.${20 + i}`, token),
  );
  const rest = server.memoryMb();
  let most = rest;
  const measuring = setInterval(
    () => (most = Math.max(most, server.ending() === undefined ? server.memoryMb() : 0)),
    100,
  );
  const clients = callers.flatMap((caller, i) =>
    Array.from({ length: AT_ONCE }, (_, j) => ({
      caller,
      operations: new Operations(schema, randomFrom(1_000 * i + j), { slugs: Object.fromEntries(SLUGS), ids }),
      fieldsAtOnce: 1 + (j % 5),
      leavesAfterMs: j === 0 ? 300 : 60_000,
    })),
  );
  await ask(server, clients, WARM_UP_S);
  const usedAtRest = server.ending() === undefined ? await inUse(server) : 0;
  await ask(server, clients, seconds);
  clearInterval(measuring);
  const outcomes = new Map();
  for (const caller of callers) {
    for (const [outcome, count] of caller.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count);
    caller.close();
  }
  for (const [outcome, count] of [...outcomes].sort((a, b) => b[1] - a[1]))
    console.log(`${String(count).padStart(8)} x ${outcome}`);
  const failures = [...outcomes.keys()]
    .filter((outcome) => outcome.startsWith("5") && !MAY_BE.test(outcome))
    .map((outcome) => `answered with ${outcome}`);
  if (server.ending() !== undefined) return [`the process ended: ${server.ending()}`];
  const used = await inUse(server);
  console.log(
    `memory: ${Math.round(rest)} MB at rest, ${Math.round(most)} MB at most, ${Math.round(server.memoryMb())} MB after`,
  );
  console.log(`of it in use without garbage: ${usedAtRest.toFixed(1)} MB at rest, ${used.toFixed(1)} MB after`);
  if (used > usedAtRest + KEPT_MB) failures.push(`memory in use rose from ${usedAtRest} to ${used} MB`);
  return failures;
}
