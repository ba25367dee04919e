// GraphiQL, the query page that a browser gets at the GraphQL address. Everything it needs is served from here, so it
// works without the internet.
import { readFile } from "node:fs/promises";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { readExamples } from "./examples";

interface GraphiqlOptions {
  /** Where `npm run build` has put the page: index.html and assets/. */
  readonly directory: string;
  readonly examplesDirectory: string;
  /** The GraphQL address, to which /graphiql redirects. */
  readonly path: string;
}

/** Answers a request for which `wantsGraphiql` is true. */
export type GraphiqlHandler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** What the page may load and do, by directive of Content-Security-Policy (https://www.w3.org/TR/CSP3/). */
export const graphiqlContentSecurityPolicy: Readonly<Record<string, readonly string[]>> = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "worker-src": ["'self'"],
  // Monaco, the editor, writes style elements and attributes as it runs, and takes no nonce for them.
  "style-src": ["'self'", "'unsafe-inline'"],
  "font-src": ["'self'"],
  // Monaco's and GraphiQL's style sheets carry small images as data.
  "img-src": ["'self'", "data:"],
  "connect-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
};

const CONTENT_SECURITY_POLICY = Object.entries(graphiqlContentSecurityPolicy)
  .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
  .join("; ");

const NOT_BUILT_HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Creative Cities Graph</title>
  </head>
  <body>
    <h1>Creative Cities Graph</h1>
    <p>The query page is not built yet. Run <code>npm run build</code> and start the server again.</p>
    <p>The API itself answers POST requests at this address.</p>
  </body>
</html>
`;

/**
 * Serves the page's assets and examples under /graphiql/, and gives the handler that answers the page itself, which
 * the GraphQL route calls. Where the page is not built, the handler says so.
 *
 * @throws Error that names the file, when an example is malformed.
 */
export async function registerGraphiql(app: FastifyInstance, options: GraphiqlOptions): Promise<GraphiqlHandler> {
  const examples = JSON.stringify(await readExamples(options.examplesDirectory));
  app.get("/graphiql/examples.json", (_request, reply) =>
    reply.type("application/json; charset=utf-8").header("cache-control", "no-cache").send(examples),
  );
  for (const url of ["/graphiql", "/graphiql/"]) app.get(url, (_request, reply) => reply.redirect(options.path));

  const html = await readBuiltPage(options.directory);
  if (html !== null) {
    await app.register(fastifyStatic, {
      root: path.resolve(options.directory, "assets"),
      prefix: "/graphiql/assets/",
      decorateReply: false,
      index: false,
      preCompressed: true,
      // The build puts a hash of the content into every name.
      immutable: true,
      maxAge: "365d",
    });
  }
  return (_request, reply) =>
    reply
      .code(html === null ? 503 : 200)
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .header("content-security-policy", CONTENT_SECURITY_POLICY)
      .header("vary", [reply.getHeader("vary"), "Accept"].filter(Boolean).join(", "))
      .send(html ?? NOT_BUILT_HTML);
}

async function readBuiltPage(directory: string): Promise<string | null> {
  try {
    return await readFile(path.join(directory, "index.html"), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/**
 * Whether a request asks for the page: a GET or HEAD that would rather have HTML than any JSON. Browsers say so;
 * clients that accept anything, or do not say, get JSON.
 */
export function wantsGraphiql(request: Pick<FastifyRequest, "method" | "headers">): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  const quality = acceptedQualities(request.headers.accept ?? "*/*");
  return quality("text/html") > Math.max(quality("application/json"), quality("application/graphql-response+json"));
}

/** How much an Accept header likes a media type, 0 to 1: the most specific range counts (RFC 9110, section 12.5.1). */
function acceptedQualities(accept: string): (mediaType: string) => number {
  const qualities = new Map<string, number>();
  for (const item of accept.toLowerCase().split(",")) {
    const [range = "", ...parameters] = item.split(";").map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    const quality = weight === undefined ? 1 : Number(weight.slice("q=".length));
    qualities.set(range, Number.isNaN(quality) ? 0 : quality);
  }
  return (mediaType) => {
    const family = `${mediaType.split("/")[0]}/*`;
    return qualities.get(mediaType) ?? qualities.get(family) ?? qualities.get("*/*") ?? 0;
  };
}
