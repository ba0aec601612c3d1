/**
 * Keys of commands that move money or start paid work: UUIDs that begin with the time, version 7. The host answers the
 * same key with what the first command of it did, and does nothing again.
 */

const HEX = 16;

export function newClientKey(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint32(0, Math.floor(now / 0x10000));
  new DataView(bytes.buffer).setUint16(4, now % 0x10000);
  const hex = [...bytes].map((byte) => byte.toString(HEX).padStart(2, '0')).join('');
  const variant = ((Number.parseInt(hex.charAt(16), HEX) & 0x3) | 0x8).toString(HEX);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
