// A connection whose every byte a test chooses, for what no HTTP client would send.
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export class RawConnection {
  text = "";
  /** resolves when the server has let go of it */
  readonly closed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    socket.setEncoding("latin1").on("data", (text: string) => {
      this.text += text;
    });
    // A reset is an end too.
    socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => socket.once("close", resolve));
  }

  /** @param localAddress where it seems to come from: any of 127.0.0.0/8 */
  static async to(url: string, localAddress = "127.0.0.1"): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), localAddress });
    const connection = new RawConnection(socket);
    await once(socket, "connect");
    return connection;
  }

  send(text: string): void {
    this.socket.write(text, "latin1");
  }

  get isOpen(): boolean {
    return !this.socket.closed && !this.socket.readableEnded;
  }

  /** The answer, once the connection is over. */
  async lastAnswer(): Promise<RawAnswer> {
    await this.closed;
    return answerIn(this.text);
  }

  /** Waits until so many answers have begun. */
  async answers(count: number): Promise<void> {
    while ((this.text.match(/HTTP\/1\.1 (?!100)/g) ?? []).length < count) {
      if (this.socket.closed) throw new Error(`closed after: ${this.text}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** The last answer of several. */
function answerIn(text: string): RawAnswer {
  const last = text.slice(text.lastIndexOf("HTTP/1.1 "));
  const [head = "", ...bodies] = last.split("\r\n\r\n");
  const [line = "", ...fields] = head.split("\r\n");
  const headers = fields.map((field): [string, string] => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
  });
  return { status: Number(line.split(" ")[1]), headers: Object.fromEntries(headers), body: bodies.join("\r\n\r\n") };
}

/** What an answer refuses with, after proving that it has the form of every refusal. */
export function refusalIn({ status, headers, body }: RawAnswer): unknown[] {
  const { errors } = JSON.parse(body) as { errors: { message: string; extensions: Record<string, string> }[] };
  expect(errors).toHaveLength(1);
  const { message, extensions } = errors[0] ?? { message: "", extensions: {} };
  expect(message).not.toBe("");
  expect(Object.keys(extensions).sort()).toEqual(["code", "reason", "requestId"]);
  expect(extensions.requestId).toBe(headers["x-request-id"]);
  expect(headers["content-type"]).toBe("application/json; charset=utf-8");
  expect(headers["content-length"]).toBe(String(Buffer.byteLength(body)));
  if (status === 503) expect(headers["retry-after"]).toMatch(/^\d+$/);
  return [status, extensions.code, extensions.reason];
}
