import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { fakeHost } from '../../host/fake';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

it('sets the price of a credit, and takes it back', async () => {
  const panel = await openLimits();
  expect(within(panel).getByText('One credit is worth $0.01.')).toBeVisible();
  await userEvent.click(within(panel).getByRole('button', { name: 'Change the price' }));
  const form = await screen.findByRole('dialog', { name: 'Price of a credit' });
  const field = within(form).getByRole('textbox', { name: 'US dollars a credit' });
  await userEvent.clear(field);
  await userEvent.type(field, '101');
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  expect(await within(form).findByText('Out of range: a credit is worth at most $100.00.')).toBeVisible();
  await userEvent.clear(field);
  await userEvent.type(field, '0.025');
  await userEvent.click(within(form).getByRole('button', { name: 'Save' }));
  expect(await within(panel).findByText('One credit is worth $0.025.')).toBeVisible();
  expect(await screen.findByText(/ at \$0\.025 a credit$/)).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await within(panel).findByText('One credit is worth $0.01.')).toBeVisible();
});

async function openLimits(): Promise<HTMLElement> {
  const host = fakeHost(sampleData(readClock()));
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: ['/credits?tab=limits'] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
  return screen.findByRole('region', { name: 'Price of a credit' });
}
