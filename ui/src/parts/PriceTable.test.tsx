/** The price of work says what it costs likely and at most, in credits and in money, and what is left either way. */
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Estimate } from '../host';
import { PriceTable } from './PriceTable';

const PRICE: Estimate = {
  items: 3,
  units: 3,
  model: 'Writer',
  credits: '12',
  creditsMax: '30',
  cost: '0.02',
  costMax: '0.05',
  balanceAfter: '88',
  balanceAfterMin: '70',
  isAffordable: true,
};

function lines(estimate: Estimate): Record<string, string> {
  const { unmount } = render(
    <MantineProvider>
      <PriceTable estimate={estimate} />
    </MantineProvider>,
  );
  const terms = screen.getAllByRole('term').map((term) => term.textContent ?? '');
  const values = screen.getAllByRole('definition').map((value) => value.textContent ?? '');
  unmount();
  return Object.fromEntries(terms.map((term, at) => [term, values[at] ?? '']));
}

it('spans the provider cost and the balance from likely to at most', () => {
  const told = lines(PRICE);
  expect(told['At most']).toBe('30 credits');
  expect(told['Provider cost']).toMatch(/^\$0\.02\D+\$0\.05$/);
  expect(told['Balance afterwards']).toMatch(/^70\D+88 credits$/);
});

it('says one number where both are the same', () => {
  const told = lines({ ...PRICE, costMax: '0.02', balanceAfterMin: '88' });
  expect(told['Provider cost']).toBe('$0.02');
  expect(told['Balance afterwards']).toBe('88 credits');
});
