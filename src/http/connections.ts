// The connections of this server: how many there may be, of one address too, and how long each may take for what it does.
// Where there is no more room, the connection that has waited longest without a whole request makes room for the new one,
// so that whoever only holds connections keeps nobody out.
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import type { Clock } from "../kernel/clock";
import { countedAddress, type Trust } from "./caller-address";
import { Connection, Crowd, TOO_MANY_CONNECTIONS } from "./connection";
import type { Refusal } from "./refusal";

export interface ConnectionTimes {
  /** how long a request may take to arrive: its headers, and the whole of it; milliseconds, as all of these */
  headersMs: number;
  requestMs: number;
  /** how often is looked for those that take longer */
  checkEveryMs: number;
  /** how long a connection may stay without a request; longer than most proxies keep theirs, which is 60 seconds */
  idleMs: number;
  /** how long the caller may take to fetch an answer, from its first byte on */
  answerMs: number;
}

export const CONNECTION_TIMES: ConnectionTimes = {
  headersMs: 10_000,
  requestMs: 20_000,
  checkEveryMs: 1_000,
  idleMs: 72_000,
  answerMs: 30_000,
};

export interface ConnectionLimits {
  /** connections at most, and of one address */
  atMost: number;
  perAddressAtMost: number;
  times?: Partial<ConnectionTimes>;
}

/** Beyond the limits so many more are listened to, for the sake of the health checks alone. */
export const RESERVED_CONNECTIONS = 100;

export const STOPPING: Refusal = {
  status: 503,
  code: "OVERLOADED",
  reason: "STOPPING",
  message: "this server is stopping: try again",
};

export class Connections {
  readonly times: ConnectionTimes;
  private readonly all = new Crowd();
  private readonly reserve = new Crowd();
  private readonly byAddress = new Map<string, Crowd>();
  private readonly leaving = new Crowd();
  private readonly bySocket = new WeakMap<Socket, Connection>();
  private isEnding = false;

  constructor(
    private readonly limits: ConnectionLimits,
    /** whose connections are those of many callers: the limit of one address is not for them */
    private readonly isProxy: Trust,
    private readonly clock: Clock,
  ) {
    this.times = { ...CONNECTION_TIMES, ...limits.times };
  }

  /** How Node's server is to be made. Fastify sets its other two times. */
  serverOptions(): ServerOptions {
    // A request without a host is refused where others are, in their form.
    return {
      headersTimeout: this.times.headersMs,
      connectionsCheckingInterval: this.times.checkEveryMs,
      requireHostHeader: false,
    };
  }

  /** Stands before a server: only what is let in comes to Node's own listener. To be called before it listens. */
  standBefore(server: Server): void {
    const listeners = server.listeners("connection");
    server.removeAllListeners("connection");
    server.on("connection", (socket: Socket) => {
      if (this.letsIn(socket)) for (const listener of listeners) listener.call(server, socket);
    });
    server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
      this.bySocket.get(request.socket)?.begins(request, response);
    });
  }

  /** Learns from the hooks of requests when one is here as a whole, and when its answer is on the way. */
  follow(app: FastifyInstance): void {
    app.addHook("preHandler", (request, _reply, done) => {
      this.bySocket.get(request.raw.socket)?.arrived(request.raw);
      done();
    });
    app.addHook("onSend", (request, reply, payload, done) => {
      const connection = this.bySocket.get(request.raw.socket);
      connection?.answers(reply.raw, this.times.answerMs);
      // Kept alive, it would keep a stopping process alive too, or be taken for one on which anything may be asked.
      if (this.isEnding || connection?.isIn(this.reserve) === true) void reply.header("connection", "close");
      done(null, payload);
    });
    app.addHook("preClose", (done) => {
      this.end();
      done();
    });
  }

  /** Why a request is refused for the connection that it comes by; undefined where it is not. */
  refusalOf(socket: Socket, isOfHealth: boolean): Refusal | undefined {
    if (this.isEnding) return STOPPING;
    return this.bySocket.get(socket)?.isIn(this.reserve) === true && !isOfHealth ? TOO_MANY_CONNECTIONS : undefined;
  }

  /** Ends a connection with a refusal, after the answers that are still under way on it. */
  refuse(socket: Socket, refusal: Refusal): void {
    (this.bySocket.get(socket) ?? this.known(socket, [])).refuse(refusal);
  }

  private letsIn(socket: Socket): boolean {
    const crowds = this.isEnding ? undefined : this.crowdsFor(socket);
    if (crowds === undefined) this.refuse(socket, this.isEnding ? STOPPING : TOO_MANY_CONNECTIONS);
    else this.known(socket, crowds);
    return crowds !== undefined;
  }

  /** Where there is room for a new connection; undefined where there is none. */
  private crowdsFor(socket: Socket): Crowd[] | undefined {
    const { atMost, perAddressAtMost } = this.limits;
    const address = this.isProxy(socket.remoteAddress ?? "") ? undefined : countedAddress(socket.remoteAddress);
    const alike = address === undefined ? undefined : this.byAddress.get(address);
    if (alike?.makesRoom(perAddressAtMost) !== false && this.all.makesRoom(atMost)) {
      return address === undefined ? [this.all] : [this.all, this.crowdOf(address)];
    }
    return this.reserve.makesRoom(RESERVED_CONNECTIONS) ? [this.reserve] : undefined;
  }

  private crowdOf(address: string): Crowd {
    const known = this.byAddress.get(address);
    if (known !== undefined) return known;
    const crowd = new Crowd(() => this.byAddress.delete(address));
    this.byAddress.set(address, crowd);
    return crowd;
  }

  private known(socket: Socket, crowds: Crowd[]): Connection {
    const { clock, leaving } = this;
    const connection = new Connection(socket, crowds, { idleMs: this.times.idleMs, clock, leaving });
    this.bySocket.set(socket, connection);
    return connection;
  }

  // Requests that have begun get their answers; of the others some would be begun without end.
  private end(): void {
    this.isEnding = true;
    for (const crowd of [this.all, this.reserve]) for (const one of crowd.waiting) one.endUnlessBegun(STOPPING);
  }
}
