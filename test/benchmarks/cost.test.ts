// The benchmark of costs, in a small form, so that it stays good: operations of every kind on the reference dataset, none of which takes
// longer than the limit says.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const FILE = join(__dirname, "..", "..", "bench", "cost.mjs");

it("measures operations of every kind, and finds none that takes too long", async () => {
  const size = ["--reference", "--operations", "40", "--at-most", "60"];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [FILE, ...size], {
    env: { PATH: process.env.PATH ?? "" },
    timeout: 150_000,
  });
  expect(stderr).toBe("");
  const [, measured] = /embedded: (\d+) operations under the limit/.exec(stdout) ?? [];
  expect(Number(measured)).toBeGreaterThan(30);
  expect(stdout).toMatch(/true time by counted cost: p10 \d/);
  expect(stdout).toContain("as often as the limit of 200000 lets them");
}, 180_000);
