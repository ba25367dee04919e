// The server as its operator starts it: a process with an environment, watched from outside.
import { spawn, type ChildProcess } from "node:child_process";
import { postGraphql, type UntypedAnswer } from "./api";

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

const running = new Set<ServerProcess>();

export class ServerProcess {
  /** resolves when the process is gone and all that it wrote is read */
  readonly ended: Promise<Ending>;
  private readonly child: ChildProcess;
  private stdout = "";
  private stderr = "";
  private waiting: (() => void)[] = [];

  /** @param environment all that the process gets beside PATH; a free port of 127.0.0.1 unless it says otherwise */
  constructor(main: string, environment: Readonly<Record<string, string>>) {
    this.child = spawn(process.execPath, [main], {
      env: { PATH: process.env.PATH ?? "", HOST: "127.0.0.1", PORT: "0", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
      for (const look of this.waiting.splice(0)) look();
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    running.add(this);
    this.ended = new Promise((resolve, reject) => {
      this.child.once("error", reject);
      this.child.once("close", (code, signal) => {
        running.delete(this);
        for (const look of this.waiting.splice(0)) look();
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Where it listens, once it does. @throws with what it wrote when it ends before */
  async url(): Promise<string> {
    for (;;) {
      const [url] = /(?<="msg":"Server listening at )[^"]+/.exec(this.stdout) ?? [];
      if (url !== undefined) return url;
      if (!running.has(this)) throw new Error(`the server did not come up:\n${this.stdout}${this.stderr}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** What it said of its database when it opened it. */
  async opened(): Promise<{ migrations: string[]; filled: boolean }> {
    await this.url();
    const line = this.stdout.split("\n").find((one) => one.includes("database is open")) ?? "{}";
    return JSON.parse(line) as { migrations: string[]; filled: boolean };
  }

  async ask(query: string): Promise<UntypedAnswer> {
    return postGraphql(await this.url(), { query });
  }

  async stop(): Promise<Ending> {
    this.kill("SIGTERM");
    return this.ended;
  }
}

/** For afterEach: no process outlives its test. */
export async function killServers(): Promise<void> {
  const left = [...running];
  for (const server of left) server.kill("SIGKILL");
  await Promise.all(left.map((server) => server.ended));
}
