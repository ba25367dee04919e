// A server that made its database itself, in this very process, answers like one that found it made: drivers learn the
// types of a database when they open it.
import "reflect-metadata";
import type { FastifyInstance } from "fastify";
import { Budgets } from "../../src/access/budgets/budgets";
import { MemoryBuckets } from "../../src/access/budgets/memory-buckets";
import { catalogue } from "../../src/catalogue";
import { Collaboration } from "../../src/collaboration/collaboration";
import type { Database } from "../../src/database/database";
import { openEmbeddedBackend } from "../../src/database/embedded-backend";
import { RevisionWatch } from "../../src/database/revision-watch";
import { migrate } from "../../src/database/migrate";
import { Vitals } from "../../src/database/vitals";
import { schemaOf } from "../../src/graph/schema";
import { buildServer } from "../../src/http/server";
import { EXAMPLES_FOLDER, GRAPH_WORKER_FILE, GRAPHIQL_FOLDER, MIGRATIONS_FOLDER } from "../../src/installation";
import { systemClock } from "../../src/kernel/clock";
import { ANONYMOUS } from "../../src/kernel/viewer";
import { OPERATION_LIMITS } from "../support/api";

let database: Database;
let app: FastifyInstance;
let revisionWatch: RevisionWatch;
let collaboration: Collaboration;
beforeAll(async () => {
  const schema = schemaOf(catalogue);
  database = await openEmbeddedBackend({});
  await migrate(database, MIGRATIONS_FOLDER);
  revisionWatch = await RevisionWatch.start(database);
  collaboration = new Collaboration({
    database,
    revisionWatch,
    workerFile: GRAPH_WORKER_FILE,
    onFailure: (error) => {
      throw error;
    },
  });
  app = await buildServer({
    log: undefined,
    schema,
    database,
    catalogue,
    clock: systemClock,
    authenticate: () => ANONYMOUS,
    budgets: new Budgets(new MemoryBuckets(), { anonymousPerMinute: 0, keyPerMinute: 0 }),
    revisionWatch,
    services: { collaboration },
    queryCostLimit: 200_000,
    sizes: () => ({}),
    operationLimits: OPERATION_LIMITS,
    corsOrigins: "*",
    trustedProxies: [],
    connections: { atMost: 1_000, perAddressAtMost: 200 },
    vitals: new Vitals(systemClock),
    graphiqlDirectory: GRAPHIQL_FOLDER,
    examplesDirectory: EXAMPLES_FOLDER,
  });
});
afterAll(async () => {
  await app.close();
  await collaboration.close();
  await revisionWatch.close();
  await database.close();
});

const enums = catalogue.records.flatMap((type) =>
  Object.entries(type.columns)
    .filter(([, column]) => column.codec.kind === "enum")
    .map(([name, column]) => [type.name, name, type, column] as const),
);

it.each(enums)("finds a %s by a list of the words of its %s", async (typeName, name, type, column) => {
  const words = Object.keys(column.enumeration?.values ?? {});
  const conditions = column.list
    ? [{ hasAny: words }, { hasAll: words }, { has: words[0] }, { isEmpty: true }]
    : [{ in: words }, { eq: words[0] }];
  const page = type.roots.many === "connection" ? "{ totalCount }" : "{ id }";
  const query = `query ($f: ${typeName}Filter) { ${type.plural}(filter: $f) ${page} }`;
  const variables = { f: { or: conditions.map((condition) => ({ [name]: condition })) } };
  const response = await app.inject({ method: "POST", url: "/graphql", payload: { query, variables } });
  expect(response.json()).toEqual({
    data: { [type.plural]: type.roots.many === "connection" ? { totalCount: 0 } : [] },
    extensions: expect.anything(),
  });
});
