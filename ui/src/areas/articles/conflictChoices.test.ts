import { expect, it } from 'vitest';
import type { ConflictRun, ConflictView } from '../../host';
import { decisionOf, openCount, resultOf, suggested } from './conflictChoices';

const run = (by: ConflictRun['by'], ours: string, theirs: string): ConflictRun => ({ by, ours, theirs });

const VIEW: ConflictView = {
  row: { id: '1', title: 'Tea', siteId: '1', site: 'Tea House', foundAt: '2026-11-23T09:00:00Z', fields: ['body'] },
  version: 2,
  fields: [
    { field: 'title', by: 'both', ours: 'Tea', theirs: 'Teas', isChoice: true },
    { field: 'status', by: 'them', ours: 'publish', theirs: 'draft', isChoice: false },
  ],
  runs: [run('nobody', 'a', 'a'), run('us', 'b', 'x'), run('them', 'c', 'y'), run('both', 'd', 'z')],
  leftOut: [],
};

it('keeps of each difference what its side has made, and leaves the rest open', () => {
  const choices = suggested(VIEW);
  expect(choices).toEqual({ fields: { title: null }, runs: ['ours', 'ours', 'theirs', null] });
  expect(openCount(choices)).toBe(2);
  expect(decisionOf(VIEW, choices)).toBeNull();
  expect(resultOf(VIEW, choices)).toBe('a\nb\ny\nd\nz');
});

it('tells the host each choice once all are made', () => {
  const choices = { fields: { title: 'theirs' as const }, runs: ['ours', 'theirs', 'ours', 'both'] as const };
  expect(resultOf(VIEW, choices)).toBe('a\nx\nc\nd\nz');
  expect(decisionOf(VIEW, choices)).toEqual({
    foundAt: '2026-11-23T09:00:00Z',
    version: 2,
    keep: 'both',
    fields: [{ field: 'title', side: 'theirs' }],
    runs: ['ours', 'theirs', 'ours', 'both'],
  });
});
