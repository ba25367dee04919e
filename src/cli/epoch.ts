// ccg epoch: shows the epoch that revisions are counted in, and begins another.
import { Command } from "commander";
import { readConfiguration } from "../configuration";
import { beginEpoch } from "../database/epoch";
import { readRevision } from "../database/read/revision";
import { openForMaintenance } from "../installation";

export function epochCommand(): Command {
  return new Command("epoch")
    .description("show the epoch that revisions are counted in, or begin a new one")
    .option("--new", "begin a new one: whoever keeps records by revisions of the old one reads them anew")
    .addHelpText(
      "after",
      `
A database that was restored counts its revisions in a new epoch, because it gives numbers a second time that were given out. Dumps that
are put back, copies, promoted servers and an embedded data directory are noticed by themselves. The data directory of a PostgreSQL server
that was put back while no server of this program ran is not, nor is a disk below either that was: run this with --new then, before
clients come. Servers that run follow at once; an embedded one must be stopped meanwhile.`,
    )
    .action(async (options: { new?: boolean }) => {
      const database = await openForMaintenance(readConfiguration());
      try {
        const { epoch, revision } = await readRevision(database);
        if (options.new !== true) process.stdout.write(`epoch ${epoch}, revision ${revision}\n`);
        else
          process.stdout.write(`epoch ${await beginEpoch(database)}, revision ${revision}; it was ${epoch} before\n`);
      } finally {
        await database.close();
      }
    });
}
