// What Node's own server refuses, and what comes to no route, is answered in the form of every other refusal.
import { request } from "node:http";
import { startApi, type TestApi } from "../support/api";
import { RawConnection, refusalIn } from "../support/raw-connection";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const body = '{"query":"{ revision }"}';
const postOf = (headers: string, text: string): string =>
  `POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n${headers}\r\n${text}`;

it.each<[string, string, number, string]>([
  ["bytes that are no HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "INVALID_REQUEST"],
  ["a line that is no request", "hello there\r\n\r\n", 400, "INVALID_REQUEST"],
  ["a method that there is none of", "NOPE / HTTP/1.1\r\nHost: here\r\n\r\n", 400, "INVALID_REQUEST"],
  ["a header without a name", "GET / HTTP/1.1\r\nHost: here\r\n: x\r\n\r\n", 400, "INVALID_REQUEST"],
  [
    "two ways to say how long the body is",
    postOf("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
    400,
    "INVALID_REQUEST",
  ],
  ["a length that is none", postOf("Content-Length: x\r\n", body), 400, "INVALID_REQUEST"],
  ["a chunk that is none", postOf("Transfer-Encoding: chunked\r\n", "zz\r\n"), 400, "INVALID_REQUEST"],
  ["a version of another world", "GET / HTTP/9.9\r\nHost: here\r\n\r\n", 505, "HTTP_VERSION"],
  ["headers without end", `GET / HTTP/1.1\r\nHost: here\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431, "HEADERS_SIZE"],
  ["an address without end", `GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: here\r\n\r\n`, 431, "HEADERS_SIZE"],
  [
    "chunk extensions without end",
    postOf("Transfer-Encoding: chunked\r\n", `2;${"x".repeat(20_000)}\r\n`),
    413,
    "HEADERS_SIZE",
  ],
  [
    "an expectation that nobody knows",
    postOf(`Expect: more\r\nContent-Length: ${body.length}\r\n`, body),
    417,
    "EXPECTATION",
  ],
  ["a tunnel", "CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n\r\n", 404, "NO_SUCH_PATH"],
  ["no host", "GET /graphql?query={revision} HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "INVALID_REQUEST"],
  ["no host, as long ago", "GET /graphql?query={revision} HTTP/1.0\r\n\r\n", 400, "INVALID_REQUEST"],
  [
    "a host that is none",
    "GET /graphql?query={revision} HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
    400,
    "INVALID_REQUEST",
  ],
  [
    "half of a host",
    "GET /graphql?query={revision} HTTP/1.1\r\nHost: [::1\r\nConnection: close\r\n\r\n",
    400,
    "INVALID_REQUEST",
  ],
  [
    "a method that no route has",
    "PROPFIND /graphql HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
    404,
    "NO_SUCH_PATH",
  ],
  ["a trace", "TRACE / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n", 404, "NO_SUCH_PATH"],
  [
    "a file that is not there",
    "GET /graphiql/assets/none.js HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
    404,
    "NO_SUCH_PATH",
  ],
])("%s is refused", async (_what, bytes, status, reason) => {
  const connection = await RawConnection.to(api.url);
  connection.send(bytes);
  expect(refusalIn(await connection.lastAnswer())).toEqual([status, "BAD_REQUEST", reason]);
  expect((await fetch(`${api.url}/graphql?query={revision}`)).status).toBe(200);
});

it("health is answered to whoever names no host, as old checks do", async () => {
  const connection = await RawConnection.to(api.url);
  connection.send("GET /health/live HTTP/1.0\r\n\r\n");
  expect(await connection.lastAnswer()).toMatchObject({ status: 200, body: '{"status":"live"}' });
});

it("a request that wants another protocol is answered in this one", async () => {
  const connection = await RawConnection.to(api.url);
  connection.send(
    "GET /graphql?query={revision} HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
  );
  await connection.answers(1);
  expect(connection.text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  connection.socket.destroy();
});

it("what is malformed after a request does not take its answer away", async () => {
  const connection = await RawConnection.to(api.url);
  connection.send(`${postOf(`Content-Length: ${body.length}\r\n`, body)}garbage\r\n\r\n`);
  expect(refusalIn(await connection.lastAnswer())).toEqual([400, "BAD_REQUEST", "INVALID_REQUEST"]);
  expect(connection.text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(connection.text).toContain('{"data":{"revision":');
});

it("whoever goes on sending hears why it was refused", async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request(`${api.url}/graphql`, { method: "POST", headers: { expect: "more" } }, (response) => {
      resolve(response.statusCode);
      response.resume();
    });
    asked.on("error", reject);
    asked.end("x".repeat(100_000));
  });
  expect(status).toBe(417);
});
