// Generates Prisma's client. Generation needs no native engine, but Prisma's command line looks for one and
// would try to download it: naming any executable keeps it from doing so (Prisma 7.10).
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
execFileSync(process.execPath, [prisma, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  },
});
