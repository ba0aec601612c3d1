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

const ACT = 'Get the companion plugin';

it('offers the companion where something for searchers has no place', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const drawer = await openSite(host, wordpress(host).name);
  await userEvent.click(await within(drawer).findByRole('button', { name: ACT }));
  expect(await screen.findByText(/^Saved to .*igny8-companion\.php/)).toBeVisible();
});

it('offers nothing where everything has a place', async () => {
  const host = fakeHost(sampleData(readClock()), { now: readClock });
  const site = wordpress(host);
  for (const path of site.probe?.seoPaths ?? []) path.way = 'rank_math';
  const drawer = await openSite(host, site.name);
  expect(await within(drawer).findByText(/through Rank Math/)).toBeVisible();
  expect(within(drawer).queryByRole('button', { name: ACT })).toBeNull();
});

function wordpress(host: FakeHost) {
  const found = host.data.sites.find(({ probe }) => probe?.seoPaths.some(({ way }) => way === 'excerpt'));
  if (found === undefined) throw new Error('one has no place for a page’s title');
  return found;
}

/** Opens the drawer of a site. */
async function openSite(host: FakeHost, name: string): Promise<HTMLElement> {
  const cache = newCache();
  followChanges(host, cache);
  const router = newRouter(createMemoryHistory({ initialEntries: ['/sites'] }));
  render(
    <App host={host} cache={cache} router={router} colorScheme={memoryColorScheme('light')} readClock={readClock} />,
  );
  await userEvent.click(await screen.findByRole('button', { name: `Edit: ${name}` }));
  return screen.findByRole('dialog');
}
