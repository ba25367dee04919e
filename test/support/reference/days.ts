// Days and ids, as docs/links.md and the API's manual say of them.

/** The first day of a partial date: of "2020-05" it is 2020-05-01. */
export function firstDay(partial: string): string {
  return `${partial}-01-01`.slice(0, 10);
}

/** The first day after a partial date: of "2020" it is 2021-01-01, of "2020-05" 2020-06-01. */
export function dayAfter(partial: string): string {
  const [year = 0, month = 0, day = 0] = partial.split("-").map(Number);
  if (partial.length === 4) return `${padded(year + 1, 4)}-01-01`;
  if (partial.length === 7)
    return month === 12 ? `${padded(year + 1, 4)}-01-01` : `${partial.slice(0, 5)}${padded(month + 1, 2)}-01`;
  const next = new Date(0);
  next.setUTCFullYear(year, month - 1, day + 1);
  return next.toISOString().slice(0, 10);
}

export function padded(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}

/** The bytes of the UUID in an id, in hexadecimal: ids order as these do. */
export function idOrder(id: string): string {
  const encoded = id.slice(id.indexOf("_") + 1);
  return Buffer.from(encoded, "base64url").toString("hex");
}

/** Less than 0 where the first id comes first. */
export function compareIds(a: string, b: string): number {
  const [x, y] = [idOrder(a), idOrder(b)];
  return x < y ? -1 : Number(x > y);
}
