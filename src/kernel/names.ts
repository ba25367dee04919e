// One spelling into another: the database says country_id, the code countryId, an enum COUNTRY_ID.

export function snakeCase(camelCase: string): string {
  return camelCase.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

export function camelCase(snakeCase: string): string {
  return snakeCase.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

export function constantCase(camelCase: string): string {
  return snakeCase(camelCase).toUpperCase();
}

export function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function lowerFirst(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const SLUG_LENGTH_AT_MOST = 100;

/** Lower-case letters and digits, joined by hyphens: the same as is_slug() in the first migration. */
export function isSlug(text: string): boolean {
  return text.length <= SLUG_LENGTH_AT_MOST && SLUG.test(text);
}
