// The benchmark of attacks, in a small form: nobody else feels one, nothing of it is left behind, and the server is up at its end.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const FILE = join(__dirname, "..", "..", "bench", "attack.mjs");
const { PATH = "", DATABASE_URL } = process.env;
const BACKENDS = DATABASE_URL ? ["embedded", "server"] : ["embedded"];

it.each(BACKENDS)(
  "finds that others are answered while one caller does its worst (%s)",
  async (backend) => {
    const size = ["--cities", "200", "--seconds", "1", "--lenient"];
    const { stdout } = await promisify(execFile)(process.execPath, [FILE, "--backend", backend, ...size], {
      env: { PATH, ...(DATABASE_URL ? { DATABASE_URL } : {}) },
      timeout: 230_000,
    }).catch((error: unknown) => error as { stdout: string });
    expect(stdout).toContain("clients that leave");
    expect(stdout.split("\n").filter((line) => line.startsWith("FAILED"))).toEqual([]);
    expect(stdout).toContain("Everything held.");
  },
  240_000,
);
