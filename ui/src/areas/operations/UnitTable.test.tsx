import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { UnitRow } from '../../host';
import { UnitTable } from './UnitTable';

const UNIT: UnitRow = {
  item: 'Green tea',
  state: 'failed',
  errorCode: 'cut_off',
  outcome: 'released',
  credits: '0',
  cost: '0.001',
  tokensInput: 10,
  tokensOutput: 5,
  images: 0,
  isEstimated: true,
  partial: '',
  at: '2026-11-23T09:00:00Z',
};

it('shows how far an answer came that broke off, once it is asked for, and as nothing but text', async () => {
  const partial = '{"body_markdown": "# Tea <img src=x>';
  show([UNIT, { ...UNIT, item: 'Black tea', partial }]);
  const asked = screen.getAllByText('How far the answer came');
  expect(asked).toHaveLength(1);
  expect(screen.getByText(partial)).not.toBeVisible();
  await userEvent.click(asked[0] as HTMLElement);
  expect(screen.getByText(partial)).toBeVisible();
  expect(screen.getByText(/Nothing was made of it, and no credits were charged/)).toBeVisible();
  expect(document.querySelector('pre img')).toBeNull();
});

function show(units: readonly UnitRow[]) {
  render(
    <MantineProvider>
      <UnitTable units={units} />
    </MantineProvider>,
  );
}
