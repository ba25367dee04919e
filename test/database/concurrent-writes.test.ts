// Many writers on the same few records over HTTP, with consoles beside them: what was acknowledged is there and in the log,
// under the revision that was told; what was refused is not; nobody waits for anybody for ever.
import "reflect-metadata";
import sql from "sql-template-tag";
import { startApi, type TestApi } from "../support/api";
import { openConsole, type Console } from "../support/console";
import { testServer } from "../support/test-database";
import { askWith, makeCity, makeKey } from "../support/keys";
import { readLog, readStates, replay, type LogEntry, type States } from "../support/log-replay";
import { between, pick, randomFrom, type Random } from "../../src/kernel/random";
import { SCHEME, ConcurrentWriter, WriteOutcomes, type Key, type Token } from "../support/concurrent-writer";
import { expectWholeLog } from "../support/whole-log";

/** The embedded backend has one session, in which everything queues. */
const WRITERS = testServer === undefined ? 20 : 200;
const CONSOLES = 2;
const STORM_AT_MOST_MS = 240_000;
const PREFIX = "contended-";
const SLUGS = Array.from({ length: 10 }, (_, i) => `${PREFIX}${i}`);

let api: TestApi;
let consoles: Console[];
let keys: Key[];
beforeAll(async () => {
  // All writers come from one address.
  api = await startApi({ connections: { perAddressAtMost: 1_000 } });
  const city = await makeCity(api.database, SCHEME);
  const tokens = [await makeKey(api.database, "SECRETARIAT"), await makeKey(api.database, "CITY", city)];
  keys = await Promise.all(
    tokens.map(async (token) => {
      const { data } = await askWith(api.url, token, "{ viewer { keyName } }");
      return { token, actor: data.viewer.keyName };
    }),
  );
  const create = "mutation ($input: CreateProjectInput!) { createProject(input: $input) { userErrors { code } } }";
  for (const slug of SLUGS) {
    // Made with the city's key, so that the city leads it and may write it.
    const { data } = await askWith(api.url, tokens[1]!, create, { input: { slug, title: slug } });
    expect(data.createProject.userErrors).toEqual([]);
  }
  const backend = { database: api.database, url: api.databaseUrl, close: () => Promise.resolve() };
  consoles = await Promise.all(Array.from({ length: CONSOLES }, () => openConsole(backend)));
});
afterAll(async () => {
  await Promise.all(consoles.map((one) => one.close()));
  await api.close();
});

/** Plain SQL on the same records in random order, until the writers are done. @returns what was committed and what was not */
async function runConsole(
  console: Console,
  name: string,
  random: Random,
  isDone: () => boolean,
): Promise<{ committed: Token[][]; rolledBack: Token[] }> {
  const committed: Token[][] = [];
  const rolledBack: Token[] = [];
  for (let i = 0; i === 0 || !isDone(); i++) {
    const tokens = Array.from({ length: between(random, 1, 4) }, (_, n): Token => {
      const list = pick(random, ["themes", "externalIds", "sources"] as const);
      return { text: `${name}-${i}-${n}`, slug: pick(random, SLUGS), list };
    });
    const isKept = random() < 0.8;
    await console.run(["BEGIN", ...tokens.map(statementOf), isKept ? "COMMIT" : "ROLLBACK"]);
    if (isKept) committed.push(tokens);
    else rolledBack.push(...tokens);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { committed, rolledBack };
}

function statementOf({ list, slug, text }: Token): string {
  if (list === "themes") return `UPDATE project SET themes = themes || '${text}'::text WHERE slug = '${slug}'`;
  const record = `FROM project WHERE slug = '${slug}'`;
  return list === "sources"
    ? `INSERT INTO record_source (record_id, title) SELECT id, '${text}' ${record}`
    : `INSERT INTO external_id (record_id, scheme, value) SELECT id, '${SCHEME}', '${text}' ${record}`;
}

const PART_TEXT = { themes: "", externalIds: "value", sources: "title" } as const;

/** "slug list text" of every token that stands in the rows. */
function tokensIn(states: States): string[] {
  return [...states.values()].flatMap((state) =>
    (["themes", "externalIds", "sources"] as const).flatMap((list) =>
      (state[list] as string[]).map((item) => {
        const text: string = list === "themes" ? item : JSON.parse(item)[PART_TEXT[list]];
        return `${String(state.slug)} ${list} ${text}`;
      }),
    ),
  );
}

/** "revision slug list text" of every token that came, by the log. */
function tokensThatCame(log: readonly LogEntry[], slugs: ReadonlyMap<string, string>): string[] {
  return log.flatMap(({ revision, recordId, changes }) =>
    Object.entries(changes).flatMap(([list, [before, after]]) => {
      const stood = new Set((before as unknown[] | null) ?? []);
      return (after as any[]).flatMap((item) => {
        const text: string = list === "themes" ? item : item[PART_TEXT[list as "externalIds"]];
        return stood.has(item) ? [] : [`${revision} ${slugs.get(recordId)} ${list} ${text}`];
      });
    }),
  );
}

const placeOf = ({ slug, list, text }: Token): string => `${slug} ${list} ${text}`;

async function counter(): Promise<number> {
  const [row] = await api.database.query<{ revision: string }>(sql`SELECT revision FROM revision_counter`);
  return Number(row?.revision);
}

it(
  `keeps every acknowledged write of ${WRITERS} writers and ${CONSOLES} consoles, once and in order`,
  async () => {
    const start = await counter();
    const before = await readStates(api.database, "project", PREFIX);
    const slugs = new Map([...before].map(([id, { slug }]) => [id, String(slug)]));
    const outcomes = new WriteOutcomes();
    const writers = Array.from(
      { length: WRITERS },
      (_, i) => new ConcurrentWriter(api, `w${i}`, pick(randomFrom(i), keys), SLUGS, randomFrom(i + 1), outcomes),
    );

    let isDone = false;
    const beside = Promise.all(consoles.map((one, i) => runConsole(one, `c${i}`, randomFrom(-1 - i), () => isDone)));
    const settled = await Promise.allSettled(writers.map((writer) => writer.write()));
    isDone = true;
    const ended = await beside;
    expect(settled.filter(({ status }) => status === "rejected")).toEqual([]);

    const log = await readLog(api.database, String(start));
    const states = await readStates(api.database, "project", PREFIX);
    const committed = ended.flatMap((one) => one.committed);
    const written = [...outcomes.acknowledged, ...outcomes.unanswered, ...committed.flat()];

    // Every token that was acknowledged stands in its record once, and no other does: neither what was refused, nor what a
    // console took back.
    expect(tokensIn(states).sort()).toEqual(written.map(placeOf).sort());
    const absent = [...outcomes.refused, ...ended.flatMap((one) => one.rolledBack)].map(placeOf);
    expect(absent.filter((place) => tokensIn(states).includes(place))).toEqual([]);

    // It came at the revision that its writer was told, by that writer.
    const came = new Set(tokensThatCame(log, slugs));
    expect(outcomes.acknowledged.filter((one) => !came.has(`${one.revision} ${placeOf(one)}`))).toEqual([]);
    const actors = new Map(log.map(({ revision, actor }) => [revision, actor]));
    expect(outcomes.acknowledged.filter(({ revision, actor }) => actors.get(revision) !== actor)).toEqual([]);

    // One revision for each write that changed something, and none besides.
    expect(new Set(outcomes.acknowledged.map(({ revision }) => revision)).size).toBe(outcomes.acknowledged.length);
    const writes = outcomes.acknowledged.length + outcomes.unanswered.length + committed.length;
    const end = await counter();
    expect(end - start).toBe(writes);
    expect([...actors.keys()]).toEqual(Array.from({ length: writes }, (_, i) => String(start + i + 1)));
    for (const revision of outcomes.unchanged) expect(Number(revision)).toBeLessThanOrEqual(end);

    expect(replay(before, log)).toEqual(states);
    await expectWholeLog(api.database);

    // They did contend: most was let through, and some that knew an old revision was not.
    expect(outcomes.acknowledged.length).toBeGreaterThan(WRITERS);
    expect(outcomes.refused.length).toBeGreaterThan(0);
    expect(committed.length).toBeGreaterThan(0);
  },
  STORM_AT_MOST_MS,
);
