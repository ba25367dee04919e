// A session on a PostgreSQL server that only listens. It is none of the pool's, which lends its sessions to others and
// ends them when they are idle. One that breaks is replaced, however long the server is away.
import { Client, escapeIdentifier } from "pg";
import type { Listener } from "./database";

const CONNECT_WITHIN_MS = 10_000;
const FIRST_RETRY_MS = 100;
const RETRY_AT_MOST_MS = 10_000;

export class ListeningSession {
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private retryMs = FIRST_RETRY_MS;
  private isListening = false;
  private isStopped = false;

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
    private readonly channel: string,
    private readonly listener: Listener,
  ) {}

  /** Resolves when the first attempt is over; never rejects, because later ones may succeed. */
  async start(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      application_name: this.applicationName,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      // A peer that vanished without a word is noticed by the system in the end: nothing is ever sent here.
      keepAlive: true,
    });
    this.client = client;
    client.on("notification", ({ payload }) => {
      this.listener.onMessage(payload ?? "");
    });
    client.on("error", () => {
      this.lost(client);
    });
    client.on("end", () => {
      this.lost(client);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${escapeIdentifier(this.channel)}`);
    } catch {
      this.lost(client);
      return;
    }
    if (this.client !== client) return;
    this.isListening = true;
    this.retryMs = FIRST_RETRY_MS;
    this.listener.onListening();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.retry);
    const ended = this.client?.end();
    this.client = undefined;
    // Of a client that is still connecting nothing is known, and it holds nothing.
    if (this.isListening) await ended;
  }

  private lost(client: Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.isListening = false;
    // Not awaited: a connection that never came about has no end.
    void client.end();
    if (this.isStopped) return;
    this.retry = setTimeout(() => void this.start(), this.retryMs);
    this.retry.unref();
    this.retryMs = Math.min(this.retryMs * 2, RETRY_AT_MOST_MS);
  }
}
