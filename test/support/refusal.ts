// What every refused request has in common, whatever is wrong with it: an answer in one shape, whose id is the header's,
// never a fault of the server's own, and a server that goes on answering, in the meantime and afterwards.
import { postGraphql } from "./api";

export interface Refusal {
  status: number;
  code: string;
  reason: string | undefined;
  message: string;
  data: unknown;
}

export interface RawRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Sends what is not right and gives the first error, after proving what holds for all of them. */
export async function refusalOf(url: string, request: RawRequest): Promise<Refusal> {
  const [response, meanwhile] = await Promise.all([send(url, request), answers(url)]);
  const text = await response.text();
  expect(response.status).toBeLessThan(500);
  expect(meanwhile).toBe(true);
  expect(await answers(url)).toBe(true);
  const body = JSON.parse(text) as {
    data?: unknown;
    errors?: { message: string; extensions: { code: string; reason?: string; requestId: string } }[];
  };
  const [error] = body.errors ?? [];
  if (error === undefined) throw new Error(`no error in ${text.slice(0, 500)}`);
  for (const { extensions } of body.errors ?? []) {
    expect(extensions.requestId).toBe(response.headers.get("x-request-id"));
    expect(extensions.code).not.toBe("INTERNAL_SERVER_ERROR");
  }
  expect(error.message).not.toBe("");
  const { code, reason } = error.extensions;
  return { status: response.status, code, reason, message: error.message, data: body.data };
}

/** The same for a GraphQL request by POST. */
export function refusalOfQuery(url: string, query: unknown, variables?: unknown): Promise<Refusal> {
  return refusalOf(url, { body: JSON.stringify({ query, variables }) });
}

function send(url: string, { method = "POST", path = "/graphql", headers, body }: RawRequest): Promise<Response> {
  return fetch(url + path, {
    method,
    headers: headers ?? { "content-type": "application/json" },
    ...(body === undefined ? {} : { body }),
  });
}

async function answers(url: string): Promise<boolean> {
  const { data } = await postGraphql(url, { query: "{ viewer { role } revision }" });
  return (data as { viewer: { role: string } }).viewer.role === "ANONYMOUS";
}
