// ccg epoch: shows the epoch that revisions are counted in, and begins another.
import { Command } from "commander";
import { readConfiguration } from "../configuration";
import { beginEpoch, readCounter } from "../database/epoch";
import { openForMaintenance } from "../installation";

export function epochCommand(): Command {
  return new Command("epoch")
    .description("show the epoch that revisions are counted in, or begin a new one")
    .option("--new", "begin a new one: whoever keeps records by revisions of the old one reads them anew")
    .addHelpText(
      "after",
      `
A database that was restored counts its revisions in a new epoch, because it gives numbers a second time that were given out. Dumps that
are put back, copies and promoted servers are noticed by themselves. The data directory of a PostgreSQL server that was put back while no
server of this program ran is not: run this with --new after it, before the first start.`,
    )
    .action(async (options: { new?: boolean }) => {
      const database = await openForMaintenance(readConfiguration());
      try {
        const { epoch, revision } = await readCounter(database);
        if (options.new !== true) process.stdout.write(`epoch ${epoch}, revision ${revision}\n`);
        else
          process.stdout.write(`epoch ${await beginEpoch(database)}, revision ${revision}; it was ${epoch} before\n`);
      } finally {
        await database.close();
      }
    });
}
