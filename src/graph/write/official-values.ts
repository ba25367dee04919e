// What of a record only the Secretariat writes, whoever else may write the rest: what it vouches for, and what others find the
// record by. What counts is what a write would really change of what stands there, not what it says: that nothing official
// comes, goes or changes. See docs/decisions/0018.
import type { Catalogue } from "../../database/declare/catalogue";
import {
  areNamesOfficial,
  fieldOfColumn,
  officialChange,
  officialOf,
  officialSaid,
} from "../../database/declare/official";
import type { RecordType } from "../../database/declare/record-type";
import type { RecordRow } from "../../database/read/row";
import { sourcesOf } from "../../database/write/own-sources";
import { ownSchemes } from "../../database/write/own-schemes";
import { movesOfOwnedRows, type OwnedRowMoves, type OwnedList } from "../../database/write/owned-rows";
import { schemesGone } from "../../database/write/referrers";
import type { Values } from "../../database/write/write-record";
import { ApiError } from "../../kernel/errors";
import { SCOPED_ROLES } from "../../kernel/viewer";
import type { WriteAtWork } from "./write";
import type { Written } from "./writable-fields";

/**
 * @param before the row as it stands; for a new record, what it has where nothing is said, without an id
 * @param values the values that are written
 * @throws ApiError FORBIDDEN
 */
export async function refuseOfficial(
  write: WriteAtWork,
  catalogue: Catalogue,
  type: RecordType,
  before: Values,
  values: Values,
  { ownedLists }: Pick<Written, "ownedLists">,
): Promise<void> {
  const { role } = write.read.viewer;
  if (role === "SECRETARIAT") return;
  const column = officialChange(type, before, values);
  if (column !== undefined) {
    const does = officialOf(type, column) === true ? "writes" : "changes";
    throw forbidden(`only the Secretariat ${does} the ${fieldOfColumn(type, column)} of a ${type.name}`);
  }
  for (const { name, change } of ownedLists) {
    const moves = await movesOfOwnedRows(write.session, before.id as string | undefined, name, change);
    await OFFICIAL_PARTS[name](write, catalogue, type, before, moves);
  }
}

/**
 * Whoever may delete a record deletes nothing official with it.
 * @throws ApiError FORBIDDEN
 */
export async function refuseOfficialGone(
  write: WriteAtWork,
  catalogue: Catalogue,
  type: RecordType,
  before: RecordRow,
): Promise<void> {
  if (write.read.viewer.role === "SECRETARIAT") return;
  const [column] = officialSaid(type, before);
  if (column !== undefined) {
    throw forbidden(
      `the ${fieldOfColumn(type, column)} of this ${type.name} is the Secretariat's: ask it to delete it`,
    );
  }
  await refuseForeignSchemes(write, catalogue, await schemesGone(write.session, catalogue, type, before.id));
}

type RefuseParts = (
  write: WriteAtWork,
  catalogue: Catalogue,
  type: RecordType,
  before: Values,
  moves: OwnedRowMoves,
) => Promise<void> | void;

const OFFICIAL_PARTS: Readonly<Record<OwnedList, RefuseParts>> = {
  names: (_write, _catalogue, type, _before, { goes, comes }) => {
    if (!areNamesOfficial(type) || goes.length + comes.length === 0) return;
    throw forbidden(`only the Secretariat writes the names of a ${type.name}`);
  },
  externalIds: (write, catalogue, _type, _before, { goes, comes }) =>
    refuseForeignSchemes(
      write,
      catalogue,
      [...goes, ...comes].map(({ scheme }) => scheme as string),
    ),
  // Where a fact comes from stays with the fact. What one has said oneself, one may take back.
  sources: async ({ session, read }, _catalogue, type, before, { goes }) => {
    const titles = goes.map(({ title }) => title as string);
    const { scope } = read.viewer;
    if (titles.length === 0) return;
    const own = scope === null ? new Set<string>() : await sourcesOf(session, before.id as string, titles, scope);
    const foreign = titles.find((title) => !own.has(title));
    if (foreign === undefined) return;
    throw forbidden(`only the Secretariat changes what another has given as a source of a ${type.name}: "${foreign}"`);
  },
};

async function refuseForeignSchemes(
  { session, read }: WriteAtWork,
  catalogue: Catalogue,
  schemes: readonly string[],
): Promise<void> {
  const { scope } = read.viewer;
  if (schemes.length === 0) return;
  const parties = Object.values(SCOPED_ROLES).map((name) => catalogue.getByName(name));
  const own = scope === null ? new Set<string>() : await ownSchemes(session, parties, scope);
  const foreign = schemes.find((scheme) => !own.has(scheme));
  if (foreign === undefined) return;
  const its = own.size === 0 ? "no external ids" : `external ids of the scheme "${[...own].join('" or "')}" alone`;
  throw forbidden(`it writes ${its}, and one of the scheme "${foreign}" would come or go`);
}

function forbidden(why: string): ApiError {
  return new ApiError("FORBIDDEN", `your key may not do this: ${why}`);
}
