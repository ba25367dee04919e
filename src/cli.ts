#!/usr/bin/env node
// The project's command line. One file a command in cli/; what the operator must mend is shown without a stack.
import "reflect-metadata";
import { Command } from "commander";
import { version } from "../package.json";
import { configurationCommand } from "./cli/configuration";
import { epochCommand } from "./cli/epoch";
import { evaluateSuggestionsCommand } from "./cli/evaluate-suggestions";
import { exampleCommand } from "./cli/example";
import { generateCommand } from "./cli/generate";
import { keyCommand } from "./cli/key";
import { loadCommand } from "./cli/load";
import { rightsCommand } from "./cli/rights";
import { schemaCommand } from "./cli/schema";
import { operatorMessage } from "./operator-message";

const program = new Command("ccg")
  .description("The command line of the Creative Cities Graph.")
  .version(version)
  .showHelpAfterError()
  .addCommand(configurationCommand())
  .addCommand(loadCommand())
  .addCommand(exampleCommand())
  .addCommand(epochCommand())
  .addCommand(evaluateSuggestionsCommand())
  .addCommand(generateCommand())
  .addCommand(keyCommand())
  .addCommand(rightsCommand())
  .addCommand(schemaCommand());

program.parseAsync().then(
  // Explicitly, so that no idle session of a pool keeps a command that is done.
  () => process.exit(process.exitCode ?? 0),
  (error: unknown) => {
    process.stderr.write(`${operatorMessage(error)}\n`);
    process.exit(1);
  },
);
