// Prisma's schema engine as WebAssembly: it applies the migrations and compares schemas over any driver
// adapter, so that one code path serves both backends and no native engine has to be downloaded.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";

// Node has WebAssembly, but its types come with the browser's library, which the server is compiled without.
declare const WebAssembly: {
  instantiate(bytes: Buffer, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

type EngineModule = typeof import("@prisma/schema-engine-wasm") & {
  __wbg_set_wasm(exports: object): void;
};

let loaded: Promise<EngineModule> | undefined;

/**
 * The engine over one database. The caller closes the database; the engine holds no connection of its own.
 * @param datamodel the text of schema.prisma, needed for comparisons only
 */
export async function openSchemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  datamodel?: string,
): Promise<SchemaEngine> {
  loaded ??= loadEngineModule();
  const { SchemaEngine: Engine } = await loaded;
  return Engine.new(
    { datamodels: datamodel === undefined ? undefined : [["schema.prisma", datamodel]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

// The engine never clears its ten-second timers (for its advisory lock, say): a command that is done would wait for them.
function timersThatKeepNoProcessAlive(
  glue: object,
): Record<string, (callback: () => void, ms: number) => NodeJS.Timeout> {
  const names = Object.keys(glue).filter((name) => name.startsWith("__wbg_setTimeout_"));
  return Object.fromEntries(names.map((name) => [name, (callback, ms) => setTimeout(callback, ms).unref()]));
}

// The package's own entry imports its .wasm file as a module, which only bundlers understand: the glue is
// loaded and the module instantiated by hand, as Prisma's own command line does (Prisma 7.10).
async function loadEngineModule(): Promise<EngineModule> {
  const glue = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as unknown as EngineModule;
  const folder = dirname(require.resolve("@prisma/schema-engine-wasm"));
  const bytes = readFileSync(join(folder, "schema_engine_bg.wasm"));
  const imports = { ...glue, ...timersThatKeepNoProcessAlive(glue) };
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": imports });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}
