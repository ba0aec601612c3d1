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

/** A host with one delivery that waits for its site and one that is parked. */
function busyHost(): { host: FakeHost; waiting: FakeContent; parked: FakeContent } {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  for (const site of host.data.sites) Object.assign(site, { connection: 'ok', connectionCode: '' });
  for (const content of host.data.contents)
    if (content.delivery !== 'published') Object.assign(content, { delivery: 'not_published', failure: null });
  const [waiting, parked] = host.data.contents.filter(({ delivery }) => delivery === 'not_published');
  if (waiting === undefined || parked === undefined) throw new Error('two are not published');
  const waits = { code: 'unreachable', host: 'garden.example', note: '', nextTryAt: '2026-11-23T09:05:00Z' };
  Object.assign(waiting, { status: 'approved', delivery: 'publishing', waits });
  const failure = { code: 'auth', host: 'garden.example', note: '', postIsMissing: false };
  Object.assign(parked, { status: 'approved', delivery: 'failed', failure });
  return { host, waiting, parked };
}

function open(host: FakeHost) {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: ['/outbox'] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
}

const rowOf = ({ title }: FakeContent) => screen.findByRole('row', { name: new RegExp(escaped(title)) });
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

it('says of each delivery why it is not there and when it is tried next', async () => {
  const { host, waiting, parked } = busyHost();
  open(host);
  const waits = await rowOf(waiting);
  expect(waits).toHaveTextContent('Waiting');
  expect(waits).toHaveTextContent('could not be reached.');
  expect(waits).toHaveTextContent('in 5 minutes');
  const stands = await rowOf(parked);
  expect(stands).toHaveTextContent('Needs you');
  expect(stands).toHaveTextContent('did not accept the user name');
});

it('sends what is tried now, and the list follows', async () => {
  const { host, waiting, parked } = busyHost();
  open(host);
  await rowOf(parked);
  await userEvent.click(screen.getByRole('button', { name: 'Try all now' }));
  expect(await screen.findByText('2 deliveries are tried now.')).toBeVisible();
  await waitFor(() => expect([waiting.delivery, parked.delivery]).toEqual(['published', 'published']));
  expect(await screen.findByText(/^Nothing waits/)).toBeVisible();
});

it('takes a delivery out and puts it back', async () => {
  const { host, parked } = busyHost();
  open(host);
  const row = await rowOf(parked);
  await userEvent.click(within(row).getByRole('button', { name: /^More actions for/ }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Take out', hidden: true }));
  await waitFor(() => expect(parked.delivery).toBe('not_published'));
  await waitFor(() => expect(screen.queryByRole('row', { name: new RegExp(escaped(parked.title)) })).toBeNull());
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await rowOf(parked)).toHaveTextContent('Needs you');
  expect(parked.failure?.code).toBe('auth');
});

it('says where things stand when nothing waits', async () => {
  const { host, waiting, parked } = busyHost();
  for (const content of [waiting, parked])
    Object.assign(content, { delivery: 'not_published', failure: null, waits: null });
  open(host);
  expect(await screen.findByText(/^Nothing waits/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Try all now' })).toBeNull();
});
