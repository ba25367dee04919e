// How a program of the command line ends.
import type { Command } from "commander";
import { operatorMessage } from "../operator-message";

/** Runs the command that the arguments name, and ends the process; what the operator must mend is shown without a stack. */
export async function runProgram(program: Command): Promise<void> {
  // A reader that has enough, such as `head`, is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  // Explicitly, so that no idle session of a pool keeps a command that is done; and not before a pipe has taken all that was printed.
  program.hook("postAction", () => {
    process.stdout.write("", () => process.exit(process.exitCode ?? 0));
  });
  try {
    await program.parseAsync();
  } catch (error) {
    process.stderr.write(`${operatorMessage(error)}\n`);
    process.exit(1);
  }
}
