import { expect, it } from 'vitest';
import { priceOf } from './writePrice';

const QUEUED = {
  items: 4,
  units: 4,
  model: 'igny8-text-1',
  credits: '16',
  creditsMax: '24',
  cost: '0.04',
  balanceAfter: '84',
  isAffordable: true,
};

it('prices new ideas like those that are queued', () => {
  expect(priceOf(QUEUED, 10)).toEqual({ credits: '40', cost: '0.1', balanceAfter: '60' });
});

it('stays with the price of what is queued when nothing is added', () => {
  expect(priceOf(QUEUED, 4)).toEqual({ credits: '16', cost: '0.04', balanceAfter: '84' });
});

it('never says that an article is free', () => {
  expect(priceOf({ ...QUEUED, credits: '0.2', balanceAfter: '99.8' }, 5).credits).toBe('1');
});
