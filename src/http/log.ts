// The log of the server: JSON lines, in which no key ever stands.
import pino, { type DestinationStream, type Logger } from "pino";
import { TOKENS_IN_TEXT } from "../access/api-key";

const CENSORED = "[redacted]";

/** Wherever a request, or an error that carries one, may be logged with its headers. */
const AUTHORIZATION_PATHS = ["", "*.", "*.*."].flatMap((at) => [`${at}authorization`, `${at}headers.authorization`]);

/**
 * @param level the least that is logged, by pino's names
 * @param destination where lines go; standard output unless given
 */
export function makeLog(level: string, destination?: DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    redact: { paths: AUTHORIZATION_PATHS, censor: CENSORED },
    // A caller may put a key where none belongs, into a URL say: no token leaves as it is, wherever it stands.
    hooks: { streamWrite: (line) => line.replace(TOKENS_IN_TEXT, CENSORED) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
