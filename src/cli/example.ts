// ccg example: an invented set of records into the configured database, marked as what it is, and out of it again.
import { Command } from "commander";
import { catalogue } from "../catalogue";
import { readConfiguration } from "../configuration";
import { DatabaseProblem, type Database } from "../database/database";
import { loadDataset } from "../database/load/load";
import { removeMarked, type RemovalReport } from "../database/load/remove-marked";
import { readRevision } from "../database/read/revision";
import { EXAMPLE_DATA_FOLDER, EXAMPLE_SOURCE, openForMaintenance } from "../installation";
import { summary } from "./load";

/** Who the log says that it was. */
const ACTOR = "example";

export function exampleCommand(): Command {
  return new Command("example")
    .description("load a small invented set, with something of every type, or take it out again")
    .option("--remove", "take it out again: of its records nothing stays but their entries in the log")
    .addHelpText(
      "after",
      `
Every slug of the set begins with example-, every name and title with Example, and every record has the source
"${EXAMPLE_SOURCE}".
No figure of the network changes, for no city of the set is a member of it; cities { totalCount } and the like count
its two cities and other records too. The reference dataset must be loaded before. Loading it again puts back what was
changed in it. Its files in data/example/ have the form that ccg load takes, and are templates for your own.

--remove deletes every record that has that source, changed or not; where a record of your own refers to one of them,
it is named, and nothing is deleted.

The database is the one that the server uses: DATABASE_URL, or else the embedded one in DATA_DIR, whose server must
be stopped meanwhile.`,
    )
    .action(async ({ remove }: { remove?: true }) => {
      const database = await openForMaintenance(readConfiguration());
      try {
        process.stdout.write(await (remove ? removeExample(database) : loadExample(database)));
      } finally {
        await database.close();
      }
    });
}

async function loadExample(database: Database): Promise<string> {
  if ((await readRevision(database)).revision === "0") {
    throw new DatabaseProblem(
      "the database is empty: load the reference dataset first, with ccg load, which the example needs",
    );
  }
  return summary(await loadDataset(database, catalogue, EXAMPLE_DATA_FOLDER, () => undefined, ACTOR));
}

async function removeExample(database: Database): Promise<string> {
  return removalSummary(await removeMarked(database, catalogue, EXAMPLE_SOURCE, ACTOR));
}

function removalSummary({ rows, revision }: RemovalReport): string {
  if (rows.length === 0) return `there is no example to remove: still revision ${revision}\n`;
  return `${rows.map(({ plural, count }) => `${count} ${plural}\n`).join("")}removed at revision ${revision}\n`;
}
