// ccg generate: synthetic records of realistic skew into an empty database, for trials and measurements at scale.
import "reflect-metadata";
import { Command, InvalidArgumentError } from "commander";
import { progressBar } from "../../src/cli/load";
import { runProgram } from "../../src/cli/run-program";
import { readConfiguration } from "../../src/configuration";
import type { Database } from "../../src/database/database";
import { DATA_FOLDER, openForMaintenance } from "../../src/installation";
import { SYNTHETIC_SOURCE } from "./insert";
import { loadReferenceLists, readReference } from "./reference";
import { BOUNDS, type Size } from "./size";
import { writeSynthetic, type GenerationReport } from "./write";

function generateCommand(): Command {
  const command = new Command("ccg generate")
    .description("fill an empty database with synthetic records, for trials and measurements")
    .addHelpText(
      "after",
      `
Every slug begins with synthetic-, every name and title with Synthetic, and the records have the source
"${SYNTHETIC_SOURCE}".
Countries, creative fields, goals and the home network are those of the reference dataset. The same arguments give the
same records, ids aside. Nothing else may stand in the database; one that holds synthetic records is not made
real again: drop it. A million parts of cities in projects and networks come of

  ccg generate --cities 100000 --networks 200 --projects 100000 --seed 1

The database is the one that the server uses: DATABASE_URL, or else the embedded one in DATA_DIR, whose server must
be stopped meanwhile.`,
    );
  for (const name of ["cities", "networks", "projects"] as const) {
    const { byDefault, least, most } = BOUNDS[name];
    command.option(`--${name} <count>`, `how many ${name}, ${least} to ${most}`, whole(name), byDefault);
  }
  return command
    .option("--seed <number>", "another number gives other records", whole("seed"), BOUNDS.seed.byDefault)
    .action(generate);
}

/** @throws InvalidArgumentError, which commander shows with the option's name */
function whole(name: keyof Size): (text: string) => number {
  const { least, most } = BOUNDS[name];
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

async function generate(size: Size): Promise<void> {
  const started = performance.now();
  const database = await openForMaintenance(readConfiguration());
  const progress = progressBar();
  try {
    await loadReferenceLists(database, DATA_FOLDER);
    const report = await writeSynthetic(database, size, readReference(DATA_FOLDER), progress.onProgress);
    progress.stop();
    await settle(database);
    process.stdout.write(summary(report, (performance.now() - started) / 1_000));
  } finally {
    progress.stop();
    await database.close();
  }
}

// Plans go by statistics, which a server would gather some minutes later, and the embedded database never by itself.
async function settle(database: Database): Promise<void> {
  await database.execute(database.backend === "server" ? "VACUUM (ANALYZE)" : "ANALYZE");
}

function summary({ rows, revision }: GenerationReport, seconds: number): string {
  const lines = rows.map(({ plural, count }) => `${count} ${plural}\n`);
  return `${lines.join("")}generated at revision ${revision} in ${seconds.toFixed(1)} seconds\n`;
}

void runProgram(generateCommand());
