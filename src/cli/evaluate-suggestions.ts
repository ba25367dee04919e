// ccg evaluate-suggestions: how well the suggestions of partners would have foretold the newest projects.
import { Command } from "commander";
import type { Evaluation } from "../collaboration/graph/suggestions/evaluation";
import { evaluateSuggestions } from "../collaboration/upkeep/evaluate-suggestions";
import { readConfiguration } from "../configuration";
import { openForMaintenance } from "../installation";
import { systemClock, utcDay } from "../kernel/clock";
import { asTable } from "./table";

export function evaluateSuggestionsCommand(): Command {
  return new Command("evaluate-suggestions")
    .description("hide the newest projects, suggest partners without them, and count how often those come true")
    .addHelpText(
      "after",
      `
The newest fifth of the projects of at least two cities is hidden, with those that began on the same day as the last
of them, each project whole, and with everything else that began since. Each of their cities is then asked: whom
should it work with next? A hit is a city of the same project that it had not worked with before. Nothing is
written; docs/suggestions.md says more.

The database is the one that the server uses: DATABASE_URL, or else the embedded one in DATA_DIR, whose server must
be stopped meanwhile.`,
    )
    .action(async () => {
      const database = await openForMaintenance(readConfiguration());
      try {
        process.stdout.write(report(await evaluateSuggestions(database, utcDay(systemClock()))));
      } finally {
        await database.close();
      }
    });
}

function report({ hiddenProjects, questions, rows }: Evaluation): string {
  const asked = `${hiddenProjects} projects hidden, ${questions} questions asked\n`;
  const shown = (figure: number | null): string => (figure === null ? "-" : figure.toFixed(3));
  const lines = rows.map(({ model, hitRateAt10, meanReciprocalRank }) => [
    model,
    shown(hitRateAt10),
    shown(meanReciprocalRank),
  ]);
  return `${asked}\n${asTable([["model", "hit rate at 10", "mean reciprocal rank"], ...lines])}`;
}
