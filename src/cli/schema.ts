// ccg schema: the API's schema as text, printed, written or compared with a file.
import { readFileSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { catalogue } from "../catalogue";
import { schemaOf, sdlOf } from "../graph/schema";

export function schemaCommand(): Command {
  return new Command("schema")
    .description("print the GraphQL schema")
    .option("--out <file>", "write it to a file instead")
    .option("--check <file>", "end with an error unless the file holds exactly this schema")
    .action(({ out, check }: { out?: string; check?: string }) => {
      const sdl = sdlOf(schemaOf(catalogue));
      if (check !== undefined) {
        if (readFileSync(check, "utf8") === sdl) return;
        process.stderr.write(
          `${check} is not the schema that the code gives: run \`npm run fix:schema\` and commit it\n`,
        );
        process.exitCode = 1;
      } else if (out === undefined) process.stdout.write(sdl);
      else writeFileSync(out, sdl);
    });
}
