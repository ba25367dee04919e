// The command ccg key as its user runs it, beside a server that takes the keys it makes.
import { join } from "node:path";
import { commandOf, listedKeys, type CommandResult, type RunCommand } from "../support/command";
import { copyTemplateTo } from "../support/test-database";
import { makeInstallation, type Installation } from "../support/installation";
import { viewerOf } from "../support/keys";
import { killServers, ServerProcess } from "../support/server-process";

/** Each of several commands opens the database anew. */
const MANY_COMMANDS_MS = 180_000;
const TOKEN = /^ccg_[A-Za-z0-9_-]{43}$/;

let installation: Installation;
beforeAll(() => {
  installation = makeInstallation();
});
afterEach(killServers);
afterAll(() => installation.remove());

/** The command on a filled database of its own. */
function onFilledDatabase(name: string): RunCommand {
  const dataDirectory = join(installation.folder, name);
  copyTemplateTo(dataDirectory);
  return commandOf(installation, { DATA_DIR: dataDirectory });
}

const refusal = (stderr: string): CommandResult => ({ code: 1, stdout: "", stderr: `${stderr}\n` });

it(
  "makes the first key of an installation, which the server then knows",
  async () => {
    const environment = { DATA_DIR: join(installation.folder, "empty") };
    const ccg = commandOf(installation, environment);
    expect(ccg("key", "list").stdout).toBe("there are no keys: ccg key create makes one\n");
    const made = ccg("key", "create", "--name", "the office", "--role", "SECRETARIAT");
    expect(made).toMatchObject({
      code: 0,
      stderr: 'The key "the office" is made. Its token is shown this once:\n',
    });
    const token = made.stdout.trimEnd();
    expect(token).toMatch(TOKEN);

    // An installation whose first command was this one is filled at its first start like any other.
    const server = new ServerProcess(installation.main, { ...environment, LOG_LEVEL: "trace" });
    expect((await server.opened()).filled).toBe(true);
    expect(await viewerOf(await server.url(), token)).toEqual({
      role: "SECRETARIAT",
      keyName: "the office",
      city: null,
    });
    expect(ccg("key", "revoke", "the office")).toMatchObject({ code: 1, stdout: "" });
    const { stdout, stderr } = await server.stop();
    expect(stdout + stderr).not.toContain(token);

    const [key] = listedKeys(ccg);
    expect(key).toMatchObject({ name: "the office", role: "SECRETARIAT", scope: null, state: "ACTIVE" });
    expect(key).toMatchObject({ createdBy: "command line", expiresAt: null, revokedAt: null });
    // Written at the stop, which came within the minute.
    expect(Date.now() - Date.parse(key?.lastUsedAt ?? "")).toBeLessThan(MANY_COMMANDS_MS);
    expect(JSON.stringify(key)).not.toContain(token);
  },
  MANY_COMMANDS_MS,
);

it(
  "makes keys of cities that end, lists and revokes them",
  () => {
    const ccg = onFilledDatabase("keys");
    expect(ccg("key", "create", "--name", "the office", "--role", "SECRETARIAT").code).toBe(0);
    const create = ["key", "create", "--role", "CITY", "--city", "krakow", "--name"];
    expect(ccg(...create, "day", "--expires", "2098-12-31").code).toBe(0);
    expect(ccg(...create, "instant", "--expires", "2098-12-31T12:00:00+02:00").code).toBe(0);
    expect(listedKeys(ccg).slice(1)).toMatchObject([
      { name: "day", scope: "krakow", expiresAt: "2099-01-01T00:00:00.000Z", state: "ACTIVE" },
      { name: "instant", scope: "krakow", expiresAt: "2098-12-31T10:00:00.000Z", state: "ACTIVE" },
    ]);

    expect(ccg("key", "revoke", "day")).toEqual({ code: 0, stdout: 'The key "day" is revoked.\n', stderr: "" });
    expect(ccg("key", "revoke", "day").stdout).toMatch(/^The key "day" was revoked before, at \d{4}-.*Z\.\n$/);
    const table = ccg("key", "list").stdout.split("\n");
    expect(table[0]).toMatch(/^NAME {8}ROLE {9}SCOPE {3}STATE {4}CREATED +EXPIRES +LAST USED$/);
    expect(table[2]).toMatch(/^day {9}CITY {9}krakow {2}REVOKED {2}\S+Z {2}2099-01-01T00:00:00\.000Z {2}-$/);
    expect(table).toHaveLength(5);
  },
  MANY_COMMANDS_MS,
);

it(
  "says what is wrong, without a stack, and makes nothing",
  () => {
    const ccg = onFilledDatabase("refusals");
    expect(ccg("key", "create", "--name", "day", "--role", "READER").code).toBe(0);
    const before = listedKeys(ccg);
    const create = (...words: string[]): CommandResult => ccg("key", "create", "--name", "new", ...words);
    expect(create("--role", "CITY")).toEqual(refusal("a key of role CITY needs --city <slug>"));
    expect(create("--role", "READER", "--city", "krakow")).toEqual(
      refusal("--city is for keys of role CITY, not READER"),
    );
    expect(create("--role", "NETWORK", "--network", "nowhere")).toEqual(
      refusal('there is no Network with the slug "nowhere"'),
    );
    expect(create("--role", "READER", "--expires", "soon").stderr).toContain("the end of a key must be a day such as");
    expect(ccg("key", "create", "--name", "day", "--role", "READER")).toEqual(
      refusal('there is, or was, a key called "day": names are not given again'),
    );
    expect(ccg("key", "revoke", "nobody")).toEqual(refusal('there is no key called "nobody"'));
    expect(create("--role", "ANONYMOUS").stderr).toContain("Allowed choices are READER, CITY, NETWORK");
    expect(create().stderr).toContain("required option '--role <role>' not specified");
    expect(listedKeys(ccg)).toEqual(before);
  },
  MANY_COMMANDS_MS,
);
