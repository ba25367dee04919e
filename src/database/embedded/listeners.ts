// Who listens on which channel of the embedded database. A thread that is opened anew listens on none: it is told again.
import { escapeIdentifier } from "pg";
import type { Listener } from "../database";
import type { DatabaseThread } from "./database-thread";
import { NO_LIMIT } from "./statement-limit";

export class Listeners {
  private readonly byChannel = new Map<string, Set<Listener>>();

  hear(channel: string, payload: string): void {
    for (const listener of this.byChannel.get(channel) ?? []) listener.onMessage(payload);
  }

  /** From the next thread on; the one that is open has to be told. */
  add(channel: string, listener: Listener): void {
    this.byChannel.set(channel, (this.byChannel.get(channel) ?? new Set()).add(listener));
  }

  /** @returns whether nobody listens on the channel any more */
  remove(channel: string, listener: Listener): boolean {
    const listeners = this.byChannel.get(channel);
    if (listeners?.delete(listener) !== true || listeners.size > 0) return false;
    return this.byChannel.delete(channel);
  }

  /** On a thread that was opened anew. */
  async listenAgain(thread: DatabaseThread): Promise<void> {
    for (const channel of this.byChannel.keys()) await listenOn(thread, channel);
    for (const listeners of this.byChannel.values()) for (const listener of listeners) listener.onListening();
  }
}

export async function listenOn(thread: DatabaseThread, channel: string): Promise<void> {
  await thread.script(`LISTEN ${escapeIdentifier(channel)}`, NO_LIMIT);
}

export async function unlistenOn(thread: DatabaseThread, channel: string): Promise<void> {
  await thread.script(`UNLISTEN ${escapeIdentifier(channel)}`, NO_LIMIT);
}
