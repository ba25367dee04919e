// The benchmark of attacks, in a small form: nobody else feels one, nothing of it is left behind, and the server is up at its end.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { testServer } from "../support/test-database";

const FILE = join(__dirname, "..", "..", "bench", "attack.mjs");

it("finds that others are answered while one caller does its worst", async () => {
  const size = ["--cities", "200", "--seconds", "1", "--lenient"];
  const backend = testServer === undefined ? "embedded" : "server";
  const { stdout } = await promisify(execFile)(process.execPath, [FILE, "--backend", backend, ...size], {
    env: { PATH: process.env.PATH ?? "", ...(testServer === undefined ? {} : { DATABASE_URL: testServer }) },
    timeout: 230_000,
  }).catch((error: unknown) => error as { stdout: string });
  expect(stdout).toContain("clients that leave");
  expect(stdout.split("\n").filter((line) => line.startsWith("FAILED"))).toEqual([]);
  expect(stdout).toContain("Everything held.");
}, 240_000);
