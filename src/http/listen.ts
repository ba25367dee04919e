// Listening on every address that a host's name has: localhost is 127.0.0.1 and ::1. Fastify would make a server of its own
// for each further one, with none of our limits.
import { lookup } from "node:dns/promises";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { FastifyInstance } from "fastify";

type AddressesOf = (host: string) => Promise<{ address: string }[]>;
const lookedUp: AddressesOf = (host) => lookup(host, { all: true });

/** @throws where the first address cannot be had; the others are taken where they can be */
export async function listen(
  app: FastifyInstance,
  host: string,
  port: number,
  addressesOf: AddressesOf = lookedUp,
): Promise<void> {
  const [first, ...more] = await addressesOf(host);
  const others: Server[] = [];
  app.addHook("preClose", (done) => {
    for (const other of others) other.close();
    done();
  });
  await app.listen({ host: first?.address ?? host, port });
  const taken = (app.server.address() as AddressInfo).port;
  for (const { address } of more) {
    const other = createServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) => {
      app.server.emit("connection", socket);
    });
    if (await isHad(other, address, taken)) others.push(other);
  }
}

function isHad(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once("error", () => {
      resolve(false);
    });
    server.listen({ host, port }, () => {
      resolve(true);
    });
  });
}
