import { expect, it } from 'vitest';
import type { ReconciliationSums } from '../../host';
import { verdictOf } from './verdict';

const SUMS: ReconciliationSums = {
  matched: 12,
  differing: 0,
  matchedOurCost: '0.1',
  matchedTheirCost: '0.1',
  difference: '0',
  oursOnly: 0,
  oursOnlyCost: '0',
  theirsOnly: 0,
  theirsOnlyCost: '0',
};

it('is calm only when everything matches', () => {
  expect(verdictOf({ sums: SUMS, hasCost: true })).toEqual({
    tone: 'success',
    sentence: 'Every line matches the books, to the last digit.',
  });
  expect(verdictOf({ sums: SUMS, hasCost: false }).sentence).toMatch(/only requests and tokens were compared/);
});

it('names every kind of difference, with its count and every digit', () => {
  const sums = { ...SUMS, differing: 1, difference: '0.00275', oursOnly: 2, theirsOnly: 1 };
  expect(verdictOf({ sums, hasCost: true })).toEqual({
    tone: 'warning',
    sentence:
      'The two sides differ: 1 matched line says something else ($0.00275 apart in all), 2 requests are missing in the file, 1 line is missing in the books.',
  });
});

it('tells a file of somebody else from a span without use', () => {
  const nothing = { ...SUMS, matched: 0 };
  expect(verdictOf({ sums: { ...nothing, theirsOnly: 3 }, hasCost: true }).tone).toBe('danger');
  expect(verdictOf({ sums: nothing, hasCost: true }).tone).toBe('neutral');
});
