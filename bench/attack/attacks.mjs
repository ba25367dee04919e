// What one caller does at its worst. Each attack is sent until its signal comes; what it opened is closed by then.
import { setMaxListeners } from "node:events";
import { connect } from "node:net";
import { clearInterval, setInterval } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";

const NOWHERE = "{ near: { latitude: -80, longitude: 10, withinKm: 1 } }";

/** Cities that are under none of these conditions, so many relations deep: an OR at each keeps them from becoming joins. */
function deepFilter(relations) {
  let filter = NOWHERE;
  // Cities have networks, and networks have members: the innermost is of one or the other.
  if (relations % 2 === 1) filter = '{ slug: { startsWith: "zq" } }';
  for (let depth = relations; depth > 0; depth--) {
    const name = depth % 2 === 1 ? "networks" : "members";
    filter = `{ or: [ { ${name}: { some: ${filter} } }, { slug: { eq: "zq" } } ] }`;
  }
  return filter;
}

const deepQuery = (relations) => `cities(first: 1, filter: ${deepFilter(relations)}) { totalCount }`;
const aliased = (count, field) => `{ ${Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(" ")} }`;

const LARGE =
  "{ networks(first: 20) { nodes { name members(first: 100) { nodes { name networks(first: 5) { nodes { name members(first: 20) { nodes { name } } } } } } } } }";
const USUAL_LARGE =
  "{ cities(first: 100) { nodes { name networks(first: 14) { nodes { name members(first: 70) { nodes { name } } } } } } }";
const TIMELINE = "membershipTimeline { year members joined left countries byField { members field { name } } }";
const GRAPH = "collaborationGraph(limit: 2000) { nodes { ... on City { name } } links { strength } }";
const INTROSPECTION = "__schema { types { name fields { name description args { name description } type { name } } } }";
const DASHBOARD =
  "{ cityStatistics(groupBy: [COUNTRY, CREATIVE_FIELD]) { count keys { key } } projectStatistics(groupBy: [GOAL]) { count keys { key } } networkStatistics { memberCount } membershipTimeline { year members } }";
const neighborhoods = (city, count) =>
  aliased(
    count,
    `collaborationNeighborhood(of: { city: "${city}" }, depth: 3) { nodes { ... on City { name } } links { strength } }`,
  );
const FOLDED = `cities(first: 1, filter: { or: [${Array.from({ length: 38 }, (_, i) => `{ name: { matches: "${String.fromCharCode(97 + (i % 26))}q${i}" } }`).join(" ")}] }) { totalCount }`;

/** Sends as many at once as it is told, again when each is answered. */
async function flood(caller, atOnce, query, signal) {
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (!signal.aborted) {
        await caller.ask(query, signal);
        // A refusal comes at once: nobody is served by asking a thousand times a second.
        await sleep(5);
      }
    }),
  );
}

const flooding =
  (atOnce, query) =>
  ({ caller, signal }) =>
    flood(caller, atOnce, query, signal);

/** Many connections that send a byte now and then. */
async function dripping({ caller, port, signal }, count) {
  const sockets = Array.from({ length: count }, () => {
    const socket = connect({ host: "127.0.0.1", port, localAddress: caller.address });
    socket.on("error", () => undefined).on("close", () => caller.count("connection closed"));
    socket.write("POST /graphql HTTP/1.1\r\nhost: localhost\r\n");
    return socket;
  });
  const timer = setInterval(() => {
    for (const socket of sockets) if (!socket.destroyed) socket.write("x");
  }, 1_000);
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  clearInterval(timer);
  for (const socket of sockets) socket.destroy();
}

/** Clients that ask for much and read nothing of it. */
async function unread({ caller, port, signal }, count) {
  const body = JSON.stringify({ query: USUAL_LARGE });
  const sockets = Array.from({ length: count }, () => {
    const socket = connect({ host: "127.0.0.1", port, localAddress: caller.address });
    socket.on("error", () => undefined).pause();
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    return socket;
  });
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  for (const socket of sockets) socket.destroy();
}

async function guessing({ caller, signal }) {
  while (!signal.aborted) {
    const tokens = Array.from({ length: 50 }, () => {
      const random = Buffer.from(Array.from({ length: 32 }, () => Math.floor(Math.random() * 256)));
      return `ccg_${random.toString("base64url")}`;
    });
    await Promise.all(tokens.map((token) => caller.ask("{ revision }", signal, token)));
  }
}

async function leaving({ caller, signal }) {
  while (!signal.aborted) {
    const gone = new globalThis.AbortController();
    setMaxListeners(0, gone.signal);
    const asked = Array.from({ length: 20 }, () => caller.ask(aliased(12, deepQuery(4)), gone.signal));
    await sleep(100);
    gone.abort();
    await Promise.all(asked);
  }
}

/** @type {{ name: string, run: (attack: object) => Promise<void>, serverOnly?: boolean }[]} */
export const ATTACKS = [
  { name: "a filter two relations deep", run: flooding(4, `{ ${deepQuery(2)} }`) },
  { name: "a filter three relations deep", run: flooding(4, `{ ${deepQuery(3)} }`) },
  { name: "a filter four relations deep", run: flooding(4, `{ ${deepQuery(4)} }`) },
  { name: "that filter under 12 aliases", run: flooding(4, aliased(12, deepQuery(4))) },
  { name: "names that are folded, under 4 aliases", run: flooding(4, aliased(4, FOLDED)) },
  { name: "20 large answers at once", run: flooding(20, LARGE) },
  { name: "20 answers of usual lists at once", run: flooding(20, USUAL_LARGE) },
  { name: "timelines of 200 years", run: flooding(8, aliased(4, TIMELINE)) },
  {
    name: "40 neighborhoods in a request",
    run: (attack) => flood(attack.caller, 4, neighborhoods(attack.city, 40), attack.signal),
  },
  {
    name: "5 neighborhoods in a request",
    run: (attack) => flood(attack.caller, 8, neighborhoods(attack.city, 5), attack.signal),
  },
  { name: "15 graphs in a request", run: flooding(4, aliased(15, GRAPH)) },
  { name: "2 graphs in a request", run: flooding(8, aliased(2, GRAPH)) },
  { name: "introspection", run: flooding(8, aliased(1, INTROSPECTION)) },
  { name: "a dashboard that polls 16 at once", run: flooding(16, DASHBOARD) },
  { name: "2,000 requests at once", run: flooding(2_000, "{ cities(first: 20) { nodes { name } } }") },
  { name: "guesses of tokens", run: guessing },
  { name: "1,000 connections that drip", run: (attack) => dripping(attack, 1_000) },
  { name: "100 clients that do not read", run: (attack) => unread(attack, 100) },
  { name: "clients that leave", run: leaving },
  {
    name: "a locked table",
    run: flooding(40, "{ experts(first: 20) { nodes { name } } }"),
    lock: "expert",
    serverOnly: true,
  },
];
