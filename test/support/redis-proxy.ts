// Stands between a server and the Redis of the tests, and fails as a network does.
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

export class RedisProxy {
  /** where it listens, with what else the URL of the Redis says */
  url = "";
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private isSilent = false;
  private port = 0;

  constructor(private readonly redisUrl: string) {
    this.server = createServer((client) => {
      this.take(client);
    });
  }

  /** Listens, at the same port as before where it has listened. */
  async open(): Promise<void> {
    this.isSilent = false;
    await new Promise<void>((resolve) => this.server.listen(this.port, "127.0.0.1", resolve));
    this.port = (this.server.address() as AddressInfo).port;
    const url = new URL(this.redisUrl);
    url.host = `127.0.0.1:${this.port}`;
    this.url = url.href;
  }

  /** Connections stay open, and nothing comes through them. */
  fallSilent(): void {
    this.isSilent = true;
  }

  speak(): void {
    this.isSilent = false;
  }

  /** Ends all connections and takes no more. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private take(client: Socket): void {
    const { hostname, port } = new URL(this.redisUrl);
    const redis = connect(Number(port || 6379), hostname);
    for (const [from, to] of [
      [client, redis],
      [redis, client],
    ] as const) {
      this.sockets.add(from);
      from.on("data", (data) => {
        if (!this.isSilent) to.write(data);
      });
      from.on("error", () => undefined);
      from.on("close", () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }
}
