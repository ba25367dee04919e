// How fast writing is, in both backends: the embedded one in a temporary directory, and a PostgreSQL server where DATABASE_URL
// leads to one. There a database of its own is made from the same dataset and dropped at the end; the role must be able to
// create databases. `npm run bench:writes`, on what `npm run build` made.
//
// What is measured, each as the median of RUNS runs after one run to warm up, with the least and the most beside it:
//
// - Single records, by HTTP: createProject with two creative fields, a goal, an external id and a source, and updateProject of a
//   title, each a mutation and a transaction of its own, sent by 1 client, then by 16 at once that each wait for their
//   answer. The server is a process of its own with its default configuration; this process is the clients. A run lasts
//   RUN_MS. With several clients on few cores, clients and server share them: the numbers are of the whole machine.
// - Transactions of 1,000 records: the statement that the dataset is loaded by (INSERT … SELECT … ON CONFLICT, through
//   writeRecords), in this process and without HTTP. First 1,000 new projects, then another title for the same 1,000.
//
// Heads and log are written with each of them, by the triggers that nothing escapes. Writing is serial by design, so more
// clients gain what is not the transaction itself: parsing, checking, and reading the answer.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
require("reflect-metadata");
const { createKey } = require("../dist/access/key-store.js");
const { catalogue } = require("../dist/catalogue.js");
const { readConfiguration } = require("../dist/configuration.js");
const { GuardedWrites } = require("../dist/database/load/guarded-writes.js");
const { loadDataset } = require("../dist/database/load/load.js");
const { writeRecords } = require("../dist/database/load/write-records.js");
const { DATA_FOLDER, openDatabase } = require("../dist/installation.js");
const { Client } = require("pg");

const RUNS = 5;
const RUN_MS = 1_500;
const CLIENTS = [1, 16];
const RECORDS = 1_000;
const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** The median of the runs, and their least and most, as text. */
function summary(perSecond) {
  const sorted = perSecond.toSorted((a, b) => a - b);
  const shown = (value) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en"));
  return `${shown(sorted[Math.floor(sorted.length / 2)])} (${shown(sorted[0])} to ${shown(sorted.at(-1))})`;
}

/** Runs once to warm up, then RUNS times. @param run answers with how many per second */
async function measured(run) {
  await run();
  const perSecond = [];
  for (let i = 0; i < RUNS; i++) perSecond.push(await run());
  return perSecond;
}

// ── Single records ──────────────────────────────────────────────────────────────────────────────────────────

const CREATE =
  "mutation ($input: CreateProjectInput!) { done: createProject(input: $input) { revision userErrors { message } project { id } } }";
const UPDATE =
  "mutation ($input: UpdateProjectInput!) { done: updateProject(input: $input) { revision userErrors { message } project { id } } }";

let made = 0;

function newProject() {
  const slug = `bench-${++made}`;
  return {
    slug,
    title: `Project ${made}`,
    creativeFields: [{ slug: "music" }, { slug: "film" }],
    goals: [{ number: 11 }],
    externalIds: [{ scheme: "BENCH", value: slug }],
    sources: [{ title: "Benchmark" }],
  };
}

/** One mutation. @throws unless it was written */
async function write({ url, token }, query, input) {
  const response = await globalThis.fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = await response.json();
  const wrong = errors ?? data.done.userErrors;
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
}

/** Writes per second of so many clients, each of which sends the next when the last is answered. */
async function runClients(count, writeNext) {
  const began = performance.now();
  let written = 0;
  const client = async (i) => {
    while (performance.now() - began < RUN_MS) {
      await writeNext(i);
      written++;
    }
  };
  await Promise.all(Array.from({ length: count }, (_, i) => client(i)));
  return (written / (performance.now() - began)) * 1_000;
}

async function measureSingle(server) {
  const own = Array.from({ length: Math.max(...CLIENTS) }, newProject);
  for (const project of own) await write(server, CREATE, project);
  const rows = [];
  for (const count of CLIENTS) {
    const clients = count === 1 ? "1 client" : `${count} clients`;
    const creates = await measured(() => runClients(count, () => write(server, CREATE, newProject())));
    rows.push([`createProject, ${clients}`, "writes/s", creates]);
    const updates = await measured(() =>
      runClients(count, (i) => write(server, UPDATE, { by: { slug: own[i].slug }, title: `Title ${++made}` })),
    );
    rows.push([`updateProject, ${clients}`, "writes/s", updates]);
  }
  return rows;
}

/** What no client of the server may ask for in a minute is measured here: it sets no budgets. */
const NO_BUDGETS = { BUDGET_PER_MINUTE_ANONYMOUS: "0", BUDGET_PER_MINUTE_KEY: "0" };

/** The server as its operator starts it. */
async function startServer(environment) {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", ...NO_BUDGETS, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  let printed = "";
  const url = await new Promise((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text) => {
      // Read on also when it listens: a pipe that nobody reads would stop it.
      if (printed.length < 100_000) printed += text;
      const [found] = /(?<="msg":"Server listening at )[^"]+/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`the server did not come up:\n${printed}`)));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { url, stop };
}

// ── Transactions of many ────────────────────────────────────────────────────────────────────────────────────

async function writeMany(database, rows) {
  const began = performance.now();
  await database.write("benchmark", async (session) => {
    const writes = new GuardedWrites(session);
    const loaded = { type: catalogue.getByName("Project"), file: "projects.csv", rows };
    await writeRecords(writes, loaded, () => undefined);
    if (writes.problems.length > 0) throw new Error(String(writes.problems[0]));
  });
  return 1_000 / (performance.now() - began);
}

function manyProjects() {
  return Array.from({ length: RECORDS }, (_, line) => {
    const { slug, title } = newProject();
    return { line, values: { slug, title, status: "ACTIVE", themes: ["benchmark"], areasOfAction: [] } };
  });
}

async function measureMany(database) {
  let rows = [];
  const inserts = await measured(() => writeMany(database, (rows = manyProjects())));
  const updates = await measured(() => {
    rows = rows.map(({ line, values }) => ({ line, values: { ...values, title: `Title ${++made}` } }));
    return writeMany(database, rows);
  });
  const records = `${RECORDS.toLocaleString("en")} projects`;
  const asRecords = (perSecond) => perSecond.map((transactions) => transactions * RECORDS);
  return [
    [`${records}, new`, "transactions/s", inserts],
    ["", "records/s", asRecords(inserts)],
    [`${records}, changed`, "transactions/s", updates],
    ["", "records/s", asRecords(updates)],
  ];
}

// ── The backends ───────────────────────────────────────────────────────────────────────────────────────────────

/** @param environment says which database the server uses; empty but for that */
async function measureHome(environment) {
  const open = async () => (await openDatabase(readConfiguration(environment))).database;
  let database = await open();
  // An embedded database is filled already, which changes nothing here.
  await loadDataset(database, catalogue, DATA_FOLDER, () => undefined);
  const wish = { name: "benchmark", role: "SECRETARIAT", scope: null, expiresAt: null, createdBy: "benchmark" };
  const { token } = await database.write("benchmark", (session) => createKey(session, wish, new Date()));
  const [{ server_version: version }] = await database.query({ text: "SHOW server_version", values: [] });
  await database.close();

  const { url, stop } = await startServer(environment);
  const single = await measureSingle({ url, token }).finally(stop);
  database = await open();
  const many = await measureMany(database).finally(() => database.close());
  return { version, rows: [...single, ...many] };
}

async function measureEmbedded() {
  const folder = mkdtempSync(join(tmpdir(), "ccg-bench-"));
  try {
    return await measureHome({ DATA_DIR: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureServer(url) {
  const name = `ccg_bench_${process.pid}`;
  const own = new URL(url);
  own.pathname = `/${name}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  try {
    return await measureHome({ DATABASE_URL: own.href });
  } finally {
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await client.end();
  }
}

function print(title, { version, rows }) {
  console.log(`\n${title}, PostgreSQL ${version}\n`);
  const lines = [
    ["write", "", "median (least to most)"],
    ...rows.map(([what, unit, runs]) => [what, unit, summary(runs)]),
  ];
  const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column].length)));
  for (const [what, unit, value] of lines)
    console.log(`  ${what.padEnd(widths[0])}  ${unit.padEnd(widths[1])}  ${value}`);
}

const [processor] = cpus();
console.log(
  `Node ${process.version}, ${cpus().length} cores (${processor?.model.trim() ?? "unknown"}), ${RUNS} runs each`,
);
print("Embedded", await measureEmbedded());
const url = process.env.DATABASE_URL;
if (url) print("PostgreSQL server", await measureServer(url));
else console.log("\nThe PostgreSQL server is left out: DATABASE_URL is not set.");
