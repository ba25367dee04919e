// Typed arrays that grow: twice as long when they are full, so that adding costs a constant time on the whole.

/** The array, or a longer one that begins with it and is filled up with a value. */
export function grown<Array extends Int32Array | Uint32Array | Uint16Array | Uint8Array>(
  array: Array,
  length: number,
  fill: number,
): Array {
  if (length <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => Array)(Math.max(length, array.length * 2, 16));
  longer.set(array);
  // It is made of zeros, and memory that nobody touches takes no time.
  if (fill !== 0) longer.fill(fill, array.length);
  return longer;
}
