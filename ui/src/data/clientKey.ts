/**
 * Keys of commands that move money or start paid work. The host answers the same key with what the first command of it
 * did, and does nothing again. A key is a UUID by chance (version 4), made here because not every system's window has
 * `crypto.randomUUID`.
 */

const HEX = 16;
/** Where the version and the variant stand, and how: the bits that stay of the byte, and those that are set. */
const FIXED = [
  { at: 6, keeps: 0x0f, sets: 0x40 },
  { at: 8, keeps: 0x3f, sets: 0x80 },
] as const;

export function newClientKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (const { at, keeps, sets } of FIXED) bytes[at] = ((bytes[at] ?? 0) & keeps) | sets;
  const hex = [...bytes].map((byte) => byte.toString(HEX).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
