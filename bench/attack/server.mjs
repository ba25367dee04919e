// The server as its operator starts it, a process of its own that is watched from outside: what it answers, how much memory it has, and
// how much it computes. Of Linux, because it reads /proc.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const COLLECT = fileURLToPath(new URL("collect.cjs", import.meta.url));
const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const CLOCK_TICKS_A_SECOND = 100;

/** @param environment all that the process gets beside PATH @param heapMb the most that its heap may hold */
export async function startServer(environment, heapMb) {
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, "--expose-gc", "--require", COLLECT, MAIN], {
    // All loopback addresses, so that callers may have one each.
    env: { PATH: process.env.PATH, HOST: "0.0.0.0", PORT: "0", LOG_LEVEL: "info", ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const errors = [];
  let printed = "";
  let ending;
  const ended = once(child, "close").then(([code, signal]) => (ending = signal ?? code));
  child.stderr.setEncoding("utf8").on("data", (text) => (printed += text.slice(0, 10_000)));
  const port = await new Promise((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text) => {
      for (const line of text.split("\n")) if (line.includes('"level":50') && errors.length < 5) errors.push(line);
      const [, found] = /"msg":"Server listening at [^"]+:(\d+)"/.exec(text) ?? [];
      if (found !== undefined) resolve(Number(found));
    });
    void ended.then(() => reject(new Error(`the server did not come up:\n${printed}`)));
  });
  return {
    port,
    /** log lines of errors, the first few */
    errors,
    /** how the process ended, undefined while it runs */
    ending: () => ending,
    memoryMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024,
    /** What is in use in the heap of the main thread, and beside it, once all garbage is collected. */
    usedMb: async () => {
      child.send("collect");
      const [{ usedMb }] = await once(child, "message");
      return usedMb;
    },
    /** processor time used until now, in seconds */
    cpuSeconds: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1].split(" ");
      return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_A_SECOND;
    },
    stop: async () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}
