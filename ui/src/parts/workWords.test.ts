import { expect, it } from 'vitest';
import type { OperationRow } from '../host';
import { endWords } from './workWords';

const DONE = {
  function: 'generate_content',
  status: 'success',
  isCancelled: false,
  unitsTotal: 14,
  unitsDone: 14,
  unitsFailed: 0,
  results: 14,
  joined: 0,
  errorCode: '',
  mayGoOnAt: null,
  askedAt: null,
} as OperationRow;

it('tells what failed from what was not begun', () => {
  expect(endWords(DONE)).toEqual({ tone: 'success', sentence: 'Writing drafts: 14 drafts written' });
  expect(endWords({ ...DONE, unitsDone: 12, unitsFailed: 2, results: 12 }).sentence).toBe(
    'Writing drafts: 12 drafts written, 2 steps failed',
  );
  expect(endWords({ ...DONE, unitsDone: 11, unitsFailed: 1, results: 11, errorCode: 'spending_stopped' })).toEqual({
    tone: 'warning',
    sentence: 'Writing drafts stopped: 11 drafts written. All paid work was stopped.',
  });
});

it('does not say that a cluster was made which was there before', () => {
  const clustered = { ...DONE, function: 'auto_cluster', unitsTotal: 1, unitsDone: 1 } as OperationRow;
  expect(endWords({ ...clustered, results: 1, joined: 1 }).sentence).toBe('Clustering keywords: 1 cluster joined');
  expect(endWords({ ...clustered, results: 3, joined: 2 }).sentence).toBe(
    'Clustering keywords: 1 new cluster, 2 clusters joined',
  );
});

it('says why work stands still where nobody has asked for it', () => {
  const still = { ...DONE, status: 'interrupted', unitsDone: 2, results: 2 } as OperationRow;
  expect(endWords(still).sentence).toBe('Writing drafts was interrupted: 2 of 14 done.');
  expect(endWords({ ...still, errorCode: 'shortfall' }).sentence).toBe(
    'Writing drafts stands still: 2 of 14 done. A call cost more than was held for it.',
  );
});
