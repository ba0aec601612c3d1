import { describe, expect, it } from 'vitest';
import { newClientKey } from './clientKey';

describe('newClientKey', () => {
  it('is a UUID of version 7 that begins with the time', () => {
    const key = newClientKey(0x0199_4aff_01c2);
    expect(key).toMatch(/^01994aff-01c2-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 100 }, () => newClientKey(1))).size).toBe(100);
  });
});
