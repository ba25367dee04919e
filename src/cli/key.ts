// ccg key: makes, lists and revokes the keys of callers. The first key of an installation comes from here.
import { Command, Option } from "commander";
import { createKey, listKeys, revokeKey } from "../access/key-store";
import { COMMAND_LINE, endOfKey, keptName, stateOf } from "../access/key.rules";
import { catalogue } from "../catalogue";
import { readConfiguration } from "../configuration";
import type { Database } from "../database/database";
import { openForMaintenance } from "../installation";
import { systemClock } from "../kernel/clock";
import { KEY_ROLES, SCOPED_ROLES, type KeyRole, type ScopedRole } from "../kernel/viewer";
import { scopeOf, slugsOfScopes } from "./key-scope";
import { asTable } from "./table";

const DATABASE_HELP = `
The database is the one that the server uses: DATABASE_URL, where a change is in force on the next request, or else the
embedded one in DATA_DIR, whose server must be stopped meanwhile.`;

interface CreateOptions {
  name: string;
  role: KeyRole;
  expires?: string;
  city?: string;
  network?: string;
  organization?: string;
}

export function keyCommand(): Command {
  return new Command("key")
    .description("make, list and revoke the keys with which callers show who they are")
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

function createCommand(): Command {
  const command = new Command("create")
    .description("make a key and print its token, once")
    .requiredOption("--name <name>", "what the log calls whoever writes with it; never given again")
    .addOption(new Option("--role <role>", "what it may do").choices(KEY_ROLES).makeOptionMandatory());
  for (const [role, type] of Object.entries(SCOPED_ROLES)) {
    command.option(`--${role.toLowerCase()} <slug>`, `the ${type} that a key of role ${role} belongs to`);
  }
  return command
    .option("--expires <day or instant>", "the last day that it is good on, in UTC, or the instant at which it ends")
    .addHelpText(
      "after",
      `
Only the token goes to standard output. It is kept nowhere: whoever loses it needs a new key.
${DATABASE_HELP}`,
    )
    .action(async (options: CreateOptions) => {
      const expiresAt = options.expires === undefined ? null : endOfKey(options.expires);
      await onDatabase(async (database) => {
        const { token } = await database.write(COMMAND_LINE, async (session) => {
          const scope = await scopeOf(session, catalogue, options.role, slugsIn(options));
          const wish = { name: options.name, role: options.role, scope, expiresAt, createdBy: COMMAND_LINE };
          return createKey(session, wish, systemClock());
        });
        process.stderr.write(`The key "${keptName(options.name)}" is made. Its token is shown this once:\n`);
        process.stdout.write(`${token}\n`);
      });
    });
}

function listCommand(): Command {
  return new Command("list")
    .description("list all keys, without their tokens, which nobody has kept")
    .option("--json", "as JSON")
    .addHelpText("after", `\nLast uses are up to a minute behind.\n${DATABASE_HELP}`)
    .action(async ({ json }: { json?: true }) => {
      await onDatabase(async (database) => {
        const [keys, now] = [await listKeys(database), systemClock()];
        const slugs = await slugsOfScopes(database, catalogue, keys);
        const listed = keys.map(({ id, name, role, scope, createdAt, createdBy, expiresAt, revokedAt, ...key }) => ({
          name,
          role,
          scope: scope === null ? null : (slugs.get(scope) ?? null),
          state: stateOf({ revokedAt, expiresAt, isOrphaned: key.isOrphaned }, now),
          createdAt,
          createdBy,
          expiresAt,
          revokedAt,
          lastUsedAt: key.lastUsedAt,
          id,
        }));
        process.stdout.write(json ? `${JSON.stringify(listed, null, 2)}\n` : tableOf(listed));
      });
    });
}

function tableOf(keys: readonly Record<string, string | null>[]): string {
  if (keys.length === 0) return "there are no keys: ccg key create makes one\n";
  const shown = ["name", "role", "scope", "state", "createdAt", "expiresAt", "lastUsedAt"];
  const head = ["NAME", "ROLE", "SCOPE", "STATE", "CREATED", "EXPIRES", "LAST USED"];
  return asTable([head, ...keys.map((key) => shown.map((column) => key[column] ?? "-"))]);
}

function revokeCommand(): Command {
  return new Command("revoke")
    .description("revoke a key for ever")
    .argument("<name>", "what the key is called")
    .addHelpText("after", DATABASE_HELP)
    .action(async (name: string) => {
      await onDatabase(async (database) => {
        const { key, changed } = await database.write(COMMAND_LINE, (session) =>
          revokeKey(session, { name }, systemClock()),
        );
        process.stdout.write(
          changed
            ? `The key "${key.name}" is revoked.\n`
            : `The key "${key.name}" was revoked before, at ${key.revokedAt}.\n`,
        );
      });
    });
}

async function onDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = await openForMaintenance(readConfiguration());
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

function slugsIn({ city, network, organization }: CreateOptions): Partial<Record<ScopedRole, string>> {
  return {
    ...(city === undefined ? {} : { CITY: city }),
    ...(network === undefined ? {} : { NETWORK: network }),
    ...(organization === undefined ? {} : { ORGANIZATION: organization }),
  };
}
