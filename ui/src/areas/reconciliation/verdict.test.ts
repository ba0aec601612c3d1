import { expect, it } from 'vitest';
import type { ReconciliationSums } from '../../host';
import { verdictOf } from './verdict';

const SUMS: ReconciliationSums = {
  matched: 12,
  differing: 0,
  notCompared: 0,
  costed: 12,
  matchedOurCost: '0.1',
  matchedTheirCost: '0.1',
  difference: '0',
  uncostedOurCost: '0',
  oursOnly: 0,
  oursOnlyCost: '0',
  theirsOnly: 0,
  theirsOnlyCosted: 0,
  theirsOnlyCost: '0',
};

it('is calm only when everything matches', () => {
  expect(verdictOf({ sums: SUMS, hasCost: true, unreadableCells: 0, earlier: 0 })).toEqual({
    tone: 'success',
    sentence: 'Every line matches the books, to the last digit.',
  });
  expect(verdictOf({ sums: SUMS, hasCost: false, unreadableCells: 0, earlier: 0 }).sentence).toMatch(
    /only requests and tokens were compared/,
  );
});

it('names every kind of difference, with its count and every digit', () => {
  const sums = { ...SUMS, differing: 1, difference: '0.00275', oursOnly: 2, theirsOnly: 1 };
  expect(verdictOf({ sums, hasCost: true, unreadableCells: 0, earlier: 0 })).toEqual({
    tone: 'warning',
    sentence:
      'The two sides differ: 1 matched line says something else ($0.00275 apart in all), 2 requests are missing in the file, 1 line is missing in the books.',
  });
});

it('tells a file of somebody else from a span without use', () => {
  const nothing = { ...SUMS, matched: 0 };
  expect(verdictOf({ sums: { ...nothing, theirsOnly: 3 }, hasCost: true, unreadableCells: 0, earlier: 0 }).tone).toBe(
    'danger',
  );
  expect(verdictOf({ sums: nothing, hasCost: true, unreadableCells: 0, earlier: 0 }).tone).toBe('neutral');
});

it('never calls it agreement when something could not be read', () => {
  const sums = { ...SUMS, notCompared: 2 };
  expect(verdictOf({ sums, hasCost: true, unreadableCells: 3, earlier: 0 })).toEqual({
    tone: 'warning',
    sentence:
      'What could be compared matches, but not all could be: 2 matched lines could not be compared, 3 cells cannot be read.',
  });
  expect(verdictOf({ sums: { ...SUMS, matched: 0 }, hasCost: true, unreadableCells: 1, earlier: 0 })).toEqual({
    tone: 'warning',
    sentence: 'Nothing of this file could be compared: no line of it can be read.',
  });
});

it('never calls it agreement when a file without times leaves open what it covers', () => {
  expect(verdictOf({ sums: SUMS, hasCost: true, unreadableCells: 0, earlier: 2 })).toEqual({
    tone: 'warning',
    sentence:
      'What could be compared matches, but not all could be: 2 requests before the first matched one are open, as the file names no times.',
  });
});
