// What of a record only the Secretariat writes, whoever else may write the rest: what it vouches for, and what others find the
// record by.
import type { RecordType } from "../../database/declare/record-type";
import type { RecordRow } from "../../database/read/row";
import { ApiError } from "../../kernel/errors";
import type { WriteAtWork } from "./write";
import type { Written } from "./writable-fields";

/** @throws ApiError FORBIDDEN */
export async function refuseOfficial(
  { read, records }: WriteAtWork,
  type: RecordType,
  before: RecordRow | undefined,
  { values, parts }: Written,
): Promise<void> {
  const { role, scope } = read.viewer;
  if (role === "SECRETARIAT") return;
  for (const [column, value] of Object.entries(values)) {
    const isOfficial = type.columns[column]?.official ?? false;
    // A slug is chosen once: links, files and other systems know the record by it.
    const isRenamed = column === "slug" && before !== undefined;
    if ((isOfficial || isRenamed) && value !== (before?.[column] ?? null)) {
      throw new ApiError(
        "FORBIDDEN",
        `your key may not do this: only the Secretariat writes the ${column} of a ${type.name}`,
      );
    }
  }
  const externalIds = parts.filter(({ name }) => name === "externalIds").flatMap(({ change }) => change.items);
  if (externalIds.length === 0) return;
  // An external id leads to the record that has it: nobody takes one of another's registry.
  const own = scope === null ? undefined : (await records.currentById.load(scope))?.slug;
  const foreign = externalIds.find(({ scheme }) => scheme !== own);
  if (foreign === undefined) return;
  throw new ApiError(
    "FORBIDDEN",
    `your key may not do this: it writes external ids of the scheme "${String(own)}" alone, but got "${String(foreign.scheme)}"`,
  );
}
