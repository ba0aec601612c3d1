import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { followChanges, newCache } from '../../data/cache';
import { App } from '../../frame/App';
import { newRouter } from '../../frame/router';
import { type FakeHost, fakeHost } from '../../host/fake';
import { sampleData } from '../../host/fake/seed';
import { memoryColorScheme } from '../../theme/colorScheme';

const readClock = () => new Date('2026-11-23T09:00:00Z');

it('looks at a site now and says what it found', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const drawer = await openSite(host);
  await userEvent.click(within(drawer).getByRole('button', { name: 'Look for changes' }));
  expect(await screen.findByText(/^Looked at \d+ posts? of .*: nothing has changed\.$/)).toBeVisible();
});

it('takes in the posts that a site had, shows how far it is, and says what came of it', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock, paceMs: 20 });
  const drawer = await openSite(host);
  const posts = await within(drawer).findByRole('region', { name: 'Posts the site had before' });
  expect(within(posts).getByText(/None is known yet/)).toBeVisible();
  await userEvent.click(within(posts).getByRole('button', { name: 'Take them in' }));
  expect(await within(posts).findByRole('progressbar', { name: 'Taking in posts' })).toBeVisible();
  expect(await within(posts).findByText('40 added, 0 brought up to date.')).toBeVisible();
  expect(within(posts).getByText(/40 posts are known/)).toBeVisible();
  expect(within(posts).getByRole('button', { name: 'Take in what is new' })).toBeVisible();
  await userEvent.click(within(posts).getByRole('button', { name: 'Show the posts' }));
  const list = await within(posts).findByRole('list', { name: 'Posts that were taken in' });
  expect(within(list).getAllByRole('listitem')).toHaveLength(25);
  await userEvent.click(within(posts).getByRole('button', { name: 'Show more' }));
  expect(within(list).getAllByRole('listitem')).toHaveLength(40);
});

it('clears away what is of no use on a site and says what that was', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const drawer = await openSite(host);
  await userEvent.click(within(drawer).getByRole('button', { name: 'Clear away leftovers' }));
  expect(await screen.findByText(/^Nothing of ours on .* is of no use\.$/)).toBeVisible();
});

it('leads from what is news to the notifications', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const event = { id: '1', title: 'Tea', event: 'trashed', before: '', after: '' };
  host.commands.siteSync = async () => ({ status: 'ok', data: { looked: 3, events: [event] } });
  const drawer = await openSite(host);
  await userEvent.click(within(drawer).getByRole('button', { name: 'Look for changes' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Show' }));
  expect(await screen.findByRole('heading', { name: /^Notifications/, hidden: true })).toBeInTheDocument();
});

/** Opens the drawer of a WordPress site. */
async function openSite(host: FakeHost): Promise<HTMLElement> {
  const site = host.data.sites.find(({ kind }) => kind === 'wordpress');
  if (site === undefined) throw new Error('one is a WordPress');
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: ['/sites'] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
  await userEvent.click(await screen.findByRole('button', { name: `Edit: ${site.name}` }));
  return screen.findByRole('dialog');
}
