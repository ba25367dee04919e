// What operations cost, against what they take: true CPU time beside counted cost, for operations of every kind, on 20,000 cities made by
// `ccg generate`. `npm run bench:cost`, on what `npm run build` made.
//
//   npm run bench:cost -- --cities 20000 --networks 100 --projects 20000 --operations 400 --seed 1   (these are the defaults)
//
// In the embedded backend, and where DATABASE_URL is set, on that server too, which must run on this machine, for the CPU time of its
// sessions is read from /proc. Databases stay for the next run, under names that hold their size, until `--drop` is given.
// `--reference` takes the dataset in data/ in memory instead, and no server; `--at-most` leaves out operations, evenly.
//
// Operations are root fields made at random from the schema (bench/operations.mjs), and those that an attacker would try. Each that costs
// no more than the limit is run three times; its least time counts. It is printed:
//
// - how the ratio of true time to counted cost is spread: 1 is as counted, less is cheaper than counted. Times below 5 milliseconds are
//   left out, because they are those of the request itself;
// - the worst ratios, with their documents;
// - the worst of them repeated under aliases until they cost as much as may be: what the limit lets through.
//
// It ends with 1 where an operation under the limit took more than 2 seconds of CPU, and with `--strict` where a ratio is above 3.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Operations, worstFields } from "./operations.mjs";

const require = createRequire(import.meta.url);
require("reflect-metadata");
const { parse } = require("graphql");
const { Client } = require("pg");
const { default: sql } = require("sql-template-tag");
const { Budgets } = require("../dist/access/budgets/budgets.js");
const { MemoryBuckets } = require("../dist/access/budgets/memory-buckets.js");
const { catalogue } = require("../dist/catalogue.js");
const { Collaboration } = require("../dist/collaboration/collaboration.js");
const { readConfiguration, VARIABLES } = require("../dist/configuration.js");
const { openEmbeddedBackend } = require("../dist/database/embedded-backend.js");
const { loadDataset } = require("../dist/database/load/load.js");
const { migrate } = require("../dist/database/migrate.js");
const { readSizes } = require("../dist/database/read/sizes.js");
const { RevisionWatch } = require("../dist/database/revision-watch.js");
const { identifier } = require("../dist/database/sql.js");
const { Vitals } = require("../dist/database/vitals.js");
const { ALIASES_AT_MOST, TOKENS_AT_MOST, measureOperation } = require("../dist/graph/operation-cost.js");
const { recordTypesOf } = require("../dist/graph/prices/costs.js");
const { schemaOf } = require("../dist/graph/schema.js");
const { memoryLimits } = require("../dist/http/operations.js");
const { buildServer } = require("../dist/http/server.js");
const installation = require("../dist/installation.js");
const { encodeId } = require("../dist/kernel/ids.js");
const { randomFrom } = require("../dist/kernel/random.js");
const { ANONYMOUS } = require("../dist/kernel/viewer.js");

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const LIMIT = Number(VARIABLES.QUERY_COST_LIMIT.byDefault);
const MS_A_UNIT = 0.01;
const CPU_MS_AT_MOST = LIMIT * MS_A_UNIT;
const RATIO_AT_MOST = 3;
const RUNS = 3;
/** Below it, what is measured is the request and not what it asks for. */
const LEAST_MS = 5;
const SHOWN = 15;

const { values: options } = parseArgs({
  options: {
    cities: { type: "string", default: "20000" },
    networks: { type: "string", default: "100" },
    projects: { type: "string", default: "20000" },
    operations: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    "at-most": { type: "string", default: "100000" },
    reference: { type: "boolean", default: false },
    strict: { type: "boolean", default: false },
    drop: { type: "boolean", default: false },
  },
});
if (!Object.values(options).every((value) => typeof value === "boolean" || /^\d+$/.test(value))) {
  throw new Error("the options take whole numbers");
}
const size = [
  "--cities",
  options.cities,
  "--networks",
  options.networks,
  "--projects",
  options.projects,
  "--seed",
  "1",
];
const name = `ccg_bench_cost_${options.cities}_${options.networks}_${options.projects}`;

function generate(env) {
  execFileSync(process.execPath, [CLI, "generate", ...size], {
    env: { ...process.env, DATABASE_URL: "", ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
}

async function openReference() {
  const database = await openEmbeddedBackend({});
  await migrate(database, installation.MIGRATIONS_FOLDER);
  await loadDataset(database, catalogue, installation.DATA_FOLDER, () => undefined);
  return database;
}

function openEmbedded() {
  const directory = join(tmpdir(), name);
  if (options.drop) rmSync(directory, { recursive: true, force: true });
  if (!existsSync(directory)) generate({ DATA_DIR: directory });
  return installation.openForMaintenance(readConfiguration({ DATA_DIR: directory }));
}

async function openServer(server) {
  const client = new Client({ connectionString: server });
  await client.connect();
  const url = new URL(server);
  url.pathname = `/${name}`;
  try {
    if (options.drop) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    const { rows } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rows.length === 0) {
      await client.query(`CREATE DATABASE ${name}`);
      generate({ DATABASE_URL: url.href });
    }
  } finally {
    await client.end();
  }
  return installation.openForMaintenance(readConfiguration({ DATABASE_URL: url.href }));
}

/** The CPU time of the server's sessions on this database, in milliseconds; 0 for the embedded backend, whose time is this process's. */
async function sessionsMs(database) {
  if (database.backend === "embedded") return 0;
  const rows = await database.query(sql`SELECT pid FROM pg_stat_activity WHERE datname = current_database()`);
  return rows.reduce((sum, { pid }) => {
    const path = `/proc/${pid}/schedstat`;
    return existsSync(path) ? sum + Number(readFileSync(path, "utf8").split(" ")[0]) / 1e6 : sum;
  }, 0);
}

async function knownOf(database) {
  const known = { slugs: {}, ids: [] };
  for (const type of catalogue.records) {
    const slug = type.columns.slug === undefined ? sql`NULL::text` : sql`slug`;
    const rows = await database.query(
      sql`SELECT id, ${slug} AS slug FROM ${identifier(type.table)} ORDER BY id LIMIT 20`,
    );
    known.ids.push(...rows.slice(0, 5).map(({ id }) => encodeId(type.tag, id)));
    if (type.columns.slug !== undefined) known.slugs[type.name] = rows.map(({ slug }) => slug);
  }
  return known;
}

const documentOf = (field, times = 1) =>
  times === 1 ? `{ ${field} }` : `{ ${Array.from({ length: times }, (_, i) => `a${i}: ${field}`).join(" ")} }`;

async function measureHome(database) {
  const schema = schemaOf(catalogue);
  const revisionWatch = await RevisionWatch.start(database);
  const collaboration = new Collaboration({
    database,
    revisionWatch,
    workerFile: installation.GRAPH_WORKER_FILE,
    onFailure: (error) => {
      throw error;
    },
  });
  const sizes = await readSizes(database, catalogue);
  const app = await buildServer({
    log: undefined,
    schema,
    database,
    catalogue,
    clock: () => new Date("2026-11-20T12:00:00Z"),
    queryCostLimit: Number.MAX_SAFE_INTEGER,
    sizes: () => sizes,
    operationLimits: {
      costAtOnce: Number.MAX_SAFE_INTEGER,
      waitMs: 60_000,
      timeoutMs: 600_000,
      ...memoryLimits(2 ** 32),
    },
    authenticate: () => ANONYMOUS,
    budgets: new Budgets(new MemoryBuckets(), { anonymousPerMinute: 0, keyPerMinute: 0 }),
    trustedProxies: [],
    connections: { atMost: 100, perAddressAtMost: 100 },
    vitals: new Vitals(() => new Date()),
    revisionWatch,
    services: { collaboration },
    corsOrigins: "*",
    graphiqlDirectory: installation.GRAPHIQL_FOLDER,
    examplesDirectory: installation.EXAMPLES_FOLDER,
  });
  const costs = { catalogue, records: recordTypesOf(schema), sizes };
  const costOf = (query) => {
    const document = parse(query);
    const { cost, aliases } = measureOperation(schema, document, document.definitions[0], {}, costs);
    return aliases > ALIASES_AT_MOST ? Infinity : cost;
  };
  const ask = async (query) => {
    const [sessions, begun, start] = [await sessionsMs(database), process.cpuUsage(), performance.now()];
    const response = await app.inject({ method: "POST", url: "/graphql", payload: { query } });
    const { user, system } = process.cpuUsage(begun);
    const wallMs = performance.now() - start;
    const ms = (user + system) / 1_000 + (await sessionsMs(database)) - sessions;
    return { ms, wallMs, bytes: response.body.length, errors: response.json().errors };
  };
  const run = async (query, runs = RUNS) => {
    const times = [];
    for (let i = 0; i < runs; i += 1) times.push(await ask(query));
    return times.reduce((least, one) => (one.ms < least.ms ? one : least));
  };
  const mayBe = (query) => {
    try {
      parse(query, { maxTokens: TOKENS_AT_MOST });
    } catch {
      return false;
    }
    return costOf(query) <= LIMIT;
  };
  /** As often under aliases as it may be. */
  const repeated = (field) => {
    let times = Math.min(ALIASES_AT_MOST, Math.floor(LIMIT / costOf(documentOf(field))));
    while (times > 1 && !mayBe(documentOf(field, times))) times = Math.floor(times * 0.9);
    return documentOf(field, Math.max(1, times));
  };
  const known = await knownOf(database);
  const operations = new Operations(schema, randomFrom(Number(options.seed)), known);
  const fields = [
    ...worstFields(schema, known),
    ...operations.roots.flatMap((root) => [operations.rootField(root), operations.rootField(root)]),
    ...Array.from({ length: Number(options.operations) }, () => operations.rootField()),
  ].filter((field, i, all) => field !== undefined && i % Math.ceil(all.length / Number(options["at-most"])) === 0);
  // The graph of links is read first, and the program's code compiled.
  collaboration.start();
  while ((await ask("{ collaborationMeasures { links } suggestionModel { questions } }")).errors !== undefined)
    await sleep(500);
  for (const field of fields.slice(0, 40)) if (costOf(documentOf(field)) < 1_000) await ask(documentOf(field));

  const results = [];
  const refusals = new Map();
  let above = 0;
  for (const field of fields) {
    const query = documentOf(field);
    const cost = costOf(query);
    if (cost > LIMIT) {
      above += 1;
      continue;
    }
    const result = { field, query, cost, ...(await run(query)) };
    for (const { extensions, message } of result.errors ?? []) {
      const reason = extensions?.reason ?? extensions?.code ?? message;
      if (reason === "UNEXPECTED" || reason === "GRAPHQL_PARSE_FAILED") throw new Error(`${message}\n${query}`);
      refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
    }
    results.push({ ...result, ratio: result.ms / (cost * MS_A_UNIT) });
  }
  report(database.backend, results, above, refusals);

  const worst = results
    .filter(({ ms }) => ms >= LEAST_MS)
    .toSorted((a, b) => b.ratio - a.ratio)
    .slice(0, SHOWN);
  console.log(`\n${database.backend}: as often as the limit of ${LIMIT} lets them`);
  for (const { field } of worst) {
    const query = repeated(field);
    const [cost, { ms, wallMs }] = [costOf(query), await run(query, 1)];
    const result = { query, cost, ms, wallMs, ratio: ms / (cost * MS_A_UNIT) };
    results.push(result);
    show(result);
  }
  await app.close();
  await collaboration.close();
  await revisionWatch.close();
  return results;
}

function show({ query, cost, ms, ratio, bytes }) {
  const size = bytes === undefined ? "" : `, ${Math.round(bytes / 1024)} KiB`;
  console.log(
    `  ratio ${ratio.toFixed(2)}: ${ms.toFixed(1)} ms, cost ${Math.round(cost)}${size}\n    ${query.slice(0, 400)}`,
  );
}

function report(backend, results, above, refusals) {
  const taken = results.filter(({ ms }) => ms >= LEAST_MS);
  const ratios = taken.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const at = (share) => (ratios[Math.min(ratios.length - 1, Math.floor(ratios.length * share))] ?? 0).toFixed(2);
  console.log(`\n${backend}: ${results.length} operations under the limit, ${above} above it`);
  console.log(
    `  true time by counted cost: p10 ${at(0.1)}, p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, most ${at(1)}`,
  );
  const longest = results.reduce((most, one) => (one.ms > most.ms ? one : most));
  console.log(`  the longest took ${longest.ms.toFixed(0)} ms of CPU`);
  if (refusals.size > 0) console.log(`  refused when they were read: ${JSON.stringify(Object.fromEntries(refusals))}`);
  for (const result of taken.toSorted((a, b) => b.ratio - a.ratio).slice(0, SHOWN)) show(result);
}

const backends = options.reference
  ? [openReference]
  : [openEmbedded, ...(process.env.DATABASE_URL ? [() => openServer(process.env.DATABASE_URL)] : [])];
console.log(`Node ${process.version}, ${cpus()[0]?.model} x ${cpus().length}`);
const faults = [];
for (const open of backends) {
  const database = await open();
  const results = await measureHome(database);
  for (const { query, ms, ratio } of results) {
    if (ms > CPU_MS_AT_MOST) faults.push(`${database.backend}: ${ms.toFixed(0)} ms of CPU: ${query.slice(0, 200)}`);
    else if (options.strict && ms >= 10 && ratio > RATIO_AT_MOST)
      faults.push(`${database.backend}: ratio ${ratio.toFixed(1)}: ${query.slice(0, 200)}`);
  }
  await database.close();
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
