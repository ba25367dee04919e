// What Node refuses before a request comes to any route, in the form of every other refusal.
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Connections } from "./connections";
import type { Refusal } from "./refusal";
import { noSuchPath } from "./refused-requests";

const badRequest = (status: number, reason: string, message: string): Refusal => ({
  status,
  code: "BAD_REQUEST",
  reason,
  message,
});

const MALFORMED = badRequest(400, "INVALID_REQUEST", "this is no HTTP request");

// By the codes of llhttp and of Node's server (https://nodejs.org/api/http.html#event-clienterror).
const BY_CODE: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: badRequest(408, "REQUEST_TIMEOUT", "the request did not arrive in time"),
  HPE_HEADER_OVERFLOW: badRequest(431, "HEADERS_SIZE", "the headers of the request are too long"),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: badRequest(413, "HEADERS_SIZE", "the chunk extensions of the request are too long"),
  HPE_INVALID_VERSION: badRequest(505, "HTTP_VERSION", "this server speaks HTTP/1.1"),
};

const EXPECTATION = badRequest(417, "EXPECTATION", "no expectation but 100-continue can be met");

/** For Fastify's option clientErrorHandler. */
export function clientErrorHandler(connections: Connections): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    // Whoever hung up hears nothing.
    if (error.code === "ECONNRESET" || error.code === "EPIPE" || socket.destroyed) socket.destroy();
    else connections.refuse(socket, BY_CODE[error.code ?? ""] ?? MALFORMED);
  };
}

export function answerForNode(server: Server, connections: Connections): void {
  server.on("checkExpectation", ({ socket }: IncomingMessage, _response: ServerResponse) => {
    connections.refuse(socket, EXPECTATION);
  });
  server.on("connect", ({ url }: IncomingMessage, socket: Socket) => {
    connections.refuse(socket, noSuchPath("CONNECT", url ?? ""));
  });
}
