/** Every form that takes an amount says the same of the same cause; what is put right is sent. */
import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { fakeHost } from '../../host/fake';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');
const NO_NUMBER = 'This is no number. Write it in digits.';
const CREDITS: [string, string][] = [
  ['many', NO_NUMBER],
  ['5000000000', 'Out of range: at most 4,000,000,000 credits are counted.'],
  ['1.1234567', 'Too fine: credits are counted to 6 decimals.'],
];

const FORMS: { open: RegExp; tab?: 'limits'; field: string; wrong: [string, string][]; right: string }[] = [
  { open: /^Add credits$/, field: 'Credits', wrong: [...CREDITS, ['0', 'Write a number above zero.']], right: '25' },
  { open: /^Change the budget$/, tab: 'limits', field: 'Credits a month', wrong: CREDITS, right: '800' },
  { open: /^Set: Field Notes$/, tab: 'limits', field: 'Credits at most', wrong: CREDITS, right: '0' },
  {
    open: /^Change the price$/,
    tab: 'limits',
    field: 'US dollars a credit',
    wrong: [
      ['many', NO_NUMBER],
      ['101', 'Out of range: a credit is worth at most $100.00.'],
      ['0.0000000001', 'Too fine: the price of a credit has at most 9 decimals.'],
    ],
    right: '0.02',
  },
  {
    open: /^Change$/,
    tab: 'limits',
    field: 'Warn below, in percent of what was granted',
    wrong: [
      ['many', NO_NUMBER],
      ['101', 'Out of range: write at most 100 percent.'],
      ['2.5', 'Too fine: write a whole number.'],
    ],
    right: '15',
  },
];

it.each(FORMS)('$field', async ({ open, tab, field, wrong, right }) => {
  drawCredits(tab);
  await userEvent.click(await screen.findByRole('button', { name: open }));
  const form = await screen.findByRole('dialog');
  const input = within(form).getByRole('textbox', { name: field });
  const type = async (text: string) => {
    await userEvent.clear(input);
    await userEvent.type(input, `${text}{Enter}`);
  };
  for (const [text, sentence] of wrong) {
    await type(text);
    expect(await within(form).findByText(sentence)).toBeVisible();
  }
  await type(right);
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
});

function drawCredits(tab: 'limits' | undefined): void {
  const host = fakeHost(sampleData(readClock()));
  const cache = newCache();
  followChanges(host, cache);
  const address = tab === undefined ? '/credits' : `/credits?tab=${tab}`;
  const router = newRouter(createMemoryHistory({ initialEntries: [address] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
}
