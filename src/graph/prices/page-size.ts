// The size of a page, before anybody knows whether it is one.
import { PAGE_SIZE_AT_MOST, PAGE_SIZE_BY_DEFAULT } from "../connection";

/** How many rows a page may have. A wrong size is refused later, with its own message. */
export function pageSizeOf({ first, last }: Readonly<Record<string, unknown>>): number {
  const asked = first ?? last;
  return typeof asked === "number" ? Math.min(Math.max(asked, 1), PAGE_SIZE_AT_MOST) : PAGE_SIZE_BY_DEFAULT;
}
