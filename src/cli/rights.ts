// ccg rights: who may do what and who sees what, printed, written to a file or compared with one; or the function by which the log keeps the
// audience of a change, for a migration.
import { readFileSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { rightsDocument } from "../access/rights-document";
import { catalogue } from "../catalogue";
import { audienceStatement } from "../database/declare/visibility";

export function rightsCommand(): Command {
  return new Command("rights")
    .description("print who may do what, and who sees what")
    .option("--out <file>", "write it to a file instead")
    .option("--check <file>", "end with an error unless the file holds exactly this")
    .option("--audiences", "print the statement that makes the SQL function record_audience instead")
    .action(({ out, check, audiences }: { out?: string; check?: string; audiences?: true }) => {
      const text = audiences === true ? audienceStatement(catalogue.records) : rightsDocument(catalogue);
      if (check !== undefined) {
        if (readFileSync(check, "utf8") === text) return;
        process.stderr.write(`${check} is not what the declarations say: run \`npm run fix:rights\` and commit it\n`);
        process.exitCode = 1;
      } else if (out === undefined) process.stdout.write(text);
      else writeFileSync(out, text);
    });
}
