// PGlite's WebAssembly, compiled once in a process and shared by all threads that run it: one that takes the place of another is not slow
// anew.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

// Node has WebAssembly, but its types come with the browser's library, which the server is compiled without.
declare const WebAssembly: { compile(bytes: Buffer): Promise<object> };

let compiled: Promise<object> | undefined;

/** A WebAssembly.Module. @throws where PGlite is not installed as it should be */
export function pgliteCode(): Promise<object> {
  compiled ??= readFile(join(dirname(require.resolve("@electric-sql/pglite")), "pglite.wasm")).then((bytes) =>
    WebAssembly.compile(bytes),
  );
  return compiled;
}
