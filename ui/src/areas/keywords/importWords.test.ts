import { describe, expect, it } from 'vitest';
import { importedWords, kindWords, warningWords } from './importWords';

describe('an import in words', () => {
  it('says what it did and leaves out what is zero', () => {
    expect(importedWords('a.csv', { added: 1204, updated: 0, joined: 0, ignored: 0 })).toBe(
      'Imported a.csv: 1,204 new.',
    );
    expect(importedWords('a.csv', { added: 5, updated: 1, joined: 2, ignored: 3 })).toBe(
      'Imported a.csv: 5 new, 1 updated, 2 joined, 3 passed over.',
    );
  });

  it('names the currency of a warning', () => {
    expect(warningWords('foreign_currency:EUR')).toContain('EUR');
    expect(warningWords('search_console_limit')).toContain('1,000');
  });

  it('says the code of what it does not know', () => {
    expect(kindWords('new_tool')).toBe('new_tool');
    expect(kindWords('search_console')).toBe('Google Search Console');
  });
});
