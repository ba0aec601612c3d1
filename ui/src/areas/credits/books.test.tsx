import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import type { CopyView } from '../../host';
import { fakeHost } from '../../host/fake';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

it('lists what differs and the way back, and lets nothing paid start', async () => {
  open('/credits', false);
  const banner = await screen.findByRole('region', { name: 'The books do not balance' });
  expect(within(banner).getByRole('link', { name: 'See what differs' })).toHaveAttribute('href', '/credits');
  const found = await screen.findByRole('region', { name: 'What differs' });
  expect(found).toHaveTextContent('usage_log 17, cost_nano');
  expect(found).toHaveTextContent('The cost is not the tokens times the prices of the model$0.00$0.04');
  expect(found).toHaveTextContent('operation 0190, credits');
  expect(found).toHaveTextContent('37.5 credits');
  expect(found).toHaveTextContent('2026-11-22 09:00:00.125 UTC2026-11-23 09:00:00 UTC');
  expect(screen.getByText(/igny8ctl restore FILE/)).toBeVisible();
});

it('looks through the copies when asked, and says which one to go back to', async () => {
  open('/credits', false);
  const copies = await screen.findByRole('region', { name: 'Copies to go back to' });
  expect(within(copies).queryByRole('table')).not.toBeInTheDocument();
  await userEvent.click(within(copies).getByRole('button', { name: 'Look through the copies' }));
  const table = await within(copies).findByRole('table');
  const rows = within(table).getAllByRole('row').slice(1);
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/before-restore-2\.db.*Do not balance$/),
    expect.stringMatching(/before-schema-29\.db.*Balance$/),
    expect.stringMatching(/damaged-1\.db.*Cannot be used$/),
  ]);
});

it('says where to look when no copy is kept', async () => {
  open('/credits', false, []);
  const copies = await screen.findByRole('region', { name: 'Copies to go back to' });
  await userEvent.click(within(copies).getByRole('button', { name: 'Look through the copies' }));
  expect(await within(copies).findByText(/igny8ctl restore FILE --check/)).toBeVisible();
});

it('adds no credits to books that do not balance, and says why', async () => {
  open('/credits', false);
  const add = () => screen.getByRole('button', { name: 'Add credits' });
  await waitFor(() => expect(add()).toHaveAttribute('aria-disabled', 'true'));
  await userEvent.hover(add());
  const reason = 'The books do not balance, so no credits are added until that is put right.';
  await waitFor(() => expect(screen.getByText(reason)).toBeVisible());
  await userEvent.click(add());
  expect(screen.queryByRole('dialog', { name: 'Add extra credits' })).not.toBeInTheDocument();
});

it('adds credits while the books balance', async () => {
  open('/credits', true);
  await userEvent.click(await screen.findByRole('button', { name: 'Add credits' }));
  expect(await screen.findByRole('dialog', { name: 'Add extra credits' })).toBeVisible();
});

it('holds back buttons that pay, with the reason', async () => {
  open('/ideas', false);
  const write = await screen.findByRole('button', { name: /^Write/ });
  expect(write).toHaveAttribute('aria-disabled', 'true');
});

it('says nothing of it while the books balance', async () => {
  open('/credits', true);
  expect(await screen.findByText('The books balance')).toBeVisible();
  expect(screen.queryByRole('region', { name: 'The books do not balance' })).not.toBeInTheDocument();
  expect(screen.queryByRole('region', { name: 'What differs' })).not.toBeInTheDocument();
});

it('says in which zone the month turns, and changes it', async () => {
  open('/credits?tab=limits', true);
  const panel = await screen.findByRole('region', { name: 'Monthly budget' });
  await userEvent.click(await within(panel).findByRole('button', { name: 'Change the zone' }));
  const form = await screen.findByRole('dialog', { name: 'Time zone' });
  const field = within(form).getByRole('combobox', { name: 'Zone' });
  await userEvent.clear(field);
  await userEvent.type(field, 'Tokyo');
  await userEvent.click(await screen.findByRole('option', { name: 'Asia/Tokyo', hidden: true }));
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  expect(await within(panel).findByText('Days and months turn as in Asia/Tokyo.')).toBeVisible();
});

const COPIES: CopyView[] = [
  { file: '/data/backups/before-restore-2.db', madeAt: '2026-11-23T08:00:00Z', books: 'off' },
  { file: '/data/backups/before-schema-29.db', madeAt: '2026-11-20T08:00:00Z', books: 'balance' },
  { file: '/data/backups/damaged-1.db', madeAt: '2026-11-19T08:00:00Z', books: 'unusable' },
];

function open(address: string, booksBalance: boolean, copies = COPIES) {
  const data = sampleData(readClock());
  data.copies = copies;
  data.booksBalance = booksBalance;
  data.findings = [
    {
      kind: 'cost',
      table: 'usage_log',
      row: '17',
      column: 'cost_nano',
      expected: { unit: 'usd', value: '0.04' },
      found: { unit: 'usd', value: '0' },
    },
    {
      kind: 'totals',
      table: 'operation',
      row: '0190',
      column: 'credits',
      expected: { unit: 'credits', value: '37.5' },
      found: { unit: 'nothing', value: '' },
    },
    {
      kind: 'attempt',
      table: 'attempt',
      row: '0190 1',
      column: 'at',
      expected: { unit: 'time', value: '2026-11-23T09:00:00Z' },
      found: { unit: 'time', value: '2026-11-22T09:00:00.125Z' },
    },
  ];
  const host = fakeHost(data);
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [address] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
}
