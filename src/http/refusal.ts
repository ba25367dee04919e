// The one form in which this server refuses, whoever of it does: a client of a GraphQL endpoint looks for errors in one
// place and shape.
import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";
import { LASTING_REASONS } from "../database/failures";
import type { ErrorCode } from "../kernel/errors";

export interface Refusal {
  status: number;
  code: ErrorCode;
  reason: string;
  message: string;
}

/** The HTTP status of a request that is not served at all. */
export function statusOf(code: ErrorCode): number {
  return STATUS_BY_CODE[code];
}

const STATUS_BY_CODE: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  QUERY_TOO_COMPLEX: 400,
  TIMEOUT: 504,
  OVERLOADED: 503,
  BAD_USER_INPUT: 400,
  BAD_REQUEST: 400,
  INTERNAL_SERVER_ERROR: 500,
};

const RETRY_AFTER_SECONDS = 1;
const RETRY_AFTER_SECONDS_WHERE_IT_LASTS = 30;

/** When it may be worth to ask again, in seconds, as the header Retry-After says it. */
export function retryAfter(reason: unknown): string {
  const lasts = typeof reason === "string" && LASTING_REASONS.has(reason);
  return String(lasts ? RETRY_AFTER_SECONDS_WHERE_IT_LASTS : RETRY_AFTER_SECONDS);
}

const TYPE = "application/json; charset=utf-8";

function headersOf({ code, reason }: Refusal): Record<string, string> {
  return { "content-type": TYPE, ...(code === "OVERLOADED" ? { "retry-after": retryAfter(reason) } : {}) };
}

function bodyOf({ code, reason, message }: Refusal, requestId: string): object {
  return { errors: [{ message, extensions: { code, reason, requestId } }] };
}

export function answerRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(refusal.status).headers(headersOf(refusal)).send(bodyOf(refusal, reply.request.id));
}

/** The same where there is no request yet that a reply could be to: the bytes of an answer that ends its connection. */
export function rawRefusal(refusal: Refusal, now: Date): string {
  const requestId = randomUUID();
  const body = JSON.stringify(bodyOf(refusal, requestId));
  const headers = {
    date: now.toUTCString(),
    ...headersOf(refusal),
    "content-length": String(Buffer.byteLength(body)),
    "x-request-id": requestId,
    "x-content-type-options": "nosniff",
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ""}\r\n${lines.join("")}\r\n${body}`;
}
