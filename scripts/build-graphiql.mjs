// Bundles web/graphiql into dist/graphiql, or into the directory given as argument: index.html, and beside it assets/
// with names that carry a hash of their content, so that they may be cached for ever. Each text asset also gets a gzip
// copy, made once here, not per request.
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = path.join(root, "web/graphiql");
const target = path.resolve(process.argv[2] ?? path.join(root, "dist/graphiql"));
const assets = path.join(target, "assets");
const publicPath = "/graphiql/assets";

const settings = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  metafile: true,
  target: "es2022",
  outdir: assets,
  publicPath,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".ttf": "file", ".svg": "file" },
  legalComments: "linked",
  logLevel: "warning",
};

/** The public address of the output that was made from `entryPoint`, or of the style sheet beside it. */
function urlOf(metafile, entryPoint, key = "file") {
  const [file, output] = Object.entries(metafile.outputs).find(
    ([name, candidate]) => name.endsWith(".js") && path.resolve(root, candidate.entryPoint ?? "") === entryPoint,
  );
  return `${publicPath}/${path.basename(key === "file" ? file : output.cssBundle)}`;
}

async function buildWorkers() {
  // Resolved from @graphiql/react, so that workers and editor are always of one version.
  const { resolve } = createRequire(createRequire(import.meta.url).resolve("@graphiql/react"));
  const entryPoints = {
    editor: resolve("monaco-editor/esm/vs/editor/editor.worker.js"),
    graphql: resolve("monaco-graphql/esm/graphql.worker.js"),
    json: resolve("monaco-editor/esm/vs/language/json/json.worker.js"),
  };
  const { metafile } = await build({ ...settings, entryPoints: Object.values(entryPoints), format: "iife" });
  return Object.fromEntries(Object.entries(entryPoints).map(([label, file]) => [label, urlOf(metafile, file)]));
}

async function buildPage(workerUrls) {
  const entryPoint = path.join(source, "main.tsx");
  const { metafile } = await build({
    ...settings,
    entryPoints: [entryPoint],
    format: "esm",
    define: { "process.env.NODE_ENV": '"production"', WORKER_URLS: JSON.stringify(workerUrls) },
  });
  const icon = Object.keys(metafile.outputs).find((file) => /icon-\w+\.svg$/.test(file));
  return {
    script: urlOf(metafile, entryPoint),
    style: urlOf(metafile, entryPoint, "style"),
    icon: `${publicPath}/${path.basename(icon)}`,
  };
}

async function writeHtml(urls) {
  const template = await readFile(path.join(source, "index.html"), "utf8");
  const html = template.replace(/\{\{(\w+)\}\}/g, (placeholder, name) => {
    if (!urls[name]) throw new Error(`index.html asks for ${placeholder}, which the build does not make.`);
    return urls[name];
  });
  await writeFile(path.join(target, "index.html"), html);
}

async function writeGzipCopies() {
  for (const name of await readdir(assets)) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const file = path.join(assets, name);
    await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }));
  }
}

try {
  await rm(target, { recursive: true, force: true });
  await writeHtml(await buildPage(await buildWorkers()));
  await writeGzipCopies();
} catch (error) {
  // A half-made page would be served as if it were whole.
  await rm(target, { recursive: true, force: true });
  console.error(`The GraphiQL page could not be built: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
