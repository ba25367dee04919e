// Where a request comes from, in a form that a caller cannot choose: budgets and limits go by it.
import { isIP, isIPv6 } from "node:net";
import type { FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import ipaddr, { type IPv4, type IPv6 } from "ipaddr.js";

/** Whether an address is one of a proxy that may speak for others. */
export type Trust = (address: string) => boolean;

/** Of IPv6, what one customer of a provider has at least to itself (RFC 6177). */
const IPV6_GROUPS_OF_A_CALLER = 4;

/** An address, or a range such as 10.0.0.0/8. A range of everything is none: it would let each caller be whom it likes. */
export function isAddressRange(text: string): boolean {
  return rangeIn(text) !== undefined;
}

/** @param ranges each as isAddressRange wants it */
export function trusting(ranges: readonly string[]): Trust {
  const trusted = ranges.map(rangeIn).filter((range) => range !== undefined);
  return (text) => {
    const address = addressIn(text);
    return address !== undefined && trusted.some((range) => address.kind() === range[0].kind() && address.match(range));
  };
}

type Range = [address: IPv4 | IPv6, bits: number];

function rangeIn(text: string): Range | undefined {
  const [address = "", bits, more] = text.split("/");
  if (more !== undefined || isIP(address) === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined;
  const parsed = ipaddr.process(address);
  const bitsOfAll = parsed.kind() === "ipv4" ? 32 : 128;
  // Of IPv4 that is written as IPv6 the first 96 bits only say so.
  const given = bits === undefined ? bitsOfAll : Number(bits) - (isIPv6(address) ? 128 - bitsOfAll : 0);
  return given >= 1 && given <= bitsOfAll ? [parsed, given] : undefined;
}

/**
 * The address that a request counts for: that which its connection comes from, or the one that a trusted proxy names. IPv4 as it is
 * written mostly, also where it comes as IPv6; IPv6 as its /64.
 */
export function addressOf(request: Pick<FastifyRequest, "ip" | "socket">): string {
  return countedAddress(request.ip) ?? countedAddress(request.socket.remoteAddress) ?? "unknown";
}

/** How many addresses are remembered, for callers that ask again. */
const REMEMBERED_AT_MOST = 1_000;
const remembered = new LRUCache<string, string>({ max: REMEMBERED_AT_MOST });

/** The same of an address; undefined for what is none. */
export function countedAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const counted = counts(text);
  if (counted !== undefined) remembered.set(text, counted);
  return counted;
}

function counts(text: string): string | undefined {
  const address = addressIn(text);
  if (address === undefined || address.kind() === "ipv4") return address?.toString();
  const { parts } = address as IPv6;
  const network = parts.map((part, place) => (place < IPV6_GROUPS_OF_A_CALLER ? part : 0));
  return `${new ipaddr.IPv6(network).toString()}/${IPV6_GROUPS_OF_A_CALLER * 16}`;
}

// Some proxies add the port that a caller has, in X-Forwarded-For: 192.0.2.1:80 or [2001:db8::1]:80.
const WITH_PORT = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/;

function addressIn(text: string): IPv4 | IPv6 | undefined {
  const [, inBrackets, beforePort] = WITH_PORT.exec(text) ?? [];
  const [address = ""] = (inBrackets ?? beforePort ?? text).split("%");
  return isIP(address) === 0 ? undefined : ipaddr.process(address);
}
