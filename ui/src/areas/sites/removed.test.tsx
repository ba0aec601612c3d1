import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { type FakeHost, fakeHost } from '../../host/fake';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const NOW = new Date('2026-11-23T09:00:00Z');

it('lists a removed site with when it went and until when it can come back, and brings it back', async () => {
  const data = sampleData(NOW);
  const [site] = data.sites;
  const host = await open(fakeHost(data, { now: () => NOW }));
  if (site === undefined) throw new Error('there are sites');
  await userEvent.click(await screen.findByRole('tab', { name: /^Removed 0$/ }));
  expect(await screen.findByText(/^A site you remove stands here/)).toBeVisible();
  await host.commands.siteRemove(site.id);
  const card = await screen.findByRole('article', { name: site.name });
  expect(within(card).getByText(/It can be brought back at any time/)).toBeVisible();
  await userEvent.click(within(card).getByRole('button', { name: `Bring back: ${site.name}` }));
  expect(await screen.findByText(`Brought ${site.name} back.`)).toBeVisible();
  await waitFor(() => expect(screen.getByRole('tab', { name: /^Removed 0$/ })).toBeVisible());
  expect(site.removed).toBe(false);
});

it('says of a removed sample that the next start takes it away', async () => {
  const data = sampleData(NOW);
  for (const site of data.sites) Object.assign(site, { isSample: true, removed: true, removedAt: NOW.toISOString() });
  await open(fakeHost(data), '/sites?tab=gone');
  const [card] = await screen.findAllByRole('article');
  expect(card).toHaveTextContent('until Igny8 is started the next time');
});

it('says what to do when another site has the name by now', async () => {
  const data = sampleData(NOW);
  const [gone, there] = data.sites;
  if (gone === undefined || there === undefined) throw new Error('there are two sites');
  Object.assign(gone, { removed: true, removedAt: NOW.toISOString() });
  there.name = gone.name;
  await open(fakeHost(data), '/sites?tab=gone');
  await userEvent.click(await screen.findByRole('button', { name: `Bring back: ${gone.name}` }));
  expect(await screen.findByText(/by now\. Give that one another name/)).toBeVisible();
  expect(gone.removed).toBe(true);
});

it('takes the notices of a sample from the bell with the sample, and gives them back with it', async () => {
  const host = fakeHost(sampleData(NOW), { now: () => NOW });
  await open(host);
  const created = await host.commands.sampleCreate();
  if (created.status !== 'ok') throw new Error('it is made');
  const [notice] = host.data.notifications;
  if (notice === undefined) throw new Error('there are notices');
  host.data.notifications = [{ ...notice, siteId: created.data, isRead: false, removed: false }];
  host.emitChanged({ topics: ['notifications'], lagged: false });
  expect(await screen.findByLabelText('1 unread notification')).toBeVisible();
  await host.commands.sampleDelete();
  await waitFor(() => expect(screen.queryByLabelText(/unread notification/)).toBeNull());
  await host.commands.siteRestore(created.data);
  expect(await screen.findByLabelText('1 unread notification')).toBeVisible();
});

async function open(host: FakeHost, path = '/sites'): Promise<FakeHost> {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: [path] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={() => NOW} />,
  );
  await screen.findByRole('tablist', { name: 'Sites that are there, and removed ones' });
  return host;
}
