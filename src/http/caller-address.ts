// The address that a request counts for: one for each subscriber, so that whoever has many addresses has no more budgets.
import { isIPv6 } from "node:net";
import type { FastifyRequest } from "fastify";

const IPV4_MAPPED = "::ffff:";
/** A subscriber of IPv6 has a /64 at least (RFC 6177), four of the eight groups. */
const GROUPS_OF_A_SUBSCRIBER = 4;
const GROUPS = 8;

/** The peer's address, or the one that a trusted proxy gives: an IPv4 address, or the /64 of an IPv6 one. */
export function addressOf(request: FastifyRequest): string {
  return countedAddress(request.ip);
}

export function countedAddress(ip: string): string {
  const bare = ip.replace(/%.*$/, "").toLowerCase();
  if (bare.startsWith(IPV4_MAPPED) && bare.includes(".")) return bare.slice(IPV4_MAPPED.length);
  if (!isIPv6(bare)) return bare;
  const [head = "", tail] = bare.split("::");
  const groupsOf = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const [first, last] = [groupsOf(head), groupsOf(tail ?? "")];
  const zeros = Array.from({ length: Math.max(0, GROUPS - first.length - last.length) }, () => "0");
  const groups = tail === undefined ? first : [...first, ...zeros, ...last];
  const network = groups.slice(0, GROUPS_OF_A_SUBSCRIBER).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}
