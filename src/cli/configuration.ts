// ccg configuration: every variable of the environment, and whether the present ones are right.
import { Command } from "commander";
import { readConfiguration, VARIABLES } from "../configuration";

export function configurationCommand(): Command {
  return new Command("configuration")
    .description("list the environment variables, and check the present ones")
    .action(() => {
      for (const [name, { byDefault, description }] of Object.entries(VARIABLES)) {
        process.stdout.write(`${name}${byDefault === "" ? "" : `=${byDefault}`}\n    ${description}\n`);
      }
      readConfiguration();
      process.stdout.write("\nThe present environment is right.\n");
    });
}
