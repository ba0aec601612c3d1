import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { type FakeHost, fakeHost } from '../../host/fake';
import type { FakeContent } from '../../host/fake/data';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

it('gives an article a time in the zone of its site, shows who publishes it, and takes that back', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const content = approved(host);
  await open(host, `/articles/${content.id}`);
  await userEvent.click(await screen.findByRole('button', { name: 'Schedule' }));
  const dialog = await screen.findByRole('dialog', { name: 'Schedule 1 article' });
  const at = within(dialog).getByLabelText('Goes out at');
  expect(at).toHaveValue('2026-11-24T09:00');
  expect(dialog).toHaveTextContent('The clock in Europe/Berlin, the zone of the site');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Schedule' }));
  expect(await screen.findByText('1 article goes out on Tue 24 Nov, 09:00 · Berlin.')).toBeVisible();
  const site = screen.getByRole('region', { name: 'On the site' });
  expect(await within(site).findByText('Scheduled')).toBeVisible();
  expect(site).toHaveTextContent('which publishes it: Tue 24 Nov, 09:00 · Berlin');
  await userEvent.click(within(site).getByRole('button', { name: 'Proof of the hand-over' }));
  const proof = await screen.findByRole('dialog', { name: 'Receipt' });
  expect(within(proof).getByRole('row', { name: /^Status/ })).toHaveTextContent('future');
  await userEvent.click(within(proof).getByRole('button', { name: 'Close' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(content.delivery).toBe('not_published'));
});

it('gives an article that was sent back by mistake its time again', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const content = Object.assign(approved(host), { delivery: 'scheduled', scheduledAt: '2026-11-24T08:00:00Z' });
  await open(host, `/articles/${content.id}`);
  await userEvent.click(await screen.findByRole('button', { name: 'Send back' }));
  await waitFor(() => expect([content.status, content.scheduledAt]).toEqual(['review', null]));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect([content.status, content.delivery]).toEqual(['approved', 'scheduled']));
  expect(content.scheduledAt).toBe('2026-11-24T08:00:00.000Z');
});

it('says why a time is refused and leaves the question open', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const content = approved(host);
  await open(host, `/articles/${content.id}`);
  await userEvent.click(await screen.findByRole('button', { name: 'Schedule' }));
  const dialog = await screen.findByRole('dialog', { name: 'Schedule 1 article' });
  const at = within(dialog).getByLabelText('Goes out at');
  await userEvent.clear(at);
  await userEvent.type(at, '2026-11-20T09:00');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Schedule' }));
  expect(await screen.findByText(/The time has passed; publish now, or choose a later one/)).toBeVisible();
  expect(within(dialog).getByRole('button', { name: 'Schedule' })).toBeVisible();
  expect(content.delivery).toBe('not_published');
});

it('keeps who publishes on a site, and what is done about what was missed', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const site = host.data.sites.find(({ kind }) => kind === 'wordpress');
  await open(host, '/sites');
  await userEvent.click(await screen.findByRole('button', { name: `Edit: ${site?.name}` }));
  const drawer = await screen.findByRole('dialog');
  await userEvent.click(within(drawer).getByRole('combobox', { name: 'When a time was missed' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Only tell me', hidden: true }));
  await waitFor(() => expect(site?.missedRule).toBe('tell'));
  await userEvent.click(within(drawer).getByRole('combobox', { name: 'Who publishes what is due' }));
  await userEvent.click(await screen.findByRole('option', { name: /^This computer/, hidden: true }));
  await waitFor(() => expect(site?.handOver).toBe('computer'));
});

/** An approved article of a WordPress site that is not on it. */
function approved(host: FakeHost): FakeContent {
  const found = host.data.contents.find(({ status }) => status === 'review');
  if (found === undefined) throw new Error('one is in review');
  return Object.assign(found, { status: 'approved', delivery: 'not_published', failure: null });
}

async function open(host: FakeHost, address: string): Promise<void> {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [address] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
}
