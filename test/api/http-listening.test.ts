// A name with several addresses is listened on at all of them, with the same limits and the same answers.
import type { AddressInfo } from "node:net";
import { listen } from "../../src/http/listen";
import { startApi, type TestApi } from "../support/api";
import { RawConnection, refusalIn } from "../support/raw-connection";

const ADDRESSES = ["127.0.0.3", "127.0.0.4"];

let api: TestApi;
let urls: string[];
beforeEach(async () => {
  api = await startApi({ connections: { perAddressAtMost: 2 }, isListening: false });
  await listen(api.app, "somewhere", 0, () => Promise.resolve(ADDRESSES.map((address) => ({ address }))));
  const { port } = api.app.server.address() as AddressInfo;
  urls = ADDRESSES.map((address) => `http://${address}:${port}`);
});
afterEach(() => api.close());

it("all are answered alike, also what is malformed", async () => {
  for (const url of urls) {
    expect((await fetch(`${url}/graphql?query={revision}`)).status).toBe(200);
    const connection = await RawConnection.to(url);
    connection.send("hello\r\n\r\n");
    expect(refusalIn(await connection.lastAnswer())).toEqual([400, "BAD_REQUEST", "INVALID_REQUEST"]);
  }
});

it("the connections of one address are counted together", async () => {
  const [one = "", other = ""] = urls;
  const held = await Promise.all([one, other, other].map((url) => RawConnection.to(url)));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(held.filter(({ isOpen }) => isOpen)).toHaveLength(2);
  for (const { socket } of held) socket.destroy();
});

it("all are let go at the end, connections that ask nothing too", async () => {
  const held = await Promise.all(urls.map((url) => RawConnection.to(url)));
  await api.app.close();
  await Promise.all(held.map(({ closed }) => closed));
  for (const url of urls) await expect(RawConnection.to(url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

it("a name that is none is refused as it is", async () => {
  await expect(listen(api.app, "nowhere.invalid", 0)).rejects.toMatchObject({ syscall: "getaddrinfo" });
});
