// Whom a request comes from: nobody chooses that by a header, and no proxy hides it that is trusted.
import fastify from "fastify";
import { countedAddress, addressOf, isAddressRange, trusting } from "../../../src/http/caller-address";

/** Whom a server takes for the caller. */
async function caller(proxies: string[], remoteAddress: string, forwarded?: string): Promise<string> {
  const app = fastify({ trustProxy: proxies.length > 0 && trusting(proxies) });
  app.get("/", (request) => addressOf(request));
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded, forwarded: `for=${forwarded}` };
  return (await app.inject({ url: "/", remoteAddress, headers })).body;
}

describe("without a trusted proxy", () => {
  it.each(["203.0.113.9", "127.0.0.1", "10.0.0.1", "2001:db8::1", "::1", "garbage", ""])(
    "a caller that names %s stays where it is",
    async (forwarded) => {
      expect(await caller([], "192.0.2.1", forwarded)).toBe("192.0.2.1");
    },
  );
});

describe("behind trusted proxies", () => {
  it.each<[string, string, string, string]>([
    ["the one that the proxy names", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["the one before the first that is not trusted", "10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"],
    ["no address that the caller put before", "10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"],
    ["no trusted address that the caller put before", "10.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"],
    ["the proxy itself where it names nobody", "10.0.0.1", "", "10.0.0.1"],
    ["the proxy itself where it names what is no address", "10.0.0.1", "unknown", "10.0.0.1"],
    ["whoever comes past the proxy", "192.0.2.1", "203.0.113.9", "192.0.2.1"],
    ["an address with a port", "10.0.0.1", "203.0.113.9:4711", "203.0.113.9"],
    ["an IPv6 address with a port", "10.0.0.1", "[2001:db8:1:2:3::4]:4711", "2001:db8:1:2::/64"],
    ["the one that a proxy names by IPv6", "::ffff:10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"],
  ])("it is %s", async (_whom, remoteAddress, forwarded, expected) => {
    expect(await caller(["10.0.0.0/8"], remoteAddress, forwarded)).toBe(expected);
  });
});

it.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::ffff:c000:201", "192.0.2.1"],
  ["2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"],
  ["2001:db8:1:3::1", "2001:db8:1:3::/64"],
  ["fe80::1%eth0", "fe80::/64"],
  ["::1", "::/64"],
  ["0x7f.1", undefined],
  ["127.1", undefined],
  ["localhost", undefined],
  ["", undefined],
  [undefined, undefined],
])("of %s the caller is %s", (address, expected) => {
  expect(countedAddress(address)).toBe(expected);
});

it.each(["10.0.0.0/8", "192.0.2.1", "2001:db8::/32", "::1", "fc00::/7", "::ffff:10.0.0.0/104", "10.1.2.3/8"])(
  "%s is an address or a range",
  (text) => {
    expect(isAddressRange(text)).toBe(true);
  },
);

it.each([
  "",
  "10.0.0",
  "10.0.0.0/33",
  "10.0.0.0/0",
  "::/0",
  "::/129",
  "10.0.0.0/",
  "10.0.0.0/8/8",
  "10.0.0.0/-1",
  "2",
  "*",
])('neither is "%s"', (text) => {
  expect(isAddressRange(text)).toBe(false);
});

it.each<[string, string, boolean]>([
  ["10.0.0.0/8", "10.255.0.1", true],
  ["10.0.0.0/8", "::ffff:10.255.0.1", true],
  ["10.0.0.0/8", "11.0.0.1", false],
  ["::ffff:10.0.0.0/104", "10.255.0.1", true],
  ["::ffff:10.0.0.0/104", "11.0.0.1", false],
  ["192.0.2.1", "192.0.2.1", true],
  ["192.0.2.1", "192.0.2.2", false],
  ["2001:db8::/32", "2001:db8:ffff::1", true],
  ["2001:db8::/32", "2001:db9::1", false],
  ["2001:db8::/32", "192.0.2.1", false],
  ["10.0.0.0/8", "unknown", false],
])("of %s, %s is one: %s", (range, address, expected) => {
  expect(trusting([range])(address)).toBe(expected);
});
