import { describe, expect, it } from 'vitest';
import { newClientKey } from './clientKey';

describe('newClientKey', () => {
  it('is a UUID by chance', () => {
    for (let n = 0; n < 100; n += 1) {
      expect(newClientKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 100 }, newClientKey)).size).toBe(100);
  });
});
