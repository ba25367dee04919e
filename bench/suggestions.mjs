// How good suggestions are, and what each reason adds: the tables of docs/suggestions.md. `npm run bench:suggestions`, on what
// `npm run build` made; some minutes, in temporary data directories.
//
// Two datasets: the reference dataset, and 2,000 synthetic cities with 3,000 projects (seed 1). On each:
//
// - the newest fifth of its projects is hidden and asked for, as `ccg evaluate-suggestions` does, of all models;
// - the same of older projects: the newest fifth is taken out first, and of the rest the newest fifth is hidden;
// - the first again, of suggestions without a reason: with its weight, or its weights, at 0.
//
// Every city of a hidden project is asked, where the command asks 1,000 at most. Nothing is drawn by lot.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
require("reflect-metadata");
const { readConfiguration } = require("../dist/configuration.js");
const { openForMaintenance } = require("../dist/installation.js");
const { dayNumber } = require("../dist/collaboration/graph/memory/days.js");
const { readGraph } = require("../dist/collaboration/upkeep/read-graph.js");
const { runToEnd } = require("../dist/collaboration/graph/computing/resumable.js");
const { evaluate } = require("../dist/collaboration/graph/suggestions/evaluation.js");
const { GraphBefore } = require("../dist/collaboration/graph/suggestions/graph-before.js");
const { newestProjects } = require("../dist/collaboration/graph/suggestions/newest-projects.js");
const { WEIGHTS } = require("../dist/collaboration/graph/suggestions/weights.js");
const { asTable } = require("../dist/cli/table.js");

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const DAY = dayNumber(new Date().toISOString().slice(0, 10));
/** Every city of every hidden project: a part of them would be another one with other ids. */
const ALL = { questionsAtMost: Number.MAX_SAFE_INTEGER };
const DATASETS = {
  "reference dataset": ["load"],
  "2,000 synthetic cities": ["generate", "--cities", "2000", "--networks", "30", "--projects", "3000", "--seed", "1"],
};
const REASONS = [
  ["COMMON_PARTNERS"],
  ["SHARED_FIELD", "COMPLEMENTARY_FIELD"],
  ["SHARED_GOALS", "SHARED_AREAS"],
  ["SHARED_NETWORK"],
  ["SHARED_REGION"],
  ["EXPERIENCE"],
  ["UNDERSERVED_REGION"],
];

const figures = ({ hitRateAt10, meanReciprocalRank }) => `${hitRateAt10.toFixed(3)} / ${meanReciprocalRank.toFixed(3)}`;

/** What the tables say of one dataset: the figures by the head of their row. */
async function tablesOf(database) {
  const graph = await readGraph(database);
  const modelsOf = (before) => {
    const { hiddenProjects, questions, rows } = runToEnd(evaluate(graph, DAY, { ...ALL, before }));
    const size = ["projects hidden, questions", `${hiddenProjects}, ${questions}`];
    return new Map([size, ...rows.map((row) => [row.model, figures(row)])]);
  };
  const newest = modelsOf(Infinity);
  const { begin } = runToEnd(newestProjects(new GraphBefore(graph, Infinity)));
  const without = new Map([["nothing", newest.get("SUGGESTIONS")]]);
  for (const reasons of REASONS) {
    const weights = { ...WEIGHTS, ...Object.fromEntries(reasons.map((reason) => [reason, 0])) };
    const { rows } = runToEnd(evaluate(graph, DAY, { ...ALL, weights }));
    without.set(reasons.join(" and "), figures(rows[0]));
  }
  return { newest, older: modelsOf(begin), without };
}

async function onDataset(words) {
  const dataDirectory = mkdtempSync(join(tmpdir(), "ccg-bench-suggestions-"));
  try {
    const environment = { PATH: process.env.PATH, DATA_DIR: dataDirectory };
    execFileSync(process.execPath, [CLI, ...words], { env: environment, stdio: ["ignore", "ignore", "inherit"] });
    const database = await openForMaintenance(readConfiguration(environment));
    try {
      return await tablesOf(database);
    } finally {
      await database.close();
    }
  } finally {
    rmSync(dataDirectory, { recursive: true });
  }
}

const found = [];
for (const words of Object.values(DATASETS)) found.push(await onDataset(words));
const TITLES = {
  newest: "the newest projects, hit rate at 10 / mean reciprocal rank",
  older: "older projects",
  without: "the newest projects, suggestions without",
};
for (const [table, title] of Object.entries(TITLES)) {
  const heads = [...found[0][table].keys()];
  const rows = heads.map((head) => [head, ...found.map((tables) => tables[table].get(head))]);
  console.log(asTable([[title, ...Object.keys(DATASETS)], ...rows]));
}
