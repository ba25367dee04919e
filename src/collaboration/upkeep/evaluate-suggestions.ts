// How well suggestions would have foretold the newest projects of a database, for commands: the graph is read for it.
import type { Session } from "../../database/database";
import { runToEnd } from "../graph/computing/resumable";
import { dayNumber } from "../graph/memory/days";
import { evaluate, type Evaluation } from "../graph/suggestions/evaluation";
import { readGraph } from "./read-graph";

/** @param today YYYY-MM-DD: members of that day are suggested */
export async function evaluateSuggestions(session: Session, today: string): Promise<Evaluation> {
  return runToEnd(evaluate(await readGraph(session), dayNumber(today)));
}
