// Loaded into a server that is measured: collects its garbage when it is told, and answers how much memory is in use then.
const { isMainThread } = require("node:worker_threads");

// Its threads load this too, and have nobody to answer.
if (isMainThread) {
  process.on("message", () => {
    globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    process.send({ usedMb: (heapUsed + external) / 1024 / 1024 });
  });
  process.channel.unref();
}
