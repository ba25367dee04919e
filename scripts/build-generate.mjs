// Bundles bench/generate into dist/bench/generate.js, which `ccg generate` starts. What it takes from src/ it takes from dist/, where that
// is compiled to: packages, folders and threads are those of the server.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const takenFromDist = {
  name: "taken-from-dist",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/\.\.\/src\// }, ({ path }) => ({
      path: `${path.replace("../../src/", "../")}.js`,
      external: true,
    }));
  },
};

await build({
  absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
  entryPoints: ["bench/generate/cli.ts"],
  outfile: "dist/bench/generate.js",
  bundle: true,
  platform: "node",
  target: "node20",
  packages: "external",
  plugins: [takenFromDist],
  sourcemap: true,
  logLevel: "warning",
});
