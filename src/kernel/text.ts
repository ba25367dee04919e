// What PostgreSQL's text can hold: every character but U+0000, and whole characters only. Drivers differ in what they
// make of half a surrogate pair, and two of them in a row make the embedded one (PGlite 0.5.16) count its message's
// length wrong.

/** Half of a surrogate pair without the other; the pair itself is another character (Unicode, section 3.8). */
const LONE_SURROGATE = /\p{Surrogate}/u;

export function holdsNullCharacter(text: string): boolean {
  return text.includes("\0");
}

export function holdsLoneSurrogate(text: string): boolean {
  return LONE_SURROGATE.test(text);
}
