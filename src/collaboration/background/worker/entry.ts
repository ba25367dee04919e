// The entry of the worker thread that computes over the whole graph. GraphWorker starts it and speaks with it.
import { parentPort, type Transferable } from "node:worker_threads";
import { measuresOf, type Measures, type MeasuresRequest } from "../../graph/measures/measures";
import { strongestLinks, type StrongestLinks, type StrongestRequest } from "../../graph/strongest/strongest-links";

export type GraphRequest = ({ job: "measures" } & MeasuresRequest) | ({ job: "strongest" } & StrongestRequest);

/** What was wrong with the request, where it was: the worker goes on. */
export type GraphAnswer = { answer: Measures | StrongestLinks } | { refused: string };

parentPort?.on("message", (request: GraphRequest) => {
  try {
    const answer = request.job === "measures" ? measuresOf(request) : strongestLinks(request);
    send({ answer }, buffersOf(answer));
  } catch (error) {
    send({ refused: error instanceof Error ? error.message : String(error) }, []);
  }
});

function send(message: GraphAnswer, handedOver: Transferable[]): void {
  parentPort?.postMessage(message, handedOver);
}

/** The buffers of the arrays in a message, which are moved and not copied. */
function buffersOf(message: object): ArrayBuffer[] {
  return Object.values(message).flatMap((value) => (ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : []));
}
