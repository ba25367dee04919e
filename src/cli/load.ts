// ccg load: a folder of the dataset's CSV files into the configured database, all or nothing.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { catalogue } from "../catalogue";
import { readConfiguration } from "../configuration";
import { DatasetProblem } from "../database/load/csv";
import { BadDataset } from "../database/load/guarded-writes";
import { loadDataset, type LoadReport, type OnProgress } from "../database/load/load";
import { DATA_FOLDER, openForMaintenance } from "../installation";

export function loadCommand(): Command {
  return new Command("load")
    .description("load a folder of CSV files into the database: all or nothing, and nothing twice")
    .argument("[folder]", "the folder; the reference dataset where none is named", DATA_FOLDER)
    .addHelpText(
      "after",
      `
Files are named as in data/; those that are missing are left alone, and rows that are in the database but in no file
stay. Where anything is wrong, every bad row is named as file:line: column: why, and nothing is written.

The database is the one that the server uses: DATABASE_URL, or else the embedded one in DATA_DIR, whose server must
be stopped meanwhile.`,
    )
    .action(async (folder: string) => {
      // Before a database is opened, or even made.
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
        throw new BadDataset([new DatasetProblem(folder, 1, "folder", "is no folder that can be read")]);
      }
      const database = await openForMaintenance(readConfiguration());
      const progress = progressBar();
      try {
        const report = await loadDataset(database, catalogue, resolve(folder), progress.onProgress);
        progress.stop();
        process.stdout.write(summary(report));
      } finally {
        progress.stop();
        await database.close();
      }
    });
}

/** A bar for the file at hand, in a terminal only: logs and pipes get the summary alone. */
export function progressBar(): { onProgress: OnProgress; stop: () => void } {
  if (!process.stderr.isTTY) return { onProgress: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: "{bar} {percentage}% | {file} {value}/{total}",
    clearOnComplete: true,
    hideCursor: true,
  });
  let running = false;
  return {
    onProgress: (file, done, total) => {
      if (running) bar.setTotal(total);
      else bar.start(total, 0, { file });
      running = true;
      bar.update(done, { file });
    },
    stop: () => {
      if (running) bar.stop();
      running = false;
    },
  };
}

/** What was loaded, and what came of it. */
export function summary({ rows, revision, changed }: LoadReport): string {
  const files = rows.map(({ file, plural, count }) => `${file}: ${count} ${plural}\n`);
  return `${files.join("")}${changed ? `loaded at revision ${revision}` : `nothing is new: still revision ${revision}`}\n`;
}
