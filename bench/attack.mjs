// What becomes of others while one caller does its worst: `npm run bench:attack`, on what `npm run build` made, on Linux.
//
//   npm run bench:attack -- --cities 20000 --seconds 8 --heap 1024 --only "filter" --soak 600
//
// For each backend (embedded in a temporary directory; the PostgreSQL server that DATABASE_URL leads to, in a database of its own that is
// dropped at the end) a server is started on synthetic records. Each attack of bench/attack/attacks.mjs runs for some seconds from one address,
// while a client of another address asks for health and for a point, every 20 ms. What is printed of each:
//
// - how long liveness, readiness and the point took, as p50, p99 and the most, in milliseconds;
// - the most memory of the process, in megabytes, against what it had at rest;
// - what still ran ten seconds after the attacker left: processor time of the process, and statements on the server;
// - what the attacker was answered.
//
// It fails where health took more than 100 ms or the point more than 250 ms at p99, where the process ended, where memory
// was more than twice its rest, or where something of the attacker's still ran. --lenient widens the times by ten, for machines that do
// other things at the same time. --soak runs random operations of three callers without a key and two with one for so many seconds instead.
import { once, setMaxListeners } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { clearInterval, setInterval } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { ATTACKS } from "./attack/attacks.mjs";
import { Caller, spread } from "./attack/caller.mjs";
import { startServer } from "./attack/server.mjs";
import { soak } from "./attack/soak.mjs";
import { onServer } from "./on-server.mjs";

const { Client } = createRequire(import.meta.url)("pg");

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const HEALTH_WITHIN_MS = 100;
const POINT_WITHIN_MS = 250;
const LEFT_FOR_MS = 10_000;
/** The part of a core that a server uses which has nothing to do. */
const IDLE_CPU = 0.2;
const POINT = '{ city(by: { slug: "synthetic-city-1" }) { name country { name } } }';

const { values: options } = parseArgs({
  options: {
    cities: { type: "string", default: "2000" },
    seconds: { type: "string", default: "5" },
    heap: { type: "string", default: "1024" },
    only: { type: "string" },
    backend: { type: "string" },
    lenient: { type: "boolean", default: false },
    soak: { type: "string" },
  },
});
const slack = options.lenient ? 10 : 1;
/** A signal that comes after so many milliseconds, however many listen. */
function after(ms) {
  const signal = globalThis.AbortSignal.timeout(ms);
  setMaxListeners(0, signal);
  return signal;
}

function generate(environment) {
  execFileSync(process.execPath, [CLI, "generate", "--cities", options.cities], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: "ignore",
  });
}

function makeKey(environment, name) {
  return execFileSync(process.execPath, [CLI, "key", "create", "--name", name, "--role", "READER"], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "ignore"],
    encoding: "utf8",
  }).trim();
}

/** Holds a table locked until the signal comes. */
async function locked(url, table, signal) {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`);
  signal.addEventListener("abort", () => void client.end());
}

const running = (url) =>
  onServer(
    url,
    "SELECT left(query, 60) AS query FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()",
  );

/** What still runs when the attacker has been gone for a while; undefined where nothing does. */
async function leftBehind(server, databaseUrl) {
  const deadline = Date.now() + LEFT_FOR_MS;
  for (;;) {
    const before = server.cpuSeconds();
    await sleep(1_000);
    const cpu = server.cpuSeconds() - before;
    const statements = databaseUrl === undefined ? [] : await running(databaseUrl);
    if (cpu < IDLE_CPU && statements.length === 0) return undefined;
    if (Date.now() > deadline) return `${cpu.toFixed(2)} of a core, ${JSON.stringify(statements)}`;
  }
}

/** Asks for health and a point until it is stopped. */
function probeBeside(port) {
  const workerData = { port, address: "127.0.0.2", query: POINT };
  const thread = new Worker(new URL("./attack/probe-thread.mjs", import.meta.url), { workerData });
  return {
    stop: async () => {
      const ended = once(thread, "message");
      thread.postMessage("stop");
      const [probe] = await ended;
      return probe;
    },
  };
}

const shown = (times) => [times.p50, times.p99, times.most].map((ms) => Math.round(ms)).join(" / ");

async function runAttack(server, databaseUrl, { name, run, lock }, city, address) {
  const attacker = new Caller(server.port, address);
  const rest = server.memoryMb();
  let most = rest;
  const measuring = setInterval(
    () => (most = Math.max(most, server.ending() === undefined ? server.memoryMb() : 0)),
    50,
  );
  const signal = after(Number(options.seconds) * 1_000);
  if (lock !== undefined) await locked(databaseUrl, lock, signal);
  const probing = probeBeside(server.port);
  await run({ caller: attacker, port: server.port, signal, city });
  const probe = await probing.stop();
  clearInterval(measuring);
  attacker.close();
  const failures = [];
  const times = { live: spread(probe.live), ready: spread(probe.ready), point: spread(probe.point) };
  if (server.ending() !== undefined) return { failures: [`the process ended: ${server.ending()}`], most, times };
  const left = await leftBehind(server, databaseUrl);
  if (times.live.p99 > HEALTH_WITHIN_MS * slack || times.ready.p99 > HEALTH_WITHIN_MS * slack)
    failures.push("health is slow");
  if (times.point.p99 > POINT_WITHIN_MS * slack) failures.push("the point is slow");
  if (probe.refused > 0) failures.push(`${probe.refused} of the other caller's questions failed`);
  if (left !== undefined) failures.push(`still running after ${LEFT_FOR_MS} ms: ${left}`);
  console.log(
    `${name.padEnd(44)} live ${shown(times.live).padEnd(14)} ready ${shown(times.ready).padEnd(14)} point ${shown(times.point).padEnd(16)} memory ${Math.round(rest)} to ${Math.round(most)} MB`,
  );
  console.log(
    `${"".padEnd(44)} ${[...attacker.outcomes].map(([outcome, count]) => `${count} x ${outcome}`).join(", ")}`,
  );
  return { failures, most, times };
}

async function attackBackend(backend, environment, databaseUrl) {
  console.log(`\n${backend}, ${options.cities} cities, a heap of ${options.heap} MB; times as p50 / p99 / most in ms`);
  generate(environment);
  const tokens = options.soak === undefined ? [] : ["one", "two"].map((name) => makeKey(environment, name));
  const server = await startServer(environment, Number(options.heap));
  const failed = [];
  try {
    const warm = new Caller(server.port, "127.0.0.3");
    // The graph of links is read, and memory is what it is in a server that has worked.
    for (let i = 0; i < 300; i++) await warm.ask(POINT);
    for (let i = 0; i < 20; i++)
      await warm.ask("{ cities(first: 100) { nodes { name networks(first: 5) { nodes { name } } } } }");
    warm.close();
    if (options.soak !== undefined) {
      const failures = await soak(server, tokens, Number(options.soak));
      return [...failures, ...server.errors.map((line) => `in the log: ${line.slice(0, 400)}`)].map(
        (failure) => `${backend}: ${failure}`,
      );
    }
    const chosen = ATTACKS.filter(({ name, serverOnly }) => {
      return (options.only === undefined || name.includes(options.only)) && (!serverOnly || databaseUrl !== undefined);
    });
    const rest = server.memoryMb();
    for (const [place, attack] of chosen.entries()) {
      // Each from an address of its own, whose budget nobody has spent yet.
      const address = `127.0.1.${place + 1}`;
      const { failures, most } = await runAttack(server, databaseUrl, attack, "synthetic-city-1", address);
      if (most > rest * 2 * slack) failures.push(`memory rose from ${Math.round(rest)} to ${Math.round(most)} MB`);
      failed.push(...failures.map((failure) => `${backend}: ${attack.name}: ${failure}`));
      if (server.ending() !== undefined) break;
    }
    failed.push(...server.errors.map((line) => `${backend}: in the log: ${line.slice(0, 400)}`));
  } finally {
    if (server.ending() === undefined) await server.stop();
  }
  return failed;
}

async function onEmbedded() {
  const folder = mkdtempSync(join(tmpdir(), "ccg-attack-"));
  try {
    return await attackBackend("embedded", { DATA_DIR: folder }, undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(url) {
  const name = `ccg_attack_${process.pid}`;
  const own = new URL(url);
  own.pathname = `/${name}`;
  await onServer(url, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  try {
    return await attackBackend("PostgreSQL server", { DATABASE_URL: own.href }, own.href);
  } finally {
    await onServer(url, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

const failed = [];
if (options.backend !== "server") failed.push(...(await onEmbedded()));
const url = process.env.DATABASE_URL;
if (!url) console.log("\nThe PostgreSQL server is left out: DATABASE_URL is not set.");
else if (options.backend !== "embedded") failed.push(...(await onPostgres(url)));
if (failed.length === 0) console.log("\nEverything held.");
for (const failure of failed) console.log(`FAILED  ${failure}`);
process.exit(failed.length === 0 ? 0 : 1);
