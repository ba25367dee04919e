// The query page in a real browser: built, served, opened, and used, with everything but this machine out of reach.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { buildSchema, graphql } from "graphql";
import { chromium, type Browser, type Page } from "playwright-core";
import { registerGraphiql, wantsGraphiql } from "../../src/http/graphiql";

const CHROMIUM = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium"].find((file) => file && existsSync(file));
if (!CHROMIUM) console.warn("Skipped: no Chromium at CHROMIUM_PATH or /usr/bin/chromium.");
const describeWithChromium = CHROMIUM ? describe : describe.skip;

const schema = buildSchema(`
  type City { slug: ID! name: String! }
  type Query { city(slug: ID!): City cities(first: Int): [City!]! }
`);
const CITIES = [
  { slug: "krakow", name: "Kraków" },
  { slug: "dakar", name: "Dakar" },
];
const rootValue = {
  city: ({ slug }: { slug: string }) => CITIES.find((city) => city.slug === slug),
  cities: ({ first }: { first?: number }) => CITIES.slice(0, first),
};

const EXAMPLES = {
  "01-all.graphql":
    "# group: Apps\n# title: All cities\n# description: Their names.\nquery AllCities {\n  cities {\n    name\n  }\n}\n",
  "02-one.graphql":
    '# group: Dashboards\n# title: One city\n# description: By its slug.\n# variables: { "slug": "krakow" }\n' +
    "query OneCity($slug: ID!) {\n  city(slug: $slug) {\n    name\n  }\n}\n",
};

async function startServer(directory: string): Promise<FastifyInstance> {
  const page = path.join(directory, "page");
  execFileSync(process.execPath, [path.resolve("scripts/build-graphiql.mjs"), page], { stdio: "inherit" });
  for (const [name, text] of Object.entries(EXAMPLES)) await writeFile(path.join(directory, name), text);

  const app = fastify();
  const sendGraphiql = await registerGraphiql(app, { directory: page, examplesDirectory: directory, path: "/graphql" });
  app.get("/graphql", (request, reply) =>
    wantsGraphiql(request) ? sendGraphiql(request, reply) : reply.code(400).send({}),
  );
  app.post("/graphql", (request) => {
    const { query, ...rest } = request.body as {
      query: string;
      variables?: Record<string, unknown>;
      operationName?: string;
    };
    return graphql({
      schema,
      source: query,
      rootValue,
      variableValues: rest.variables,
      operationName: rest.operationName,
    });
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  return app;
}

describeWithChromium("the GraphiQL page", () => {
  let directory: string;
  let app: FastifyInstance | undefined;
  let browser: Browser | undefined;
  let page: Page;
  let address: string;
  let outside: string[];
  let problems: string[];

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "graphiql-"));
    app = await startServer(directory);
    address = app.listeningOrigin;
    browser = await chromium.launch({
      executablePath: CHROMIUM as string,
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ],
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    outside = [];
    problems = [];
    const context = await browser!.newContext();
    await context.route(
      (url) => url.protocol.startsWith("http") && url.origin !== address,
      (route) => {
        outside.push(route.request().url());
        return route.abort();
      },
    );
    page = await context.newPage();
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("response", (response) => {
      if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
    });
  });

  // Each test may use the page in its own way, and none may reach outside, log an error or break the page's policy.
  afterEach(async () => {
    await page.context().close();
    expect(outside).toEqual([]);
    expect(problems).toEqual([]);
  });

  const editor = () => page.locator(".graphiql-query-editor .view-lines");
  const result = () => page.locator(".graphiql-response .view-lines");

  it("lists the examples by group and opens with the first", async () => {
    await page.goto(`${address}/graphql`);
    await editor().getByText("AllCities").waitFor();
    expect(await page.title()).toBe("Creative Cities Graph");
    expect(await page.getByRole("region", { name: "Apps" }).getByRole("listitem").allInnerTexts()).toEqual([
      "All cities\nTheir names.",
    ]);
    expect(await page.getByRole("region", { name: "Dashboards" }).getByRole("listitem").allInnerTexts()).toEqual([
      "One city\nBy its slug.",
    ]);
  }, 60_000);

  it("runs an example with its variables in the place of another", async () => {
    await page.goto(`${address}/graphql`);
    await editor().getByText("AllCities").waitFor();
    await page.getByRole("button", { name: "Run: One city" }).click();
    await result().getByText("Kraków").waitFor();
    expect(await result().innerText()).not.toContain("Dakar");
    expect(await page.getByRole("tab").count()).toBe(1);
  }, 60_000);

  it("keeps a changed query and opens the example in a new tab", async () => {
    await page.goto(`${address}/graphql`);
    await editor().getByText("AllCities").click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("# mine\n");
    await page.getByRole("button", { name: "One city By its slug." }).click();
    await editor().getByText("OneCity").waitFor();
    await page.getByRole("tab", { name: "AllCities" }).click();
    await editor().getByText("# mine").waitFor();
  }, 60_000);

  it("sends what the headers editor holds", async () => {
    await page.goto(`${address}/graphql`);
    await editor().getByText("AllCities").waitFor();
    await page.getByRole("button", { name: "Headers" }).click();
    await page.locator(".graphiql-editor-tool .graphiql-editor:not(.hidden) .monaco-editor").click();
    await page.keyboard.insertText('{ "authorization": "Bearer key" }');
    const sent = page.waitForRequest(
      (request) => request.method() === "POST" && request.postData()?.includes("AllCities") === true,
    );
    await page.getByRole("button", { name: "Run: All cities" }).click();
    expect((await sent).headers()["authorization"]).toBe("Bearer key");
    await result().getByText("Dakar").waitFor();
  }, 60_000);

  it("checks the query against the schema in a worker", async () => {
    await page.goto(`${address}/graphql?query=${encodeURIComponent("query Shared { cities { nme } }")}`);
    await editor().getByText("Shared").waitFor();
    await page.locator(".graphiql-query-editor .squiggly-error").first().waitFor();
  }, 60_000);
});

describe("the route of the GraphiQL page", () => {
  const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

  it.each([
    [true, "GET", BROWSER],
    [true, "HEAD", BROWSER],
    [true, "GET", "text/*, application/json;q=0.5"],
    [false, "POST", BROWSER],
    [false, "GET", "*/*"],
    [false, "GET", undefined],
    [false, "GET", ""],
    [false, "GET", "application/json, text/html"],
    [false, "GET", "application/graphql-response+json, text/html;q=0.9"],
    [false, "GET", "text/html;q=0, */*"],
    [false, "GET", "text/html;q=high"],
  ])("answers the page (%s) to %s with Accept: %s", (page, method, accept) => {
    expect(wantsGraphiql({ method, headers: { accept } })).toBe(page);
  });

  it("says how to build the page where it is not built", async () => {
    const app = fastify();
    const sendGraphiql = await registerGraphiql(app, {
      directory: "absent",
      examplesDirectory: "examples",
      path: "/graphql",
    });
    app.get("/graphql", sendGraphiql);
    const response = await app.inject("/graphql");
    expect(response.statusCode).toBe(503);
    expect(response.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(response.body).toContain("Run <code>npm run build</code>");
    expect((await app.inject("/graphiql/assets/main.js")).statusCode).toBe(404);
    const examples = readdirSync("examples").filter((name) => name.endsWith(".graphql"));
    expect((await app.inject("/graphiql/examples.json")).json()).toHaveLength(examples.length);
    expect((await app.inject("/graphiql")).headers.location).toBe("/graphql");
  });
});
