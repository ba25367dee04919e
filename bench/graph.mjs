// How fast the graph of collaboration is at scale: 100,000 cities and about 1,000,000 affiliations, made by `ccg generate` on the PostgreSQL
// server that DATABASE_URL leads to, in a database of its own. `npm run bench:graph`, on what `npm run build` made.
//
//   npm run bench:graph -- --cities 100000 --networks 200 --projects 100000 --seed 1   (these are the defaults)
//
// Making the database takes some minutes; it stays for the next run, under a name that holds its size, until `--drop` is given.
//
// What is measured, in this process and without HTTP:
//
// - reading the graph at a start: how long, what it holds in memory for each affiliation (the arrays, the tables of ids with them), and the
//   longest pause of the event loop meanwhile;
// - collaborationPaths (three paths of six links at most, records of 50 partners at most), collaborators, and collaborationNeighborhood of
//   depth 2 (200 partners, all links between them): of partners that are linked at random, the walk and the evidence, not the reading of
//   records by id. Paths and collaborators are one pause of the event loop each, neighbourhoods one for each step. Each after 200 other
//   questions to warm up, as a server that has run for a while is;
// - suggestions to a city: the profiles of all partners, which are made once for each state of the graph, and then ten suggestions, step by
//   step;
// - measures and the strongest 1,000 links: what this thread does for them, and what the worker thread does;
// - from the commit of one new participation until the graph has it, and the longest pause of the event loop meanwhile.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { onServer } from "./on-server.mjs";

const require = createRequire(import.meta.url);
require("reflect-metadata");
const { readConfiguration } = require("../dist/configuration.js");
const { openForMaintenance, GRAPH_WORKER_FILE } = require("../dist/installation.js");
const { RevisionWatch } = require("../dist/database/revision-watch.js");
const { readRevision } = require("../dist/database/read/revision.js");
const { GraphFollower } = require("../dist/collaboration/upkeep/graph-follower.js");
const { Selection } = require("../dist/collaboration/graph/selection.js");
const { PathGraph } = require("../dist/collaboration/graph/paths/path-graph.js");
const { bestPaths } = require("../dist/collaboration/graph/paths/best-paths.js");
const { collaboratorsOf, linkBetween, linkOver } = require("../dist/collaboration/graph/links.js");
const { neighbourhoodOf } = require("../dist/collaboration/graph/neighbourhood.js");
const { Profiles } = require("../dist/collaboration/graph/suggestions/profiles.js");
const { questionOfCity } = require("../dist/collaboration/graph/suggestions/question.js");
const { suggest } = require("../dist/collaboration/graph/suggestions/suggest.js");
const { CITY_TYPE } = require("../dist/collaboration/graph/memory/traits.js");
const { dayNumber } = require("../dist/collaboration/graph/memory/days.js");
const { project } = require("../dist/collaboration/graph/projected.js");
const { GraphWorker } = require("../dist/collaboration/background/worker/graph-worker.js");
const { randomFrom } = require("../dist/kernel/random.js");
const { default: sql } = require("sql-template-tag");

const TODAY = new Date().toISOString().slice(0, 10);
const WALKS = 2_000;
const WARM_UP = 200;
const NEIGHBOURHOODS = 500;
const SUGGESTIONS = 500;
const WRITES = 200;
const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

const { values: options } = parseArgs({
  options: {
    cities: { type: "string", default: "100000" },
    networks: { type: "string", default: "200" },
    projects: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    drop: { type: "boolean", default: false },
  },
});

const ms = (value) => `${value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString("en")} ms`;
const say = (what, value) => console.log(`${what.padEnd(64)} ${value}`);

function spread(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return `p50 ${ms(at(0.5))}, p99 ${ms(at(0.99))}, most ${ms(sorted.at(-1))}`;
}

/** The longest time for which the event loop did nothing else, while the work was done. */
async function withLongestPause(work) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const result = await work();
  delay.disable();
  return { result, pauseMs: delay.max / 1e6 };
}

/** The address of the generated database, made where it is not there. */
async function generated(server) {
  const name = `ccg_bench_graph_${options.cities}_${options.networks}_${options.projects}_${options.seed}`;
  if (!Object.values(options).every((value) => typeof value === "boolean" || /^\d+$/.test(value))) {
    throw new Error("--cities, --networks, --projects and --seed take whole numbers");
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  if (options.drop) await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  const there = await onServer(server, "SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  if (there.length === 0) {
    await onServer(server, `CREATE DATABASE ${name}`);
    const { cities, networks, projects, seed } = options;
    const size = ["--cities", cities, "--networks", networks, "--projects", projects, "--seed", seed];
    execFileSync(process.execPath, [CLI, "generate", ...size], {
      env: { ...process.env, DATABASE_URL: url.href },
      stdio: ["ignore", "inherit", "inherit"],
    });
  }
  return { name, url: url.href };
}

function measureWalks({ graph }) {
  const random = randomFrom(1);
  const selection = new Selection(graph, {}, TODAY);
  const linked = [];
  while (linked.length < WALKS + WARM_UP) {
    const partner = Math.floor(random() * graph.partners.size);
    if (selection.takesPartner(partner) && collaboratorsOf(selection, partner).length > 0) linked.push(partner);
  }
  const other = () => linked[Math.floor(random() * linked.length)];
  const warmUp = linked.splice(WALKS);
  /** How long each walk took, and what it answered. */
  const timed = (walk, partners = linked) => {
    warmUp.forEach(walk);
    const [times, answers] = [[], []];
    for (const partner of partners) {
      const start = performance.now();
      answers.push(walk(partner));
      times.push(performance.now() - start);
    }
    return { times, answers };
  };
  const paths = timed((from) => {
    const ends = [from, other()];
    const found = bestPaths(new PathGraph(selection, 50, ends), ...ends, 6, 3);
    for (const { partners } of found) {
      for (const [i, target] of partners.slice(1).entries()) linkBetween(selection, partners[i], target);
    }
    return found[0] === undefined ? "none" : found[0].partners.length - 1;
  });
  say("collaborationPaths, three of six links at most", spread(paths.times));
  const lengths = new Map();
  for (const length of paths.answers) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  const shares = [...lengths].sort().map(([length, count]) => `${length}: ${((100 * count) / WALKS).toFixed(1)} %`);
  say("  links in the shortest", shares.join(", "));
  const collaborators = timed((partner) => collaboratorsOf(selection, partner).length);
  say("collaborators, all of them in order", spread(collaborators.times));
  const neighbourhoods = timed(
    (centre) => {
      const graph = new PathGraph(selection, 50, [centre, centre]);
      const { result, longestMs } = inSteps(neighbourhoodOf(graph, centre, 2, 200, 2_000));
      for (const { source, target, records } of result.links) linkOver(selection, source, target, records);
      return longestMs;
    },
    linked.slice(0, NEIGHBOURHOODS),
  );
  say("collaborationNeighborhood of depth 2, 200 partners", spread(neighbourhoods.times));
  say("  the longest of its steps", spread(neighbourhoods.answers));
}

function measureSuggestions({ graph }) {
  const start = performance.now();
  const { result: profiles, longestMs } = inSteps(Profiles.over(graph, dayNumber(TODAY)));
  say("suggestions: profiles of all partners", `${ms(performance.now() - start)}, longest step ${ms(longestMs)}`);
  const random = randomFrom(2);
  const [times, pauses] = [[], []];
  while (times.length < SUGGESTIONS) {
    const city = Math.floor(random() * graph.partners.size);
    if (graph.traits.typeOf(city) !== CITY_TYPE || profiles.isMember[city] === 0) continue;
    const begun = performance.now();
    pauses.push(inSteps(suggest(profiles, questionOfCity(profiles, city, {}), 10)).longestMs);
    times.push(performance.now() - begun);
  }
  say("suggestions: ten to a city", spread(times));
  say("  the longest of its steps", spread(pauses));
}

/** Walks to the end. */
function inSteps(steps) {
  let longestMs = 0;
  for (;;) {
    const start = performance.now();
    const { done, value } = steps.next();
    longestMs = Math.max(longestMs, performance.now() - start);
    if (done) return { result: value, longestMs };
  }
}

async function measureWorker({ graph }) {
  const worker = new GraphWorker(GRAPH_WORKER_FILE);
  let start = performance.now();
  const { result: projected, longestMs } = inSteps(project(new Selection(graph, {}, TODAY)));
  const { projection, ids } = projected;
  say(
    "measures: handing the graph over, on this thread",
    `${ms(performance.now() - start)}, longest step ${ms(longestMs)}`,
  );
  start = performance.now();
  const { result: measures, pauseMs } = await withLongestPause(() => worker.measures({ projection, ids, seed: 1 }));
  say("measures: in the worker thread", `${ms(performance.now() - start)}, longest pause here ${ms(pauseMs)}`);
  say(
    "  links, communities, modularity",
    [measures.linkCount, measures.communityCount, measures.modularity].join(", "),
  );
  start = performance.now();
  const { result: again } = inSteps(project(new Selection(graph, {}, TODAY)));
  await worker.strongestLinks({ projection: again.projection, ids: again.ids, limit: 1_000, minStrength: 0 });
  say("the strongest 1,000 links, in the worker thread", ms(performance.now() - start));
  await worker.close();
}

async function measureWrites(database, follower) {
  const pairs = await database.query(sql`
    SELECT p.id AS project, c.id AS city
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM (SELECT id FROM project WHERE status = 'ACTIVE' ORDER BY id LIMIT ${WRITES}) q) p
    JOIN (SELECT id, row_number() OVER (ORDER BY id DESC) AS n FROM (SELECT id FROM city ORDER BY id DESC LIMIT ${WRITES}) q) c USING (n)
    WHERE NOT EXISTS (SELECT FROM project_participation x WHERE x.project_id = p.id AND x.partner_id = c.id)`);
  const ids = [];
  const { result: times, pauseMs } = await withLongestPause(async () => {
    const times = [];
    for (const { project: projectId, city } of pairs) {
      await database.write("bench", async (session) => {
        const [row] = await session.query(sql`
          INSERT INTO project_participation (project_id, partner_id, role, status)
          VALUES (${projectId}::uuid, ${city}::uuid, 'PARTNER', 'ACCEPTED') RETURNING id`);
        ids.push(row.id);
      });
      const start = performance.now();
      const state = await readRevision(database);
      const { graph } = await follower.at(state);
      times.push(performance.now() - start);
      const { affiliations } = graph;
      const partner = graph.partners.find(city);
      let isThere = false;
      affiliations.ofPartners.each(partner, (record) => {
        isThere ||= graph.records.idOf(record) === projectId;
      });
      if (!isThere) throw new Error("the graph lacks what was committed");
    }
    return times;
  });
  say("from the commit of a participation until the graph has it", spread(times));
  say("  longest pause of the event loop", ms(pauseMs));
  await database.write("bench", (session) =>
    session.query(sql`DELETE FROM project_participation WHERE id = ANY (${ids}::uuid[])`),
  );
}

const server = process.env.DATABASE_URL;
if (!server) throw new Error("set DATABASE_URL to a PostgreSQL server on which databases can be made");
const { name, url } = await generated(server);
const database = await openForMaintenance(readConfiguration({ ...process.env, DATABASE_URL: url }));
console.log(`Node ${process.version}, ${cpus()[0]?.model} x ${cpus().length}, database ${name}\n`);
const watch = await RevisionWatch.start(database);
const follower = new GraphFollower(
  database,
  watch,
  (error) => {
    console.error(error);
  },
  { waitMs: 600_000 },
);
const heapBefore = process.memoryUsage();
const start = performance.now();
const { result: snapshot, pauseMs } = await withLongestPause(() => {
  follower.start();
  return follower.at(watch.current());
});
say("reading the graph", `${ms(performance.now() - start)}, longest pause ${ms(pauseMs)}`);
const { graph } = snapshot;
const { size } = graph.affiliations;
const heapAfter = process.memoryUsage();
say(
  "partners, records, affiliations",
  [graph.partners.size, graph.records.size, size].map((n) => n.toLocaleString("en")).join(", "),
);
say(
  "in memory",
  `${(graph.byteLength / size).toFixed(1)} bytes an affiliation, ${(graph.byteLength / 2 ** 20).toFixed(1)} MiB`,
);
say(
  "  array buffers of the process, before and after",
  `${(heapBefore.arrayBuffers / 2 ** 20).toFixed(1)} and ${(heapAfter.arrayBuffers / 2 ** 20).toFixed(1)} MiB`,
);
measureWalks(snapshot);
measureSuggestions(snapshot);
await measureWorker(snapshot);
await measureWrites(database, follower);
await follower.close();
await watch.close();
await database.close();
