#!/usr/bin/env node
// The project's command line. One file a command in cli/.
import "reflect-metadata";
import { Command } from "commander";
import { version } from "../package.json";
import { configurationCommand } from "./cli/configuration";
import { epochCommand } from "./cli/epoch";
import { evaluateSuggestionsCommand } from "./cli/evaluate-suggestions";
import { exampleCommand } from "./cli/example";
import { keyCommand } from "./cli/key";
import { loadCommand } from "./cli/load";
import { rightsCommand } from "./cli/rights";
import { runProgram } from "./cli/run-program";
import { schemaCommand } from "./cli/schema";

const program = new Command("ccg")
  .description("The command line of the Creative Cities Graph.")
  .version(version)
  .showHelpAfterError()
  .addCommand(configurationCommand())
  .addCommand(loadCommand())
  .addCommand(exampleCommand())
  .addCommand(epochCommand())
  .addCommand(evaluateSuggestionsCommand())
  // Compiled from bench/generate: a program of its own, because nothing of the server needs it.
  .command("generate", "fill an empty database with synthetic records, for trials and measurements", {
    executableFile: "bench/generate.js",
  })
  .addCommand(keyCommand())
  .addCommand(rightsCommand())
  .addCommand(schemaCommand());

void runProgram(program);
