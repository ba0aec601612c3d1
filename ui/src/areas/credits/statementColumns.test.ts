import { describe, expect, it } from 'vitest';
import { memoWords } from './statementColumns';

describe('notes of the statement', () => {
  it('name the month of a budget and the reason of what was given back', () => {
    expect(memoWords({ transactionType: 'grant', memo: '2026-11' })).toBe('Budget of November 2026');
    expect(memoWords({ transactionType: 'release', memo: 'rate_limited' })).toMatch(/^The provider asked/);
  });

  it('are otherwise as they were typed, or nothing', () => {
    expect(memoWords({ transactionType: 'grant', memo: 'For the autumn' })).toBe('For the autumn');
    expect(memoWords({ transactionType: 'deduction', memo: '' })).toBeNull();
  });
});
